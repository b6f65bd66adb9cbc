import type { IterationStart, StoredOutcome, StudyEvent } from './events.ts';
import type { FinalRecord } from './finalize/types.ts';
import type { Contender, SweepEnd } from './sweep/types.ts';
import type { MetricChoice, PreflightFinding, Run, Trial } from './types.ts';

export interface IterationRecord extends IterationStart {
  startedAt: number;
  preflight: PreflightFinding[] | null;
  /** null while it goes on. */
  outcome: StoredOutcome | null;
  failure: { code: string; message: string } | null;
  /** Of a sweep: why its search ended, and what it chose. */
  searchEnd?: SweepEnd | null;
  contender?: Contender | null;
  /** Searches of this iteration that were ended and extended. */
  extensions?: number;
}

/** All that is known of a study: the fold of its events. Runs and trials keep the order in which they came. */
export interface StudyRecord {
  id: string;
  project: string;
  createdAt: number;
  metric: MetricChoice | null;
  iterations: IterationRecord[];
  trials: Map<string, Trial>;
  runs: Map<string, Run>;
  /** Wall time of closed sessions and the start of the open one. */
  sessions: { openedAt: number; closedAt: number | null }[];
  /** Finalizations of the best config, in order. */
  finals: FinalRecord[];
}

export function createRecord(id: string, project: string, createdAt: number): StudyRecord {
  return {
    id,
    project,
    createdAt,
    metric: null,
    iterations: [],
    trials: new Map(),
    runs: new Map(),
    sessions: [],
    finals: [],
  };
}

/** Applies one event in place. Events of unknown runs or iterations are bugs and throw. */
export function applyEvent(record: StudyRecord, event: StudyEvent): void {
  switch (event.type) {
    case 'study-created':
      break;
    case 'iteration-started':
      record.iterations.push({
        ...event.start,
        startedAt: event.at,
        preflight: null,
        outcome: null,
        failure: null,
      });
      break;
    case 'trial-added':
      record.trials.set(event.trial.id, event.trial);
      break;
    case 'metric-chosen':
      record.metric = event.metric;
      break;
    case 'preflight-done': {
      const iteration = iterationOf(record, event.iteration);
      iteration.preflight = event.findings;
      iteration.warnings = [...iteration.warnings, ...event.warnings];
      break;
    }
    case 'run-starting':
      record.runs.set(event.run.id, event.run);
      break;
    case 'run-started': {
      const run = runOf(record, event.run);
      record.runs.set(run.id, { ...run, status: 'running', ticket: event.ticket, startedAt: event.at });
      break;
    }
    case 'run-ended':
      record.runs.set(event.run, { ...runOf(record, event.run), ...event.ended });
      break;
    case 'search-ended':
      iterationOf(record, event.iteration).searchEnd = event.end;
      break;
    case 'contender-chosen': {
      const iteration = iterationOf(record, event.iteration);
      const { contender } = event;
      iteration.contender = contender;
      iteration.alpha = contender.alpha;
      iteration.changes = contender.changes;
      iteration.optimized = contender.optimized;
      iteration.reference = contender.reference;
      iteration.baseline = contender.baseline;
      break;
    }
    case 'search-extended': {
      const iteration = iterationOf(record, event.iteration);
      if (iteration.sweep) iteration.sweep = { ...iteration.sweep, budget: event.budget };
      iteration.searchEnd = iteration.contender = iteration.outcome = iteration.failure = null;
      iteration.extensions = (iteration.extensions ?? 0) + 1;
      break;
    }
    case 'iteration-failed':
      iterationOf(record, event.iteration).failure = { code: event.code, message: event.message };
      break;
    case 'iteration-concluded': {
      const iteration = iterationOf(record, event.iteration);
      iteration.outcome = event.outcome;
      iteration.failure = null;
      break;
    }
    case 'final-started':
      record.finals.push({ ...event.start, startedAt: event.at, reading: null, outcome: null });
      break;
    case 'test-read':
      finalOf(record, event.final).reading = event.reading;
      break;
    case 'final-concluded':
      finalOf(record, event.final).outcome = event.outcome;
      break;
    case 'session-opened':
      record.sessions.push({ openedAt: event.at, closedAt: null });
      break;
    case 'session-closed': {
      const session = record.sessions.at(-1);
      if (session) session.closedAt = event.at;
      break;
    }
  }
}

export function iterationOf(record: StudyRecord, number: number): IterationRecord {
  const found = record.iterations.findLast((iteration) => iteration.iteration === number);
  if (!found) throw new Error(`study ${record.id} has no iteration ${number}`);
  return found;
}

function finalOf(record: StudyRecord, number: number): FinalRecord {
  const found = record.finals.find((each) => each.number === number);
  if (!found) throw new Error(`study ${record.id} has no finalization ${number}`);
  return found;
}

export function runOf(record: StudyRecord, id: string): Run {
  const run = record.runs.get(id);
  if (!run) throw new Error(`study ${record.id} has no run ${id}`);
  return run;
}

/** Runs of one trial in the order in which they were started; a later attempt hides the earlier ones of its seed. */
export function runsOf(record: StudyRecord, trial: string): Run[] {
  const bySeed = new Map<number | null, Run>();
  for (const run of record.runs.values()) {
    if (run.trial === trial) bySeed.set(run.seed, run);
  }
  return [...bySeed.values()];
}
