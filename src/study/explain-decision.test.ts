import { expect, test } from 'vitest';
import type { DecisionBasis } from './decide.ts';
import { explainDecision } from './explain-decision.ts';
import { buildOutcome } from '../report/fixtures/outcome.ts';
import type { Effect, MetricChoice, TargetStatus } from './types.ts';

const { baseline, optimized } = buildOutcome();

const METRIC: MetricChoice = {
  wanted: 'val_acc',
  name: 'val_acc',
  goal: 'max',
  select: 'best',
  train: null,
  trainLoss: null,
  valLoss: null,
  scale: 'percent',
  note: null,
};
const GAIN: Effect = {
  n: 1,
  paired: true,
  absolute: 4,
  relative: 6,
  low: null,
  high: null,
  alpha: null,
  se: null,
  d: null,
  pBetter: null,
  shrunken: null,
  isSingle: true,
  notes: [],
};
const TARGET: TargetStatus = { value: 80, status: 'not-met', source: 'pawl.yaml', margin: -10 };
const EVIDENCE = '+4.0 pp on a single seed, not verified';

test.each<[DecisionBasis, TargetStatus | null, string]>([
  [
    'more-evidence-needed',
    TARGET,
    `val_acc 70.0%; the target of 80.0% is not met and the evidence is weak (${EVIDENCE}): first get more seeds, then change more.`,
  ],
  [
    'more-evidence-needed',
    null,
    `val_acc 70.0%; no target was given, and the evidence is weak (${EVIDENCE}): first get more seeds, then change more.`,
  ],
  [
    'budget-spent',
    null,
    `val_acc 70.0%; no target was given, and the evidence is weak (${EVIDENCE}); the budget is spent: keep the best config so far.`,
  ],
  ['improved-below-target', TARGET, `${EVIDENCE}, but val_acc 70.0% misses the target of 80.0% by 10.0 pp.`],
  ['improved-below-target', null, `${EVIDENCE}; no target was given, so improve while gains last.`],
])('%s', (basis, target, expected) => {
  const explained = explainDecision({
    basis,
    verdict: 'unverified',
    metric: METRIC,
    baseline,
    optimized: { ...optimized, mean: 70 },
    reference: baseline,
    gain: GAIN,
    target,
    gains: [4],
    thresholds: { significant: 3, diminishing: 2, maxIterations: 3 },
    iteration: 1,
  });
  expect(explained).toBe(expected);
});
