import { join } from 'node:path';
import type { ResourceUse, RunOutcome, RunSpec } from '../../_contract.ts';
import { formatDuration } from '../../duration.ts';
import { explainFailure, signalOfStatus } from '../../explain.ts';
import { countOomKills } from '../../processes/oom.ts';
import { readTail } from '../../tail.ts';
import type { StopReason } from './guards.ts';
import type { Leftovers } from './leftovers.ts';
import type { MainEnd } from './main-process.ts';
import type { LocalTicket } from './ticket.ts';

export interface EndedRun {
  spec: RunSpec;
  ticket: LocalTicket;
  end: MainEnd;
  /** Why we stopped it, if we did. */
  why: StopReason | undefined;
  leftovers: Leftovers | undefined;
  /** Why no exit status is known, should none be. */
  lostBecause: string;
  diskFull: string | undefined;
  resources: ResourceUse;
  notes: readonly string[];
}

/** A command that returns this soon cannot have trained. */
const AT_ONCE_MS = 1000;

/** What became of a run whose processes are all gone. */
export function concludeRun(run: EndedRun): RunOutcome {
  const { end, why, leftovers, ticket } = run;
  const signal = end.signal ?? signalOfStatus(end.status);
  const exitCode = signal === null ? end.status : null;
  const failure = why ?? failureOf(run, exitCode, signal);
  const isNews = leftovers && !why && failure?.code !== 'COMMAND_FORKED_AWAY';
  return {
    end: why ? 'stopped' : failure ? 'failed' : 'finished',
    exitCode,
    signal,
    failure,
    startedAt: ticket.startedAt,
    endedAt: Math.max(end.endedAt, ticket.startedAt),
    resources: run.resources,
    notes: isNews ? [...run.notes, noteOf(leftovers)] : [...run.notes],
  };
}

function noteOf({ count, description }: Leftovers): string {
  const were =
    count === 1 ? '1 process was left behind and was' : `${count} processes were left behind and were`;
  return `${were} ended (${description}).`;
}

function failureOf(run: EndedRun, exitCode: number | null, signal: string | null): StopReason | null {
  const { spec, ticket, end, leftovers } = run;
  if (end.status === null && end.signal === null) {
    const remedy = 'Resume the study; the run starts again from its last checkpoint.';
    return { code: 'RUN_LOST', message: run.lostBecause, remedy };
  }
  if (exitCode === 0) return leftovers ? forkedAway(run, leftovers) : null;
  const oomKills = countOomKills();
  return explainFailure({
    exitCode,
    signal,
    stderr: readTail(join(spec.directory, 'stderr.log')),
    stdout: readTail(join(spec.directory, 'stdout.log')),
    oomKills: oomKills === null || ticket.oomKills === null ? null : oomKills - ticket.oomKills,
    diskFull: run.diskFull,
    cwd: spec.cwd,
  });
}

/** Success is believed when the command did the work; not when it returned at once, or its heirs work on and worked more than it did. */
function forkedAway({ end, ticket }: EndedRun, leftovers: Leftovers): StopReason | null {
  const elapsedMs = end.endedAt - ticket.startedAt;
  const heirsWork = leftovers.areBusy && leftovers.cpuSeconds > (end.cpuSeconds ?? 0);
  if (elapsedMs >= AT_ONCE_MS && !heirsWork) return null;
  return {
    code: 'COMMAND_FORKED_AWAY',
    message: `The command returned after ${formatDuration(elapsedMs)} with exit code 0, but went on in the background (${leftovers.description}); that was ended.`,
    remedy:
      "Let the training run in the foreground (no '&', nohup, setsid or --daemon), so that its end and its exit code can be seen.",
  };
}
