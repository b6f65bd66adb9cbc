import { expect, test } from 'vitest';
import { progressBar } from './bar.ts';

test.each([
  [0, '──────────'],
  [0.5, '━━━━━─────'],
  [0.55, '━━━━━╸────'],
  [1, '━━━━━━━━━━'],
  [1.7, '━━━━━━━━━━'],
  [-1, '──────────'],
])('%d', (share, bar) => {
  const { before, done, left } = progressBar(share, 10, 0);
  expect(before + done + left).toBe(bar);
});

test('an unknown share wanders, a bar of no width is empty', () => {
  const bars = [0, 250, 500].map((now) => Object.values(progressBar(null, 12, now)).join(''));
  expect(new Set(bars.map((bar) => bar.length))).toEqual(new Set([12]));
  expect(progressBar(0.5, 0, 0)).toEqual({ before: '', done: '', left: '' });
});
