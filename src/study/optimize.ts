import { PawlError } from '../errors.ts';
import { openExecutor } from '../execution/open.ts';
import type { Point } from '../metrics/_contract.ts';
import type { Project } from '../project/load.ts';
import { baselineConfigName, writeEdited } from './configure.ts';
import { describeEnvironment } from './environment.ts';
import type { StudyEvent } from './events.ts';
import { hashValue } from './hash.ts';
import { writeOwnReport } from './iterate/own-report.ts';
import { createLauncher } from './launch.ts';
import { chooseStudyMetric } from './measure.ts';
import { latestStudy, readStore, underLock } from './open-store.ts';
import type { OptimizeHooks, OptimizeOptions, PlannedStudy } from './options.ts';
import { buildOutcome } from './outcome.ts';
import { type Prepared, prepare } from './prepare.ts';
import { previewCommand } from './preview.ts';
import { type StudyRecord, iterationOf } from './record.ts';
import { standingRuns } from './results.ts';
import { type Session, createStudy, openSession } from './session.ts';
import { hasBudgetLeft, train } from './train.ts';
import type { StudyOutcome } from './types.ts';

export type OptimizeResult =
  | { kind: 'concluded'; outcome: StudyOutcome }
  | { kind: 'dry-run'; planned: PlannedStudy }
  | { kind: 'interrupted'; record: StudyRecord };

/** The whole of `pawl optimize` for one iteration, but for writing the report. */
export async function optimize(
  project: Project,
  options: OptimizeOptions,
  hooks: OptimizeHooks,
): Promise<OptimizeResult> {
  if (options.dryRun) {
    const { root } = project;
    const latest = await readStore(root, latestStudy);
    const readCurve = async (run: string): Promise<Point[]> =>
      (await readStore(root, (store) => store.curve(latest?.id ?? '', run))) ?? [];
    const prepared = await prepare(project, options, latest, readCurve);
    const command = await previewCommand(project, prepared);
    return { kind: 'dry-run', planned: { ...prepared.planned, command } };
  }
  return underLock(project.root, hooks.say, (store) => run(project, options, hooks, store));
}

async function run(
  project: Project,
  options: OptimizeOptions,
  hooks: OptimizeHooks,
  store: Session['store'],
): Promise<OptimizeResult> {
  const latest = await latestStudy(store);
  const prepared = await prepare(project, options, latest, (run) => store.curve(latest?.id ?? '', run));
  const { start, ownReport } = prepared;
  const planned = { ...prepared.planned, command: await previewCommand(project, prepared) };

  if (latest && options.resume) {
    // Killed after its conclusion, perhaps while the report was being written: the caller writes it (again).
    const last = latest.iterations.at(-1);
    if (last?.outcome && last.iteration === options.iteration && last.inputsHash === start.inputsHash) {
      hooks.say(`The study ${latest.id} is concluded already; --fresh starts a new one.`);
      const session = openSession(store, latest, () => {});
      return {
        kind: 'concluded',
        outcome: { ...last.outcome, curves: await curvesOf(session, options.iteration) },
      };
    }
  }

  const onEvent = (record: StudyRecord) => (event: StudyEvent) => hooks.onEvent(event, record);
  const unfinished = latest && findUnfinished(latest, options, start.inputsHash, hooks);
  let session: Session;
  if (latest && (unfinished || options.iteration > 1)) session = openSession(store, latest, onEvent(latest));
  else {
    const created: { record?: StudyRecord } = {};
    session = await createStudy(store, project.root, hooks.now(), (event) => {
      if (created.record) hooks.onEvent(event, created.record);
    });
    created.record = session.record;
  }
  const { record, emit } = session;
  await emit({ type: 'session-opened', at: hooks.now(), pid: process.pid });
  if (ownReport) await writeOwnReport(project, ownReport, hooks.say);
  hooks.onPlan(planned);
  const executor = await openExecutor(project.settings.executor);
  try {
    const launcher = createLauncher({
      project,
      seedPath: prepared.seedPath,
      gpusPerRun: prepared.gpusPerRun,
    });
    if (!unfinished) await begin(session, prepared, project, hooks);
    const result = await train(project, options, hooks, session, prepared, executor, launcher);
    if (result.kind === 'interrupted') {
      await emit({ type: 'session-closed', at: hooks.now(), why: 'interrupted' });
      return { kind: 'interrupted', record };
    }
    if (result.kind !== 'verdict') {
      const failure =
        result.kind === 'failed'
          ? result
          : { code: 'TRAINING_FAILED', message: 'no verdict', remedy: undefined };
      await emit({ type: 'iteration-failed', at: hooks.now(), iteration: options.iteration, ...failure });
      await emit({ type: 'session-closed', at: hooks.now(), why: 'failed' });
      throw new PawlError(failure.code, 4, failure.message, { remedy: failure.remedy });
    }
    hooks.onPhase('reporting');
    const outcome = await buildOutcome({
      project,
      record,
      iteration: options.iteration,
      conclusion: result,
      environment: await describeEnvironment(project, prepared.gpuNames),
      curves: await curvesOf(session, options.iteration),
      startedAt: iterationOf(record, options.iteration).startedAt,
      endedAt: hooks.now(),
      hasBudgetLeft: hasBudgetLeft(record, planned),
    });
    const { curves: _curves, ...stored } = outcome;
    await emit({
      type: 'iteration-concluded',
      at: hooks.now(),
      iteration: options.iteration,
      outcome: stored,
    });
    await emit({ type: 'session-closed', at: hooks.now(), why: 'done' });
    return { kind: 'concluded', outcome };
  } catch (error) {
    if (record.sessions.at(-1)?.closedAt === null) {
      // The disk may be what failed: the first error is the one to report.
      await emit({ type: 'session-closed', at: hooks.now(), why: 'failed' }).catch(() => {});
    }
    throw error;
  } finally {
    await executor.close();
  }
}

