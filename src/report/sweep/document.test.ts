import { expect, test } from 'vitest';
import type { SweepSummary, SweepTrial } from '../../study/sweep/summary.ts';
import { buildOutcome } from '../fixtures/outcome.ts';
import { sweepJson, sweepJsonBytes } from './document.ts';

const trial = (number: number): SweepTrial => ({
  number,
  trial: `candidate-${number}`,
  origin: 'sampled',
  params: { lr: 0.1, layers: ['a\n"b"', 'ü'], none: [] },
  state: 'complete',
  value: number === 3 ? Number.NaN : 0.5,
  reached: Infinity,
  posterior: null,
  seeds: 1,
  epochs: 5,
  seconds: 1.5,
  startedAt: null,
  why: null,
  runs: [{ id: `candidate-${number}-s1`, seed: 1, status: 'finished', value: 0.5, epochs: 5 }],
});

const summaryOf = (count: number): SweepSummary => ({
  study: 'study',
  iteration: 1,
  plan: {
    space: { params: [] },
    sampler: 'random',
    pruner: null,
    seed: 0,
    seeds: [1],
    first: [],
    budget: { trials: count, epochs: null, ms: null },
    patience: null,
    confirm: null,
    fullEpochs: 5,
  },
  metric: null,
  trials: Array.from({ length: count }, (_, number) => trial(number)),
  counts: { running: 0, complete: count, pruned: 0, failed: 0, waiting: 0 },
  trainings: count,
  epochsSpent: 5 * count,
  epochsSaved: 0,
  end: null,
  contender: null,
  best: count === 0 ? null : 1,
});

test.each([0, 1, 50, 51, 120])('written out some trials at a time, the document is the same: %i', (count) => {
  const [summary, outcome] = [summaryOf(count), buildOutcome()];
  const whole = `${JSON.stringify(sweepJson(summary, outcome, []), null, 2)}\n`;
  expect(sweepJsonBytes(summary, outcome, []).toString()).toBe(whole);
});
