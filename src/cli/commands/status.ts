import { existsSync } from 'node:fs';
import { styleText } from 'node:util';
import { formatDuration } from '../../project/duration.ts';
import { findProject, loadProject, type Project } from '../../project/load.ts';
import { findLockHolder } from '../../store/lock.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { pawlFolder, storeFile } from '../../study/session.ts';
import { showValue } from '../../study/show.ts';
import type { StudyRecord } from '../../study/record.ts';
import { sweepOf } from '../../report/sweep/progress.ts';
import { sweepLines, sweepStatus } from '../sweep-status.ts';
import { storeError } from '../../store/errors.ts';
import type { TrackingStanding } from '../../tracking/standing.ts';
import { flagOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

/** Runs that a screen shows; JSON has them all. */
const MOST_SHOWN = 40;

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const file = storeFile(project.root);
  if (!existsSync(file)) throw noStudy(file);
  const store = await openSqliteStore(file);
  try {
    const holder = findLockHolder(pawlFolder(project.root));
    const ids = await store.list();
    const [newest] = ids;
    if (newest === undefined) throw noStudy(file);
    if (flagOption(options, 'all')) {
      const studies = await Promise.all(ids.map((id) => store.summarize(id)));
      if (context.isJson) context.json({ schemaVersion: 1, studies });
      else {
        for (const { id, createdAt, iteration, isConcluded, runs } of studies) {
          const total = Object.values(runs).reduce((sum, count) => sum + count, 0);
          const when = new Date(createdAt).toISOString();
          context.out(
            `${id}  ${when}  iteration ${iteration} ${isConcluded ? 'concluded' : 'open'}  ${total} runs\n`,
          );
        }
      }
      return 0;
    }
    const record = await store.load(newest);
    const pid = holder?.pid ?? null;
    const tracking = await trackingOf(project, record);
    if (context.isJson) context.json({ ...statusJson(record, pid), ...(tracking && { tracking }) });
    else context.out(renderStatus(record, pid, context.color.stdout, tracking ?? []));
    return 0;
  } finally {
    await store.close();
  }
};

function noStudy(file: string): Error {
  return storeError('STUDY_NOT_FOUND', 'This project has no study yet.', {
    file,
    remedy: 'Start one with `pawl optimize`.',
  });
}

async function trackingOf(project: Project, record: StudyRecord): Promise<TrackingStanding[] | undefined> {
  if (project.settings.tracking === undefined) return undefined;
  const { trackingStandings } = await import('../../tracking/standing.ts');
  return trackingStandings(project, record);
}

function statusJson(record: StudyRecord, pid: number | null): object {
  return {
    schemaVersion: 1,
    study: record.id,
    createdAt: new Date(record.createdAt).toISOString(),
    state: stateOf(record, pid),
    pid,
    metric: record.metric,
    iterations: record.iterations.map((iteration) => ({
      iteration: iteration.iteration,
      level: iteration.level,
      plannedPairs: iteration.plannedPairs,
      verdict: iteration.outcome?.verdict ?? null,
      decision: iteration.outcome?.decision ?? null,
      reason: iteration.outcome?.reason ?? null,
      next: iteration.outcome?.next ?? null,
      failure: iteration.failure,
    })),
    ...sweepStatus(record),
    runs: [...record.runs.values()].map((run) => ({
      id: run.id,
      trial: run.trial,
      seed: run.seed,
      status: run.status,
      value: run.value?.value ?? null,
      startedAt: run.startedAt,
      endedAt: run.endedAt,
      failure: run.failure,
    })),
  };
}

function stateOf(
  record: StudyRecord,
  pid: number | null,
): 'running' | 'concluded' | 'failed' | 'interrupted' {
  if (pid !== null) return 'running';
  const last = record.iterations.at(-1);
  if (last?.outcome) return 'concluded';
  return last?.failure ? 'failed' : 'interrupted';
}

function renderStatus(
  record: StudyRecord,
  pid: number | null,
  color: boolean,
  tracking: readonly TrackingStanding[],
): string {
  const bold = (text: string): string => (color ? styleText('bold', text, { validateStream: false }) : text);
  const state = stateOf(record, pid);
  const lines = [bold(`Study ${record.id}: ${state}${pid === null ? '' : ` (process ${pid})`}`)];
  for (const { iteration, outcome, failure, plannedPairs, level } of record.iterations) {
    const end = outcome
      ? `${outcome.verdict} → ${outcome.decision}: ${outcome.reason}`
      : failure
        ? `failed: ${failure.message}`
        : `${level}, up to ${plannedPairs} pair${plannedPairs === 1 ? '' : 's'}; not concluded`;
    lines.push(`Iteration ${iteration}: ${end}`);
  }
  const sweep = sweepOf(record);
  if (sweep) lines.push(...sweepLines(sweep));
  const runs = [...record.runs.values()];
  const shown = runs.slice(-MOST_SHOWN);
  if (shown.length < runs.length)
    lines.push(`(${runs.length - shown.length} earlier runs not shown; --json has them all)`);
  const width = Math.max(0, ...shown.map((run) => run.id.length));
  for (const run of shown) {
    const value = run.value && record.metric ? showValue(run.value.value, record.metric) : '';
    const took = run.startedAt === null ? '' : formatDuration((run.endedAt ?? Date.now()) - run.startedAt);
    const why = run.failure && run.status !== 'finished' ? `  ${run.failure.message}` : '';
    lines.push(
      `  ${run.id.padEnd(width)}  ${run.status.padEnd(11)} ${value.padStart(8)} ${took.padStart(8)}${why}`,
    );
  }
  lines.push(...tracking.map(({ line }) => line));
  if (state === 'interrupted') lines.push(`Continue with \`pawl ${sweep ? 'sweep' : 'optimize'} --resume\`.`);
  const next = record.iterations.at(-1)?.outcome?.next;
  if (state === 'concluded' && next) lines.push(`Next: ${next}`);
  return `${lines.join('\n')}\n`;
}
