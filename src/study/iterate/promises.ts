import type { Diagnosis } from '../../diagnosis/types.ts';
import type { ChangeLabel, ChangeOutcome, MetricChoice, PromiseKept } from '../types.ts';
import { expectedRange } from './expectation.ts';

/** An effect in the unit of the thresholds: points for fractions and percents; null in any other unit. */
function inPoints(value: number | null, metric: Pick<MetricChoice, 'scale'>): number | null {
  if (value === null || !Number.isFinite(value) || metric.scale === 'other') return null;
  return metric.scale === 'fraction' ? value * 100 : value;
}

/** What each recommendation promised, and what its changes did, as far as they were told apart. */
export function promisesOf(
  diagnosis: Pick<Diagnosis, 'recommendations'>,
  changes: readonly ChangeOutcome[],
  metric: Pick<MetricChoice, 'scale'>,
): PromiseKept[] {
  return diagnosis.recommendations.flatMap(({ number, title, expected }) => {
    const mine = changes.filter(({ recommendation }) => recommendation === number);
    if (mine.length === 0) return [];
    const [only] = mine;
    const promised = expected ?? only?.expected ?? null;
    const measured = mine.length === 1 && only ? only.effect : null;
    const label: ChangeLabel =
      measured?.label ?? (mine.every(({ effect }) => effect.label === 'inert') ? 'inert' : 'not-separated');
    return [
      {
        recommendation: number,
        title,
        paths: mine.map(({ path }) => path),
        expected: promised,
        range: expectedRange(promised),
        label,
        estimate: inPoints(label === 'inert' ? 0 : (measured?.estimate ?? null), metric),
        low: inPoints(measured?.low ?? null, metric),
        high: inPoints(measured?.high ?? null, metric),
      },
    ];
  });
}

/** How promises and effects agree over a study. */
export interface Calibration {
  /** Promises with a range whose effect was measured. */
  measured: number;
  /** The effect's interval (else its estimate) and the promised range have a value in common. */
  kept: number;
  under: number;
  over: number;
  /** Mean of promised middles and of effects, in points. */
  promised: number;
  found: number;
}

/** null where no promise with a range was measured by itself. */
export function calibrate(promises: readonly PromiseKept[]): Calibration | null {
  const judged = promises.flatMap(({ range, estimate, low, high }) =>
    range === null || estimate === null
      ? []
      : [{ range, estimate, low: low ?? estimate, high: high ?? estimate }],
  );
  if (judged.length === 0) return null;
  const under = judged.filter(({ range, high }) => high < range.low).length;
  const over = judged.filter(({ range, low }) => low > range.high).length;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    measured: judged.length,
    kept: judged.length - under - over,
    under,
    over,
    promised: sum(judged.map(({ range }) => (range.low + range.high) / 2)) / judged.length,
    found: sum(judged.map(({ estimate }) => estimate)) / judged.length,
  };
}
