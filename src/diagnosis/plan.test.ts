import { describe, expect, it } from 'vitest';
import { configOf, planOf } from './fixtures/plan.ts';
import { planJson } from './plan-json.ts';
import { planChanges } from './plan.ts';
import { parseReport } from './report.ts';

const CONFIG = 'model: { name: net }\noptimizer: { lr: 0.001, weight_decay: 0.0 }\npatience: 10\n';

function plan(report: string) {
  return planChanges(parseReport(report, 'report.md'), configOf(CONFIG));
}

describe('one change said several times', () => {
  const report = [
    '# Diagnosis',
    'Root cause: overfitting',
    '## Recommendations',
    '### 1. Lower the learning rate (0.001 → 0.0003)',
    '- Config: `optimizer.lr: 0.0003`',
    '### 2. Weight decay',
    '- `optimizer.weight_decay`: 1e-4',
    '## Config preview',
    '```yaml',
    'optimizer:',
    '  lr: 0.0003  # CHANGED (recommendation 1)',
    '  weight_decay: 1e-4  # CHANGED (recommendation 2)',
    'model:',
    '  dropout: 0.2  # NEW (recommendation 2)',
    '```',
  ].join('\n');

  it('is one change, at the line that states it most directly', () => {
    expect(
      plan(report).changes.map(({ path, recommendation, line }) => [path, recommendation, line]),
    ).toEqual([
      ['optimizer.lr', 1, 5],
      ['optimizer.weight_decay', 2, 7],
      ['model.dropout', 2, 14],
    ]);
  });

  it('carries the reason', () => {
    expect(plan(report).changes.map((change) => change.why)).toEqual([
      'Lower the learning rate (0.001 → 0.0003)',
      'Weight decay',
      'Weight decay',
    ]);
  });
});

it('gives a recommendation the value that only the preview states', () => {
  const report =
    '## Root cause\noverfitting\n## Recommendations\n1. Add weight decay\n2. Add dropout\n## Config preview\n```yaml\nmodel: {dropout: 0.3}\noptimizer: {weight_decay: 0.01}\n```\n';
  expect(plan(report).changes.map(({ path, recommendation, line }) => [path, recommendation, line])).toEqual([
    ['model.dropout', 2, 8],
    ['optimizer.weight_decay', 1, 9],
  ]);
  expect(plan(report).skipped).toEqual([]);
});

it('places a bare name where the report itself shows it', () => {
  const { changes } = planOf(['Add dropout of 0.3', '`model.dropout` is the place for it'], CONFIG);
  expect(changes).toMatchObject([{ path: 'model.dropout', kind: 'new', to: 0.3 }]);
});

it('warns where the report starts from another baseline', () => {
  const { changes, warnings } = planOf(['Reduce lr from 0.01 to 0.0003'], CONFIG);
  expect(changes).toMatchObject([{ path: 'optimizer.lr', from: 0.001, to: 0.0003 }]);
  expect(warnings[0]?.message).toBe(
    'The report says that optimizer.lr is 0.01 now, but the baseline config has 0.001.',
  );
});

it('applies neither of two values', () => {
  const { changes, skipped } = planOf(['`optimizer.lr: 0.01`', '`optimizer.lr: 0.02`'], CONFIG);
  expect(changes).toEqual([]);
  expect(skipped.map(({ recommendation, reason }) => [recommendation, reason])).toEqual([
    [1, 'conflict'],
    [2, 'conflict'],
  ]);
  expect(skipped[0]?.message).toBe(
    'The report gives optimizer.lr two values: 0.01 (line 7) and 0.02 (line 8).',
  );
});

it('says of a repetition that it repeats', () => {
  const { changes, skipped } = planOf(['`optimizer.lr: 0.01`', 'Set the learning rate to 0.01'], CONFIG);
  expect(changes).toHaveLength(1);
  expect(skipped).toMatchObject([{ recommendation: 2, reason: 'already-applied' }]);
});

it('refuses a section and a key in it at once', () => {
  const { changes, skipped } = planOf(['`optimizer: null`', '`optimizer.lr: 0.01`'], CONFIG);
  expect(changes.map((change) => change.path)).toEqual(['optimizer.lr']);
  expect(skipped).toMatchObject([{ recommendation: 1, reason: 'conflict' }]);
});

it('is plain JSON', () => {
  const document = planJson(planOf(['Set `model.dropout` to 0.4', 'Collect more data'], CONFIG));
  expect(JSON.parse(JSON.stringify(document))).toEqual({
    schemaVersion: 1,
    diagnosis: {
      file: 'report.md',
      rootCauses: ['overfitting'],
      target: null,
      baseline: {},
      expectedOutcome: [],
      recommendations: [
        {
          number: 1,
          title: 'Set model.dropout to 0.4',
          line: 7,
          impact: null,
          effort: null,
          risk: null,
          expected: null,
        },
        {
          number: 2,
          title: 'Collect more data',
          line: 8,
          impact: null,
          effort: null,
          risk: null,
          expected: null,
        },
      ],
    },
    changes: [
      {
        path: 'model.dropout',
        kind: 'new',
        from: null,
        to: 0.4,
        recommendation: 1,
        line: 7,
        why: 'Set model.dropout to 0.4',
      },
    ],
    skipped: [
      {
        recommendation: 2,
        reason: 'not-config',
        message: 'This needs code, data or people; no config value carries it out.',
        line: 8,
        candidates: [],
      },
    ],
    warnings: [],
  });
});
