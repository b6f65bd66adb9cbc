import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CurveBuilder } from './curve-builder.ts';
import { POINT_LIMIT } from './thin.ts';

const NONE = Number.NaN;

function put(builder: CurveBuilder, epoch: number, step: number, values: Record<string, number>): void {
  builder.row(epoch, step);
  for (const [name, value] of Object.entries(values)) builder.set(builder.column(name), value);
}

describe('CurveBuilder', () => {
  it('merges rows of one key, in whatever order they come, like a map of maps', () => {
    const row = fc.tuple(
      fc.integer({ min: -1, max: 5 }),
      fc.integer({ min: -1, max: 5 }),
      fc.constantFrom('a', 'b', 'c'),
      fc.double(),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const builder = new CurveBuilder();
        const wanted = new Map<
          string,
          { epoch: number | null; step: number | null; values: Record<string, number> }
        >();
        rows.forEach(([e, s, name, value], i) => {
          const [epoch, step] = [e < 0 ? null : e, s < 0 ? null : s];
          put(builder, epoch ?? NONE, step ?? NONE, { [name]: value });
          const key = epoch === null && step === null ? `row ${i}` : `${epoch} ${step}`;
          const point = wanted.get(key) ?? { epoch, step, values: {} };
          point.values[name] = value;
          wanted.set(key, point);
        });
        expect(builder.build('x', 'x').points).toEqual([...wanted.values()]);
      }),
    );
  });

  it('leaves no point where nothing was logged', () => {
    const builder = new CurveBuilder();
    builder.row(1, NONE);
    builder.row(2, NONE);
    expect(builder.build('x', 'x').points).toEqual([]);
  });

  it('tells which points changed', () => {
    const builder = new CurveBuilder();
    put(builder, 1, NONE, { a: 1 });
    put(builder, 2, NONE, { a: 2 });
    expect(builder.takeChanges().points.map(({ index }) => index)).toEqual([0, 1]);
    put(builder, 1, NONE, { b: 3 });
    const { points, isShifted } = builder.takeChanges();
    expect(points).toEqual([{ index: 0, point: { epoch: 1, step: null, values: { a: 1, b: 3 } } }]);
    expect(isShifted).toBe(false);
  });

  it('refuses names that are none, and a flood of names', () => {
    const builder = new CurveBuilder();
    expect(builder.column('__proto__')).toBe(-1);
    expect(builder.column('x'.repeat(300))).toBe(-1);
    for (let i = 0; i < 5000; i++) put(builder, i, NONE, { [`m${i}`]: i });
    const { metrics, warnings } = builder.build('x', 'x');
    expect(metrics).toHaveLength(2000);
    expect(warnings.join('\n')).toContain('more than 2000 different names');
  });

  it('says which epochs were logged again', () => {
    const builder = new CurveBuilder();
    for (const epoch of [1, 2, 3, 2, 3]) put(builder, epoch, NONE, { a: epoch });
    expect(builder.build('x', 'x').warnings).toEqual([
      'epochs 2 to 3 were logged again, as after a resume or by another run or fold; the later values count',
    ]);
  });

  it('takes one key repeated word for word for no resume', () => {
    const builder = new CurveBuilder();
    for (const epoch of [1, 2, 3, 2]) put(builder, epoch, NONE, { a: epoch });
    expect(builder.build('x', 'x').warnings).toEqual([]);
  });
});

describe('thinning', () => {
  it('keeps first, last, best and worst of every metric, and rare metrics whole', () => {
    const builder = new CurveBuilder();
    const steps = 150_000;
    const loss = (step: number): number => Math.sin(step / 7) + 1e-6 * step;
    let [lowest, highest] = [0, 0];
    for (let step = 0; step < steps; step++) {
      put(builder, NONE, step, { loss: loss(step) });
      if (loss(step) < loss(lowest)) lowest = step;
      if (loss(step) > loss(highest)) highest = step;
      if (step % 1000 === 999) put(builder, NONE, step, { val_acc: step / steps });
      if (step === 77_777) put(builder, NONE, step, { val_acc: NONE });
    }
    const curve = builder.build('x', 'x');
    const kept = new Set(curve.points.map(({ step }) => step));
    expect(curve.points.length).toBeLessThanOrEqual(2 * POINT_LIMIT);
    expect(curve.thinnedFrom).toBe(steps);
    expect(curve.points.filter(({ values }) => 'val_acc' in values)).toHaveLength(151);
    for (const step of [0, lowest, highest, 77_777, steps - 1]) expect(kept.has(step)).toBe(true);
    expect(curve.points.every(({ step, values }) => values['loss'] === loss(step ?? -1))).toBe(true);
    // Even: no stretch of a hundredth of the log is left without its share.
    for (let from = 0; from < steps; from += steps / 100) {
      const share = curve.points.filter(
        ({ step }) => step !== null && step >= from && step < from + steps / 100,
      ).length;
      expect(share).toBeGreaterThan(50);
    }
  });

  it('is the same for metrics that are logged apart', () => {
    const builder = new CurveBuilder();
    for (let step = 0; step < 200_000; step++)
      put(builder, NONE, step, step % 2 === 0 ? { even: step } : { odd: step });
    const { points } = builder.build('x', 'x');
    const even = points.filter(({ values }) => 'even' in values).length;
    expect(points.length).toBeLessThanOrEqual(2 * POINT_LIMIT);
    expect(Math.abs(even / points.length - 0.5)).toBeLessThan(0.1);
  });
});
