import type { Curve } from '../metrics/_contract.ts';
import { normalizeEpochs } from '../metrics/epochs.ts';
import { goalOf } from '../metrics/goal.ts';
import { metricStrength, nameWords } from '../metrics/words.ts';

/** Rows of points that a screen shows. */
const MOST_ROWS = 36;

export interface Row {
  epoch: number | null;
  step: number | null;
  values: Readonly<Record<string, number>>;
}

/** Points, or one row an epoch where an epoch has several points and there are too many to be shown. */
export function rowsOf(curve: Curve): Row[] {
  const { points } = curve;
  const hasEpochs = points.some(({ epoch }) => epoch !== null);
  return points.length > MOST_ROWS && hasEpochs ? normalizeEpochs(curve) : points;
}

/** Whether one way is better: not for learning rates, times and counters. */
export function isJudged(name: string): boolean {
  return (
    metricStrength(name) !== 'none' &&
    !nameWords(name).some((word) => /^(?:lr|rate|time|seconds)$/.test(word))
  );
}

export function bestRow(rows: readonly Row[], name: string): number {
  const sign = goalOf(name) === 'max' ? 1 : -1;
  let best = -1;
  rows.forEach(({ values }, at) => {
    const value = values[name];
    if (value === undefined || !Number.isFinite(value)) return;
    if (best < 0 || sign * value > sign * ((rows[best] as Row).values[name] as number)) best = at;
  });
  return best;
}

/** Positions of the rows to show; −1 stands for those left out between. */
export function chooseRows(count: number, wanted: readonly number[]): number[] {
  const chosen = new Set<number>(wanted.filter((at) => at >= 0));
  if (count <= MOST_ROWS) for (let at = 0; at < count; at++) chosen.add(at);
  for (let at = 0; at < Math.min(count, 10); at++) chosen.add(at);
  for (let at = Math.max(0, count - 10); at < count; at++) chosen.add(at);
  for (const at of wanted)
    for (const near of [at - 1, at + 1]) if (at >= 0 && near >= 0 && near < count) chosen.add(near);
  const rows: number[] = [];
  for (const at of [...chosen].sort((a, b) => a - b)) {
    const before = rows.at(-1);
    if (before !== undefined && at > before + 1) rows.push(-1);
    rows.push(at);
  }
  return rows;
}
