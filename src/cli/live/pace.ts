import type { LiveRun } from './state.ts';

/** Milliseconds until the epoch limit at the pace so far; null where limit or pace are not known. */
export function remainingMs(run: LiveRun, now: number): number | null {
  const { epochs, curve, paceFrom, lastAt, startedAt } = run;
  if (epochs === null || curve.epoch === null || lastAt === null || paceFrom === null) return null;
  // Rows that came all at once (a run that was continued) say nothing of the pace.
  const isMeasured = curve.epoch > paceFrom.epoch && lastAt > paceFrom.at;
  const perEpoch = isMeasured
    ? (lastAt - paceFrom.at) / (curve.epoch - paceFrom.epoch)
    : paceFrom.epoch === 1
      ? lastAt - startedAt
      : null;
  if (perEpoch === null) return null;
  return Math.max(0, (epochs - curve.epoch) * perEpoch - (now - lastAt));
}
