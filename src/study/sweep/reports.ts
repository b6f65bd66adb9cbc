import { normalizeEpochs } from '../../metrics/epochs.ts';
import type { Point } from '../../metrics/_contract.ts';
import type { Report } from '../../search/_contract.ts';

/** What running and ended trainings reported, by run: the metric at each epoch from 1, NaN where it was not a number. */
export class ReportBook {
  readonly #reports = new Map<string, readonly Report[]>();
  readonly #waiting = new Map<string, readonly Point[]>();

  /** Takes all points of a run so far. Before the metric is known they wait. */
  put(run: string, points: readonly Point[], metric: string | null): void {
    if (metric === null) {
      this.#waiting.set(run, points);
      return;
    }
    this.#settle(metric);
    this.#reports.set(run, reportsOf(points, metric));
  }

  /** The reports of a run; the same object until there are others. */
  of(run: string, metric: string | null): readonly Report[] {
    if (metric !== null) this.#settle(metric);
    return this.#reports.get(run) ?? NONE;
  }

  #settle(metric: string): void {
    if (this.#waiting.size === 0) return;
    for (const [run, points] of this.#waiting) this.#reports.set(run, reportsOf(points, metric));
    this.#waiting.clear();
  }
}

const NONE: readonly Report[] = [];

function reportsOf(points: readonly Point[], metric: string): Report[] {
  return normalizeEpochs({ points: [...points] }).flatMap(({ epoch, values }) => {
    const value = values[metric];
    return value === undefined ? [] : [{ step: epoch, value }];
  });
}
