import { expect, test } from 'vitest';
import { buildChecklist, renderChecklist } from './checklist.ts';
import { scenarios } from './fixtures/scenarios.ts';

const openIn = (name: keyof typeof scenarios): string[] =>
  buildChecklist(scenarios[name]())
    .filter((check) => !check.done)
    .map((check) => `${check.text}: ${check.evidence}`);

const SKIPPED =
  'Every recommendation that asks for a change was applied: 1 item not applied: recommendation 5 (no-value)';

test.each([
  [
    'singleSeed',
    [SKIPPED, 'The verdict is verified on several seeds: unverified: single seed, not verified'],
  ],
  ['threeSeeds', [SKIPPED]],
  [
    'diverged',
    [
      SKIPPED,
      'The optimized training finished: 1 of 2 runs: optimized-1-s42 finished in 1h 06m; optimized-1-s43 diverged in 19m 57s',
      'No run diverged, failed or was stopped: optimized-1-s43 diverged: val_acc became NaN at epoch 9',
    ],
  ],
  [
    'goalMin',
    [
      SKIPPED,
      'The verdict is verified on several seeds: unverified: single seed, not verified',
      'The target was checked: no target is set',
    ],
  ],
  [
    'noTrainSide',
    [
      SKIPPED,
      'Checkpoints were located: none were found',
      'The comparison rests on pairs of equal seeds: the runs share no known seed',
      'The change of the train–val gap was analysed: no training side of the metric was logged',
      'The verdict is verified on several seeds: not-better: single seed, not verified',
      'The result can be reproduced: code and seeds are known: git 4be1c0ffee4be1c0ffee4be1c0ffee4be1c0ffee; no seed is known of baseline-snull',
    ],
  ],
] as const)('%s leaves open what it must', (name, open) => {
  expect(openIn(name)).toEqual(open);
});

test('a gate that was forced, an inert change, a failed check and a missing plot stay open', () => {
  const outcome = scenarios.threeSeeds();
  outcome.study.forced = ['no root cause'];
  outcome.changes = outcome.changes.map((change, index) =>
    index === 1 ? { ...change, effect: { ...change.effect, label: 'inert' } } : change,
  );
  outcome.preflight = [
    { status: 'unknown', what: 'The changes take effect', detail: 'no short run was made' },
  ];
  const open = buildChecklist(outcome, { plotFailure: 'no binary for this platform' })
    .filter((check) => !check.done)
    .map((check) => check.evidence);
  expect(open).toEqual([
    'passed with --force; missing: no root cause',
    '1 item not applied: recommendation 5 (no-value)',
    'inert: optimizer.weight_decay',
    'unknown: no short run was made',
    'no binary for this platform',
  ]);
});

test('written as Markdown', () => {
  const outcome = scenarios.singleSeed();
  const text = renderChecklist(outcome);
  expect(text.split('\n').slice(0, 8)).toEqual([
    '# Optimization checklist: digits, iteration 1',
    '',
    '20 of 22 boxes are ticked. A box is ticked by evidence only; the evidence stands beneath it.',
    '',
    '## Preparation',
    '',
    '- [x] The diagnosis names a root cause',
    '  - diagnostic_report.md: Insufficient regularization',
  ]);
  expect(text.match(/^- \[[x ]\] /gmu)).toHaveLength(22);
});
