import { formatDuration } from '../../project/duration.ts';
import { toPlain } from '../../report/plain.ts';
import { remainingMs } from './pace.ts';
import { standingOf } from './standing.ts';
import type { LiveRun, LiveState } from './state.ts';
import { showLead, showPlace, showRun, showValue } from './words.ts';

/** `optimized-1 seed 42: epoch 23 of 60, val_acc 81.2%, 2.3 pp ahead (baseline 78.9%), ETA 4m 10s`. */
export function epochLine(run: LiveRun, state: LiveState, now: number): string {
  const { metric } = state;
  const standing = standingOf(run, state);
  const remaining = remainingMs(run, now);
  const parts = [showPlace(run)];
  if (metric && standing) {
    parts.push(`${toPlain(metric.name, 48)} ${showValue(standing.value, metric)}`);
    if (standing.ahead !== undefined && standing.reference !== undefined) {
      const best = standing.at === 'best' ? ' best' : '';
      parts.push(
        `${showLead(standing.ahead, metric)} (${toPlain(state.reference, 24)}${best} ${showValue(standing.reference, metric)})`,
      );
    }
  }
  if (remaining !== null && remaining > 0) parts.push(`ETA ${formatDuration(remaining)}`);
  return `${showRun(run)}: ${parts.filter((part) => part !== '').join(', ')}`;
}
