import { expect, test } from 'vitest';
import type { Effect } from '../study/types.ts';
import { comparisonJson, renderComparisonTable, type Comparison } from './comparison.ts';

const EFFECT: Effect = {
  n: 3,
  paired: true,
  absolute: 0.042,
  relative: 5.3,
  low: 0.021,
  high: 0.063,
  alpha: 0.05,
  se: 0.01,
  d: 2.2,
  pBetter: 0.986,
  shrunken: 0.04,
  isSingle: false,
  notes: [],
};
const RUNS = [42, 43, 44];

function buildComparison(change: Partial<Comparison> = {}): Comparison {
  return {
    metric: { name: 'val_acc', goal: 'max', scale: 'fraction' },
    baseline: {
      label: 'runs/base',
      runs: RUNS.map((seed, index) => ({ label: `b${seed}`, seed, value: 0.785 + index * 0.004 })),
    },
    optimized: {
      label: 'runs/new',
      runs: RUNS.map((seed, index) => ({ label: `n${seed}`, seed, value: 0.827 + index * 0.004 })),
    },
    effect: EFFECT,
    verdict: 'better',
    notes: [],
    ...change,
  };
}

test('three pairs as a table', () => {
  expect(renderComparisonTable(buildComparison(), { color: false })).toBe(`val_acc (higher is better)

           runs   mean   sd  lowest  highest
runs/base     3  78.9%  0.4   78.5%    79.3%
runs/new      3  83.1%  0.4   82.7%    83.5%

seed  runs/base  runs/new  difference
42        78.5%     82.7%     +4.2 pp
43        78.9%     83.1%     +4.2 pp
44        79.3%     83.5%     +4.2 pp

Improvement: +4.2 pp val_acc (+5.3% relative)
Interval: +2.1 to +6.3 pp (90%)
P(better on a fresh seed): 99%
Verdict: better (n = 3 pairs, 90% interval +2.1 to +6.3 pp)
`);
});

test('one run of each, less is better, one of them diverged', () => {
  const text = renderComparisonTable(
    buildComparison({
      metric: { name: 'loss', goal: 'min', scale: 'other' },
      baseline: { label: 'a', runs: [{ label: 'a', seed: null, value: 0.52 }] },
      optimized: { label: 'b', runs: [{ label: 'b', seed: null, value: Number.NaN }] },
      effect: {
        ...EFFECT,
        n: 1,
        absolute: Number.NaN,
        relative: null,
        low: null,
        high: null,
        alpha: null,
        pBetter: null,
        isSingle: true,
      },
      verdict: 'unstable',
    }),
    { color: false },
  );
  expect(text.split('\n').slice(2)).toEqual([
    '   runs    mean  sd  lowest  highest',
    'a     1  0.5200   —  0.5200   0.5200',
    'b     1       —   —       —        —',
    '',
    'Improvement: not measured (NaN)',
    'Interval: not measured: one run of each',
    'Verdict: unstable (1 of 1 optimized run diverged)',
    '! 1 run without a finite value, left out of means: b',
    '',
  ]);
});

test('the document of pawl compare', () => {
  const comparison = buildComparison();
  comparison.optimized = {
    label: 'runs/new',
    runs: [...comparison.optimized.runs, { label: 'n45', seed: 45, value: Infinity }],
  };
  const document = JSON.parse(JSON.stringify(comparisonJson(comparison))) as Record<string, unknown>;
  expect(document).toMatchObject({
    schemaVersion: 1,
    metric: { name: 'val_acc', goal: 'max' },
    baseline: { runs: [{ seed: 42, value: 0.785 }, { seed: 43 }, { seed: 44 }] },
    optimized: { runs: [{}, {}, {}, { seed: 45, value: 'Infinity' }], n: 3 },
    effect: { absolute: 0.042, relative: 5.3, low: 0.021, high: 0.063, n: 3, alpha: 0.05, pBetter: 0.986 },
    verdict: 'better',
  });
  expect((document.baseline as { mean: number }).mean).toBeCloseTo(0.789, 12);
  expect((document.baseline as { sd: number }).sd).toBeCloseTo(0.004, 12);
});
