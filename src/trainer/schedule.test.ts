import { expect, test } from 'vitest';
import { learningRate } from './schedule.ts';
import { SCHEMA } from './schema.ts';
import type { TrainerConfig } from './schema.ts';

type Scheduler = TrainerConfig['lr_scheduler'];
const defaults = Object.fromEntries(
  Object.entries(SCHEMA.lr_scheduler).map(([key, rule]) => [key, rule.fallback]),
) as unknown as Scheduler;

const atEpochEnds = (scheduler: Partial<Scheduler>, epochs: number): number[] =>
  Array.from({ length: epochs }, (_, epoch) =>
    learningRate(1, { ...defaults, ...scheduler }, epochs, epoch, 1),
  );

test.each<[string, Partial<Scheduler>, number[]]>([
  ['none', { name: 'none' }, [1, 1, 1, 1, 1]],
  ['none, warm-up', { name: 'none', warmup_epochs: 4 }, [0.25, 0.5, 0.75, 1, 1]],
  ['step', { name: 'step', step_size: 2, gamma: 0.1 }, [1, 1, 0.1, 0.1, 0.01]],
  ['exponential', { name: 'exponential', gamma: 0.5 }, [1, 0.5, 0.25, 0.125, 0.0625]],
  ['cosine', { name: 'cosine', min_lr: 0.2 }, [1, 0.9236, 0.7236, 0.4764, 0.2764]],
  ['cosine after a warm-up', { name: 'cosine', warmup_epochs: 2 }, [0.5, 1, 1, 0.75, 0.25]],
])('%s', (_, scheduler, expected) => {
  atEpochEnds(scheduler, 5).forEach((rate, epoch) => expect(rate).toBeCloseTo(expected[epoch]!, 4));
});

test('warm-up rises within the epoch', () => {
  const scheduler = { ...defaults, warmup_epochs: 2 };
  expect([0.25, 0.5, 1].map((progress) => learningRate(0.8, scheduler, 10, 0, progress))).toEqual([
    0.1, 0.2, 0.4,
  ]);
});

test('one epoch of cosine trains at the full rate', () => {
  expect(learningRate(1, { ...defaults, name: 'cosine' }, 1, 0, 1)).toBe(1);
});
