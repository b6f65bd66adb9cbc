import { describe, expect, it } from 'vitest';
import { nameMetrics } from './names.ts';
import { contradictions } from './contradictions.ts';
import { readSettings } from './settings.ts';
import { readRun } from './signals/run.ts';
import { curveOf } from './fixtures/curves.ts';
import { parseConfig } from '../../config/document.ts';

describe('nameMetrics', () => {
  it.each<[string[], string | undefined, string | null, string | null]>([
    [['train_loss', 'train_acc', 'val_loss', 'val_acc'], undefined, 'val_acc', 'train_acc'],
    [['loss', 'accuracy', 'val_loss', 'val_accuracy'], undefined, 'val_accuracy', 'accuracy'],
    [['train_loss', 'val_loss'], undefined, 'val_loss', 'train_loss'],
    [['train_loss', 'val_loss', 'val_f1'], 'val_f1', 'val_f1', null],
    [['train_loss', 'train_acc'], undefined, null, null],
  ])('%j wished %s: %s and %s', (names, metric, val, train) => {
    const curve = curveOf(Object.fromEntries(names.map((name) => [name, [0.5, 0.6, 0.7]])));
    const found = nameMetrics(curve, { metric }).names;
    expect(found.metric).toBe(val);
    if (val !== null) expect(found.train).toBe(train);
  });

  it('refuses an unknown metric with those that there are', () => {
    const curve = curveOf({ val_acc: [0.5] });
    expect(() => nameMetrics(curve, { metric: 'val_bleu' })).toThrow(/no metric 'val_bleu'.*val_acc/);
  });

  it.each<[Record<string, number[]>, string | undefined, RegExp]>([
    [{ train_loss: [1, 1], val_acc: [1, 2], test_acc: [1, 2] }, undefined, /test_acc is logged in 2 epochs/],
    [{ train_loss: [1, 1], val_acc: [1, 2], test_acc: [1, 2] }, 'test_acc', /uses the test data up/],
    [{ train_loss: [1, 1], train_acc: [1, 2] }, undefined, /No metric of validation data/],
    [{ val_acc: [1, 2] }, undefined, /No training side/],
  ])('%j wished %s: says %s', (columns, metric, note) => {
    expect(nameMetrics(curveOf(columns), { metric }).notes.join('\n')).toMatch(note);
  });
});

describe('contradictions', () => {
  it.each<[string, Record<string, number[]>, number | null, RegExp]>([
    [
      'epochs: 5',
      { val_acc: Array.from({ length: 9 }, () => 0.5) },
      null,
      /log has 9 epochs and the config allows 5/,
    ],
    [
      'learning_rate: 0.1',
      { val_acc: Array.from({ length: 9 }, () => 0.5), lr: Array.from({ length: 9 }, () => 0.001) },
      null,
      /peaks at 0.001 and the config says 0.1/,
    ],
    ['a: 1', { val_acc: [0.1, 0.2, 0.3] }, 1.2, /above what the metric can reach/],
    ['val_samples: 100', { val_acc: [0.123456789, 0.5, 0.987654321] }, null, /no share of so many/],
  ])('%s', async (config, columns, target, found) => {
    const curve = curveOf(columns);
    const run = readRun({ label: 'run', seed: 1, curve }, nameMetrics(curve, {}).names);
    expect(
      contradictions([run], readSettings(await parseConfig(config, 'c.yaml')), target).join('\n'),
    ).toMatch(found);
  });
});