/** The unfinished iteration that this call continues; undefined where it starts one. */
function findUnfinished(
  latest: StudyRecord,
  options: OptimizeOptions,
  inputsHash: string,
  hooks: OptimizeHooks,
): boolean {
  const open = latest.iterations.at(-1);
  if (options.fresh || !open || open.outcome || open.iteration !== options.iteration) {
    if (options.resume) hooks.say('There is no unfinished study to resume; starting a new one.');
    return false;
  }
  if (open.inputsHash === inputsHash) {
    hooks.say(`Continuing the study ${latest.id}${options.resume ? '' : ' (--fresh starts a new one)'}.`);
    return true;
  }
  if (options.resume) {
    hooks.say(
      `The unfinished study ${latest.id} was begun with another config, report, command or design; starting a new one.`,
    );
  }
  return false;
}

/** Writes the optimized config and the iteration's first events. */
async function begin(
  session: Session,
  prepared: Prepared,
  project: Project,
  hooks: OptimizeHooks,
): Promise<void> {
  const { record, emit } = session;
  const { start, adopted, base, shared } = prepared;
  const at = hooks.now();
  const written = await writeEdited(project, base, start.changes, prepared.configTarget, hooks.say);
  await emit({ type: 'iteration-started', at, start });
  if (!record.trials.has('baseline')) {
    const own = { config: project.settings.baseline.config, configHash: hashValue(base.value) };
    const file =
      shared.length === 0
        ? own
        : await writeEdited(project, base, shared, baselineConfigName(prepared.configTarget), hooks.say);
    await emit({
      type: 'trial-added',
      at,
      trial: {
        id: 'baseline',
        kind: 'baseline',
        iteration: 0,
        label: 'Baseline',
        ...file,
        changes: shared,
      },
    });
  }
  const label = start.iteration === 1 ? 'Optimized' : `Optimized (iteration ${start.iteration})`;
  await emit({
    type: 'trial-added',
    at,
    trial: {
      id: start.optimized,
      kind: 'optimized',
      iteration: start.iteration,
      label,
      ...written,
      changes: start.changes,
    },
  });
  if (adopted && !record.runs.has(adopted.run.id)) {
    const metric = chooseStudyMetric(project.settings, adopted.curve.metrics, [adopted.curve]);
    await emit({ type: 'metric-chosen', at, metric });
    // Who hears of the run may ask for its curve.
    await session.store.savePoints(
      record.id,
      adopted.run.id,
      adopted.curve.points.map((point, index) => ({ index, point })),
    );
    await emit({ type: 'run-starting', at, run: adopted.run });
  }
}

async function curvesOf({ record, store }: Session, number: number): Promise<Record<string, Point[]>> {
  const iteration = iterationOf(record, number);
  const curves: Record<string, Point[]> = Object.create(null) as Record<string, Point[]>;
  for (const trial of new Set([iteration.baseline, iteration.reference, iteration.optimized])) {
    for (const run of standingRuns(record, trial)) curves[run.id] = await store.curve(record.id, run.id);
  }
  return curves;
}
