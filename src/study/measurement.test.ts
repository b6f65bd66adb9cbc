import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config/document.ts';
import type { Change, Plan } from '../diagnosis/types.ts';
import { lossWarning, splitMeasurement } from './measurement.ts';

const base = await parseConfig('data: {val_samples: 200}\nmodel: {dropout: 0}\nloss: {name: ce}\n', 'c.yaml');
const change = (path: string, recommendation = 1): Change => ({
  path,
  kind: 'changed',
  from: 0,
  to: 1,
  recommendation,
  line: 7,
  why: '',
});
const planOf = (...paths: string[]): Plan => ({
  diagnosis: {
    file: 'r.md',
    rootCauses: [],
    target: null,
    baseline: {},
    expectedOutcome: [],
    recommendations: [],
  },
  changes: paths.map((path, index) => change(path, index + 1)),
  skipped: [],
  warnings: [],
});

describe('changes of what is measured', () => {
  it('are none where the training alone is changed', () => {
    const plan = planOf('model.dropout');
    expect(splitMeasurement(plan, base, true)).toEqual({ plan, shared: [], warnings: [] });
  });

  it('are made on both sides in the first iteration', () => {
    const plan = planOf('data.val_samples', 'model.dropout');
    const split = splitMeasurement(plan, base, true);
    expect(split.plan).toBe(plan);
    expect(split.shared.map(({ path }) => path)).toEqual(['data.val_samples']);
    expect(split.warnings).toEqual([
      expect.stringMatching(/^data\.val_samples decides .* in the baseline too/),
    ]);
  });

  it('are left out of a later iteration, with the reason', () => {
    const split = splitMeasurement(planOf('data.val_samples', 'model.dropout'), base, false);
    expect(split.shared).toEqual([]);
    expect(split.plan.changes.map(({ path }) => path)).toEqual(['model.dropout']);
    expect(split.plan.skipped).toEqual([
      expect.objectContaining({ recommendation: 1, reason: 'keep', line: 7 }),
    ]);
    expect(split.warnings[0]).toContain('Not applied: data.val_samples decides');
  });

  it.each([true, false])('alone are nothing to compare (first: %s)', (isFirst) => {
    expect(() => splitMeasurement(planOf('data.val_samples'), base, isFirst)).toThrow(
      expect.objectContaining({ code: 'NO_CHANGES' }),
    );
  });
});

it.each([
  ['val_loss', 'loss.name', 1],
  ['val_loss', 'training.label_smoothing', 1],
  ['val_acc', 'training.label_smoothing', 0],
  ['val_loss', 'model.dropout', 0],
])('metric %s and a change of %s: %i warnings', (metric, path, count) => {
  expect(lossWarning([change(path)], metric)).toHaveLength(count);
});
