import type { Project } from '../project/load.ts';
import type { StudyRecord } from '../study/record.ts';
import { revisionOf } from './describe.ts';
import { folderOfLedgers, StudySource } from './source.ts';
import { Ledger } from './ledger.ts';
import { ledgerName } from './open-tracker.ts';
import { type Target, targetsOf } from './targets.ts';

/** How far one tracker is behind the study. */
export interface TrackingStanding {
  tracker: Target['kind'];
  /** Without credentials. */
  target: string;
  /** Runs that ended, the study itself among them. */
  runs: number;
  /** Those that have not arrived as they are now. */
  waiting: number;
  problem: { message: string; at: number } | null;
  /** What the tracker could not take. */
  notes: string[];
  /** All of it for people. */
  line: string;
}

/** By the ledgers on disk; nothing is asked of any tracker. None without `tracking:`. */
export function trackingStandings(project: Project, record: StudyRecord): TrackingStanding[] {
  return targetsOf(project, process.env).map((target) => {
    const ledger = new Ledger(folderOfLedgers(project.root), record.id, ledgerName(target));
    const standing = {
      tracker: target.kind,
      target: target.kind === 'mlflow' ? `${target.base} (${target.experiment})` : target.shown,
      ...countWaiting(new StudySource(project, record), ledger),
      problem: ledger.problem,
      notes: ledger.notes,
    };
    return { ...standing, line: lineOf(standing) };
  });
}

export function countWaiting(source: StudySource, ledger: Ledger): { runs: number; waiting: number } {
  const ended = source
    .keys()
    .map((key) => source.facts(key))
    .filter(({ endedAt }) => endedAt !== null);
  const waiting = ended.filter((facts) => ledger.revision(facts.key) !== revisionOf(facts)).length;
  return { runs: ended.length, waiting };
}

function lineOf({ tracker, target, runs, waiting, problem }: Omit<TrackingStanding, 'line'>): string {
  const name = tracker === 'mlflow' ? 'MLflow' : 'TensorBoard';
  const arrived = `${runs - waiting} of ${runs} run${runs === 1 ? '' : 's'} sent`;
  const rest = waiting === 0 ? '' : `; \`pawl sync\` sends the rest`;
  const why = problem === null ? '' : `. ${problem.message}`;
  return `Tracking: ${name}, ${target}: ${arrived}${rest}${why}`;
}
