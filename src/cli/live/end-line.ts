import { formatDuration } from '../../project/duration.ts';
import { toPlain } from '../../report/plain.ts';
import { bestOf } from './curve.ts';
import { isEarlyEnd, type LiveStatus } from './early-end.ts';
import type { LiveRun, LiveState } from './state.ts';
import type { Line, Piece } from './styled.ts';
import { showLead, showRun, showValue } from './words.ts';

/** What stays on the screen of a run: `✓ optimized-1 seed 42: val_acc 83.3% at epoch 43 of 46, 3.9 pp ahead of baseline (1h 41m)`. */
export function endLine(run: LiveRun, state: LiveState): Line {
  const { metric } = state;
  const isGood = run.status === 'finished' || run.status === 'adopted';
  const isSmoke = run.kind === 'smoke';
  const time = run.endedAt === null ? '' : ` (${formatDuration(run.endedAt - run.startedAt)})`;
  const pieces: Piece[] = [signOf(run.status), { text: showRun(run) }];
  if (!isGood)
    pieces.push(
      { text: `: ${run.status}` },
      { text: run.message === null ? '' : `: ${toPlain(run.message, 240)}` },
    );
  if (run.value && metric && !isSmoke) {
    pieces.push(
      { text: `: ${toPlain(metric.name, 32)} ` },
      { text: showValue(run.value.value, metric), tone: 'bold' },
    );
    pieces.push({ text: ` at epoch ${run.value.epoch} of ${run.value.epochs}` });
    const ahead = leadOf(run, run.value.value, state);
    if (ahead !== undefined) {
      const lead = showLead(ahead, metric);
      const link = lead === 'level' ? ' with ' : lead.endsWith('ahead') ? ' of ' : ' ';
      pieces.push(
        { text: `, ${lead}`, tone: ahead > 0 ? 'green' : 'red' },
        { text: `${link}${toPlain(state.reference, 24)}` },
      );
    }
  }
  return [...pieces, { text: time, tone: 'dim' }];
}

/** Ended on purpose is neither a success nor a failure, and is seen to be so without colours too. */
function signOf(status: LiveStatus): Piece {
  if (status === 'finished' || status === 'adopted') return { text: '✓ ', tone: 'green' };
  if (isEarlyEnd(status)) return { text: '○ ', tone: 'cyan' };
  return { text: '✗ ', tone: status === 'interrupted' ? 'yellow' : 'red' };
}

/** Against the value of the reference's run with the same seed, else the mean over its ended runs. */
function leadOf(run: LiveRun, value: number, { runs, reference, metric }: LiveState): number | undefined {
  if (!metric || run.trial === reference) return undefined;
  const others = runs.filter((other) => other.trial === reference && other.endedAt !== null);
  const twin = others.find((other) => other.seed !== null && other.seed === run.seed);
  const values = (twin ? [twin] : others)
    .map((other) => other.value?.value ?? bestOf(other.curve, metric.goal))
    .filter((other) => other !== undefined);
  if (values.length === 0) return undefined;
  const difference = value - values.reduce((sum, other) => sum + other, 0) / values.length;
  return metric.goal === 'max' ? difference : -difference;
}
