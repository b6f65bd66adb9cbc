import { expect, test } from 'vitest';
import { buildChecklist } from './checklist.ts';
import { outcomeJson } from './document.ts';
import { scenarios } from './fixtures/scenarios.ts';

test('carries what the contract of pawl optimize --json promises', () => {
  const outcome = scenarios.singleSeed();
  const document = outcomeJson(outcome, buildChecklist(outcome));
  expect(JSON.parse(JSON.stringify(document))).toMatchObject({
    schemaVersion: 1,
    decision: 'finalize',
    next: 'pawl finalize',
    iteration: 1,
    verdict: 'unverified',
    metric: { name: 'val_acc', goal: 'max' },
    target: { value: 80, status: 'nominal' },
    baseline: { train: outcome.baseline.train, val: outcome.baseline.mean, gap: outcome.baseline.gap },
    optimized: { train: outcome.optimized.train, val: outcome.optimized.mean, gap: outcome.optimized.gap },
    improvement: { absolute: outcome.effect.absolute, relative: outcome.effect.relative },
    changes: [
      {
        path: 'model.dropout',
        kind: 'new',
        from: null,
        to: 0.4,
        recommendation: 1,
        line: 31,
        effect: { label: 'not-separated' },
      },
      {},
      {},
      {},
    ],
    artifacts: {
      config: 'configs/optimization_config.yaml',
      report: 'results/optimization/optimization_results.md',
      plot: 'results/optimization/comparison.png',
      checklist: 'results/optimization/optimization_complete.md',
      json: 'results/optimization/optimization_results.json',
    },
    runs: [
      { id: 'baseline-s42', trial: 'baseline', seed: 42, status: 'finished', value: outcome.baseline.mean },
      {
        id: 'optimized-1-s42',
        trial: 'optimized-1',
        seed: 42,
        status: 'finished',
        value: outcome.optimized.mean,
      },
    ],
    checklist: expect.arrayContaining([
      {
        group: 'Decision',
        text: 'The decision was made: finalize',
        done: true,
        evidence: expect.any(String),
      },
    ]),
  });
});

test('numbers that JSON lacks are strings, and a missing target has no value', () => {
  const outcome = scenarios.goalMin();
  outcome.effect = { ...outcome.effect, absolute: Number.NaN, relative: -Infinity };
  const document = JSON.parse(JSON.stringify(outcomeJson(outcome))) as Record<string, unknown>;
  expect(document.improvement).toMatchObject({ absolute: 'NaN', relative: '-Infinity' });
  expect(document.target).toEqual({ value: null, status: null, source: null, margin: null });
});

test('where less is better, the improvement is positive and the difference as logged', () => {
  const document = JSON.parse(JSON.stringify(outcomeJson(scenarios.goalMin()))) as {
    improvement: { absolute: number; difference: number };
  };
  expect(document.improvement.absolute).toBeCloseTo(3.6, 1);
  expect(document.improvement.difference).toBeCloseTo(-3.6, 1);
});

test('each run once, though the reference is the baseline', () => {
  const document = JSON.parse(JSON.stringify(outcomeJson(scenarios.threeSeeds()))) as {
    runs: { id: string }[];
  };
  expect(document.runs.map((run) => run.id)).toHaveLength(6);
});

test('a config key named __proto__ stays a plain key', () => {
  const outcome = scenarios.singleSeed();
  const change = outcome.changes[0];
  if (change) outcome.changes = [{ ...change, to: JSON.parse('{"__proto__": {"polluted": true}}') }];
  expect(JSON.stringify(outcomeJson(outcome))).toContain('"__proto__":{"polluted":true}');
});
