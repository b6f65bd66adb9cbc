import type { Point } from '../metrics/_contract.ts';
import type { Held, LoggedValue, Tracker } from './_contract.ts';
import { axisOf, type Axis, stepOf, valuesOf } from './axis.ts';
import { CleanNames } from './names.ts';
import { Series } from './series.ts';

/** When a point was logged, for those whose moment nobody saw. */
export type TimeOf = (index: number) => number;

/**
 * What a tracker is known to hold of one curve, and by that what it lacks. Values are only taken for held once the
 * tracker has confirmed them, so that a lost answer costs a look at what is there and never a second copy.
 */
export class RunCopy {
  readonly #tracker: Pick<Tracker, 'cleanName' | 'cleanValue' | 'batch'>;
  readonly #series = new Map<string, Series>();
  readonly #times: number[] = [];
  #names: CleanNames;
  #axis: Axis | undefined;
  /** Points all of whose values are held. */
  #done: Point[] = [];
  /** Values held, those of a doubled step twice. */
  #count = 0;
  #isContradictory = false;

  constructor(tracker: Pick<Tracker, 'cleanName' | 'cleanValue' | 'batch'>) {
    this.#tracker = tracker;
    this.#names = new CleanNames((name) => tracker.cleanName(name));
  }

  /** Begins anew with what the tracker says that it holds. */
  adopt(held: Held): void {
    this.clear();
    for (const [name, values] of held) {
      for (const { step, value } of values) {
        const series = this.#seriesOf(name);
        const known = series.get(step);
        this.#isContradictory ||= known !== undefined && !isSame(known, value);
        series.set(step, value);
        this.#count++;
      }
    }
  }

  /** Forgets all but the times. */
  clear(): void {
    this.#series.clear();
    this.#names = new CleanNames((name) => this.#tracker.cleanName(name));
    this.#axis = undefined;
    this.#done = [];
    this.#count = 0;
    this.#isContradictory = false;
  }

  /** The next values that it lacks, none where it lacks none; `contradiction`: it holds something that is not so. */
  missing(points: readonly Point[], timeOf: TimeOf): LoggedValue[] | 'contradiction' {
    const { batch } = this.#tracker;
    const axis = axisOf(points);
    if (this.#isContradictory || (this.#axis !== undefined && this.#axis !== axis && this.#count > 0))
      return 'contradiction';
    this.#axis = axis;
    const missing: LoggedValue[] = [];
    for (const [index, point] of points.entries()) {
      if (this.#done[index] === point) continue;
      const at = (this.#times[index] ??= timeOf(index));
      const step = stepOf(point, index, axis);
      let isComplete = true;
      for (const [original, raw] of valuesOf(point, axis)) {
        const name = this.#names.of(original);
        const value = this.#tracker.cleanValue(raw);
        const known = this.#series.get(name)?.get(step);
        if (known === undefined) {
          if (missing.length === batch) return missing;
          missing.push({ name, step, value, at });
          isComplete = false;
        } else if (!isSame(known, value)) return 'contradiction';
      }
      if (isComplete) this.#done[index] = point;
    }
    return missing;
  }

  /** Takes note of what the tracker has confirmed. */
  took(values: readonly LoggedValue[]): void {
    for (const { name, step, value } of values) this.#seriesOf(name).set(step, value);
    this.#count += values.length;
  }

  /** Whether the tracker holds exactly the curve, given that nothing is missing. */
  isExact(points: readonly Point[]): boolean {
    const axis = axisOf(points);
    return points.reduce((sum, point) => sum + valuesOf(point, axis).length, 0) === this.#count;
  }

  #seriesOf(name: string): Series {
    const series = this.#series.get(name) ?? new Series();
    this.#series.set(name, series);
    return series;
  }
}

/** Databases may round the last digit of a double. */
const isSame = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
