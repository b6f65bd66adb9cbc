import { expect, test } from 'vitest';
import { scenarios } from './fixtures/scenarios.ts';
import { renderScreen } from './screen.ts';

const plain = { color: false };

test('a single seed that got better', () => {
  expect(renderScreen(scenarios.singleSeed(), plain))
    .toBe(`✓ Optimization config created (4 changes from baseline)
  - Added model.dropout=0.4
  - Added optimizer.weight_decay=0.0001
  - Enabled data.augmentation
  - Reduced early_stopping.patience 10 → 5
  1 item of the report not applied; see the report

✓ Optimized training complete (1h 41m)

Performance Comparison: (val_acc, best epoch)
  Baseline:  Train 86.9% | Val 79.4%
  Optimized: Train 86.4% | Val 83.3%

Improvement: +3.9 pp val_acc (+4.9% relative)
Train-val gap: 7.6 pp → 3.2 pp (reduced by 4.4 pp)

Target: 80% val_acc
Achieved: 83.3% ✓ (exceeded by 3.3 pp; nominal, not confirmed)

Verdict: unverified (single seed, not verified)
Decision: finalize, evidence weak
  val_acc 83.5% meets the target 80%; the evidence is weak: single seed.

Config:    configs/optimization_config.yaml
Report:    results/optimization/optimization_results.md
Plot:      results/optimization/comparison.png
Checklist: results/optimization/optimization_complete.md (20 of 22 ticked)

→ Recommend: pawl finalize for the final training
`);
});

test.each([
  [
    'threeSeeds',
    [
      '✓ Optimized training complete (3 runs, 1h 28m each)',
      '  Baseline:  Train 85.2% | Val 79.4% ± 0.3 (3 seeds)',
      'Verdict: better (n = 3 pairs, 90% interval +3.8 to +4.9 pp)',
    ],
  ],
  [
    'diverged',
    [
      '✗ Optimized training: 1 of 2 runs finished',
      '  - optimized-1-s43 diverged: val_acc became NaN at epoch 9',
      'Verdict: unstable (1 of 2 optimized runs diverged)',
      '→ Recommend: pawl diagnose to look for another cause',
    ],
  ],
  [
    'goalMin',
    [
      '  Baseline:  Train 30.8 | Val 41.5',
      'Improvement: 3.6 lower val_perplexity (8.7% relative)',
      'Train-val gap: 10.7 → 6.3 (reduced by 4.5)',
      'Target: none set',
    ],
  ],
  [
    'secondIteration',
    [
      '✓ Optimization config created (4 changes from the incumbent)',
      '  Incumbent: Train 85.6% | Val 79.5%',
      'Over the incumbent: +3.7 pp val_acc (+4.7% relative)',
    ],
  ],
  [
    'noTrainSide',
    [
      '  Baseline:  Val 78.80%',
      'Improvement: -0.74 pp val_acc (-0.94% relative)',
      'Train-val gap: not measured (no training side of the metric was logged)',
      'Achieved: 78.06% ✗ (missed by 1.94 pp)',
    ],
  ],
  ['fraction', ['Improvement: +0.35 pp val/accuracy (+0.44% relative)', 'Target: 80% val/accuracy']],
] as const)('%s', (name, lines) => {
  expect(renderScreen(scenarios[name](), plain).split('\n')).toEqual(expect.arrayContaining([...lines]));
});

test('nothing is claimed where no run came to a value', () => {
  const outcome = scenarios.singleSeed();
  outcome.optimized = { ...outcome.optimized, n: 0, mean: null, train: null, gap: null, seconds: null };
  outcome.optimized.runs = outcome.optimized.runs.map((run) => ({ ...run, status: 'failed', value: null }));
  const screen = renderScreen(outcome, plain);
  expect(screen).toContain(
    '  Optimized: Train — | Val —\n\nImprovement: not measured\n\nTarget: 80% val_acc\nAchieved: not measured',
  );
});

test('a sweep in which nothing beat the baseline has found no config', () => {
  const outcome = scenarios.singleSeed();
  outcome.optimized = { ...outcome.optimized, trial: { ...outcome.optimized.trial, kind: 'candidate' } };
  expect(renderScreen(outcome, plain)).toContain('✓ Optimization config created (4 changes from baseline)');
  outcome.verdict = 'not-better';
  expect(renderScreen(outcome, plain).split('\n')[0]).toBe(
    '– No better config was found; the best other one has 4 changes from baseline',
  );
});

test('colours only when asked for, and no foreign escapes', () => {
  const outcome = scenarios.singleSeed();
  outcome.reason = '\u001B[2Jgone';
  outcome.metric = { ...outcome.metric, name: 'val\u001B]0;x\u0007_acc' };
  expect(renderScreen(outcome, plain)).not.toContain('\u001B');
  expect(renderScreen(outcome, { color: true })).toContain(
    '\u001B[32m✓\u001B[39m Optimization config created',
  );
});
