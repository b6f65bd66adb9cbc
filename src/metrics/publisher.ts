import type { CurveBuilder, IndexedPoint } from './curve-builder.ts';
import type { Point } from './_contract.ts';

export interface Publication {
  points: IndexedPoint[];
  /** All points published before are void: the log began anew, or was thinned. `points` is the whole curve. */
  isReplaced: boolean;
}

/**
 * Turns states of a curve into what changed. A log that was written anew with the same beginning (a rewritten CSV, a JSON
 * document) only publishes what is new in it; one that is still shorter than what was published is given time to catch up.
 */
export class Publisher {
  private published: CurveBuilder | undefined;

  /** What has changed in `builder`; undefined where nothing has. `final`: there will be no more time. */
  publish(builder: CurveBuilder, final: boolean): Publication | undefined {
    const { published } = this;
    if (!published || published === builder) {
      this.published = builder;
      return this.continue(builder, published === undefined);
    }
    const change = compare(published, builder);
    if (change === 'behind' && !final) return undefined;
    this.published = builder;
    builder.takeChanges();
    if (change === 'behind' || change === 'other') return { points: all(builder), isReplaced: true };
    return change.length === 0 ? undefined : { points: change, isReplaced: false };
  }

  private continue(builder: CurveBuilder, isFirst: boolean): Publication | undefined {
    const { points, isShifted } = builder.takeChanges();
    if (points.length === 0) return undefined;
    return { points, isReplaced: isShifted && !isFirst };
  }
}

function compare(before: CurveBuilder, after: CurveBuilder): IndexedPoint[] | 'behind' | 'other' {
  const common = Math.min(before.count, after.count);
  const changed: IndexedPoint[] = [];
  for (let index = 0; index < common; index++) {
    const old = before.pointAt(index);
    const point = after.pointAt(index);
    if (old.epoch !== point.epoch || old.step !== point.step) return 'other';
    if (!areSame(old, point)) changed.push({ index, point });
  }
  if (after.count < before.count) return changed.length > 0 ? 'other' : 'behind';
  for (let index = common; index < after.count; index++) changed.push({ index, point: after.pointAt(index) });
  return changed;
}

function areSame(a: Point, b: Point): boolean {
  const names = Object.keys(b.values);
  return (
    names.length === Object.keys(a.values).length &&
    names.every((name) => Object.is(a.values[name], b.values[name]))
  );
}

function all(builder: CurveBuilder): IndexedPoint[] {
  return Array.from({ length: builder.count }, (_, index) => ({ index, point: builder.pointAt(index) }));
}
