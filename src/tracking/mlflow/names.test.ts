import { expect, test } from 'vitest';
import { mlflowName, shortened } from './names.ts';

test.each([
  ['val_acc', 'val_acc'],
  ['train/loss', 'train/loss'],
  ['metrics/mAP50(B)', 'metrics/mAP50_B_'],
  ['val_acc@5', 'val_acc_5'],
  ['eval: loss', 'eval_ loss'],
  ['größe', 'größe'],
  ['/a//b/', 'a/b'],
  ['../../x', '__/__/x'],
  ['.', '_'],
  ['', '_'],
  ['///', '_'],
  ['📈', '_'],
  ['x'.repeat(300), 'x'.repeat(250)],
  [`${'x'.repeat(249)}/y`, 'x'.repeat(249)],
])('%s → %s', (name, cleaned) => {
  expect(mlflowName(name)).toBe(cleaned);
});

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['ab📈cd', 4, 'ab…'],
])('%s in %d', (text, length, cut) => {
  expect(shortened(text, length)).toBe(cut);
});
