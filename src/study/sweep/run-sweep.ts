import { PawlError } from '../../errors.ts';
import { openExecutor } from '../../execution/open.ts';
import type { Params } from '../../search/space.ts';
import type { Project } from '../../project/load.ts';
import { describeEnvironment } from '../environment.ts';
import { createLauncher } from '../launch.ts';
import { latestStudy, readStore, underLock } from '../open-store.ts';
import type { OptimizeHooks, OptimizeOptions } from '../options.ts';
import { buildOutcome } from '../outcome.ts';
import { type StudyRecord, iterationOf } from '../record.ts';
import { type Session, createStudy, openSession } from '../session.ts';
import type { StudyOutcome } from '../types.ts';
import { createWatcher } from '../watch.ts';
import { begin, curvesOfOutcome, extend } from './begin.ts';
import { confirm } from './confirm.ts';
import { chooseContender } from './contender.ts';
import { sweepError } from './errors.ts';
import { suggestFirst } from './first-suggestions.ts';
import type { ReadTrials } from './import.ts';
import { type PlannedSweep, type PreparedSweep, prepareSweep } from './plan.ts';
import { openSearch, runSearch } from './search.ts';
import type { SweepOptions } from './wish.ts';

export type SweepResult =
  | { kind: 'concluded'; outcome: StudyOutcome; record: StudyRecord }
  | { kind: 'dry-run'; planned: PlannedSweep; suggestions: { params: Params; origin: string }[] }
  | { kind: 'interrupted'; record: StudyRecord };

export type SweepPhase = 'search' | 'further seeds' | 'final round' | 'confirmation' | 'reporting';

export type SweepHooks = Omit<OptimizeHooks, 'onPlan' | 'onPhase'> & {
  onPlan: (planned: PlannedSweep) => void;
  onPhase: (phase: SweepPhase) => void;
};

/** The whole of `pawl sweep` for one iteration, but for writing the report. */
export async function runSweep(
  project: Project,
  options: OptimizeOptions,
  wished: SweepOptions,
  hooks: SweepHooks,
): Promise<SweepResult> {
  if (options.dryRun) {
    const prepared = await prepareSweep(project, options, wished, await readStore(project.root, latestStudy));
    await readImport(project, options, wished, prepared);
    return {
      kind: 'dry-run',
      planned: prepared.planned,
      suggestions: suggestFirst(project, prepared),
    };
  }
  return underLock(project.root, hooks.say, (store) => run(project, options, wished, hooks, store));
}

/** A file that cannot be read is said before a study is opened. */
async function readImport(
  project: Project,
  { cwd }: OptimizeOptions,
  { import: named }: SweepOptions,
  { planned }: PreparedSweep,
): Promise<ReadTrials | undefined> {
  if (named === undefined) return undefined;
  const { readTrials } = await import('./import.ts');
  return readTrials(project, planned.sweep.space, named, cwd);
}

/** Whether this call goes on with the newest study: its open search, or a finished one that gets more to spend. */
type Standing = 'new' | 'unfinished' | 'extended' | 'concluded';

function standingOf(
  latest: StudyRecord | undefined,
  { start }: PreparedSweep,
  options: OptimizeOptions,
  wished: SweepOptions,
): Standing {
  const last = latest?.iterations.at(-1);
  const isSame = last?.sweep && last.iteration === options.iteration && last.inputsHash === start.inputsHash;
  if (!isSame || options.fresh) return 'new';
  if (!last.outcome) return 'unfinished';
  const asksForMore = [wished.trials, wished.epochs, wished.hours, wished.import].some(
    (each) => each !== undefined,
  );
  if (asksForMore || wished.retryFailed) return 'extended';
  return options.resume ? 'concluded' : 'new';
}

async function run(
  project: Project,
  options: OptimizeOptions,
  wished: SweepOptions,
  hooks: SweepHooks,
  store: Session['store'],
): Promise<SweepResult> {
  const latest = await latestStudy(store);
  const prepared = await prepareSweep(project, options, wished, latest);
  const imported = await readImport(project, options, wished, prepared);
  const standing = standingOf(latest, prepared, options, wished);
  if (wished.retryFailed && standing === 'new') {
    throw sweepError(
      'SWEEP_NONE',
      'There is no sweep with these inputs whose failed trials could be retried.',
      {
        file: project.file,
        remedy: 'Run `pawl sweep` first; a changed space, config or command begins a new sweep.',
      },
    );
  }
  if (latest && standing === 'concluded') {
    const last = iterationOf(latest, options.iteration);
    hooks.say(
      `The sweep ${latest.id} is concluded already; --trials N adds trials, --fresh starts a new one.`,
    );
    const session = openSession(store, latest, () => {});
    const curves = await curvesOfOutcome(session, options.iteration);
    if (last.outcome) return { kind: 'concluded', outcome: { ...last.outcome, curves }, record: latest };
  }
  if (options.resume && standing === 'new')
    hooks.say('There is no unfinished sweep to resume with these inputs; starting a new one.');

  let session: Session;
  if (latest && (standing !== 'new' || options.iteration > 1)) {
    session = openSession(store, latest, (event) => hooks.onEvent(event, latest));
    if (standing === 'unfinished')
      hooks.say(`Continuing the sweep ${latest.id}${options.resume ? '' : ' (--fresh starts a new one)'}.`);
  } else {
    const created: { record?: StudyRecord } = {};
    session = await createStudy(store, project.root, hooks.now(), (event) => {
      if (created.record) hooks.onEvent(event, created.record);
    });
    created.record = session.record;
  }
  const { record, emit } = session;
  await emit({ type: 'session-opened', at: hooks.now(), pid: process.pid });
  hooks.onPlan(prepared.planned);
  const executor = await openExecutor(project.settings.executor);
  try {
    return await conduct(project, options, wished, hooks, {
      session,
      prepared,
      imported,
      executor,
      standing,
    });
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

interface Stage {
  session: Session;
  prepared: PreparedSweep;
  imported: ReadTrials | undefined;
  executor: Awaited<ReturnType<typeof openExecutor>>;
  standing: Standing;
}

async function conduct(
  project: Project,
  options: OptimizeOptions,
  wished: SweepOptions,
  hooks: SweepHooks,
  { session, prepared, imported, executor, standing }: Stage,
): Promise<SweepResult> {
  const { record, store, emit } = session;
  const { settings } = project;
  const { planned, base } = prepared;
  const launcher = createLauncher({ project, seedPath: prepared.seedPath, gpusPerRun: prepared.gpusPerRun });
  const maker = {
    project,
    study: record.id,
    iteration: options.iteration,
    base,
    space: prepared.planned.sweep.space,
    fixed: planned.fixed,
  };
  await begin(session, prepared, maker, hooks);
  if (standing !== 'new') await extend(session, prepared, wished, hooks, standing === 'extended');
  if (imported) {
    const { importTrials } = await import('./import.ts');
    await importTrials(session, maker, imported, hooks);
  }
  const engine = {
    record,
    iteration: options.iteration,
    store,
    executor,
    launcher,
    slots: planned.slots,
    watch: createWatcher(project, record),
    stopsOnNan: settings.guards.nan,
    interrupts: hooks.interrupts,
    onEvent: (event: Parameters<OptimizeHooks['onEvent']>[0]) => hooks.onEvent(event, record),
    onPoints: (
      run: Parameters<OptimizeHooks['onPoints']>[0],
      points: Parameters<OptimizeHooks['onPoints']>[1],
    ) => hooks.onPoints(run, points, record),
    now: hooks.now,
  };
  const fail = async (failure: {
    code: string;
    message: string;
    remedy?: string | undefined;
  }): Promise<never> => {
    await emit({ type: 'iteration-failed', at: hooks.now(), iteration: options.iteration, ...failure });
    await emit({ type: 'session-closed', at: hooks.now(), why: 'failed' });
    throw new PawlError(failure.code, 4, failure.message, { remedy: failure.remedy });
  };
  const interrupted = async (): Promise<SweepResult> => {
    await emit({ type: 'session-closed', at: hooks.now(), why: 'interrupted' });
    return { kind: 'interrupted', record };
  };

  const { sweep } = iterationOf(record, options.iteration);
  if (!sweep) throw new Error('the iteration is no sweep');
  const search = openSearch(project, sweep, {
    iteration: options.iteration,
    isRetry: wished.retryFailed,
    slots: planned.slots,
    confirmPairs: prepared.start.plannedPairs,
  });
  if (!iterationOf(record, options.iteration).searchEnd) {
    hooks.onPhase('search');
    const result = await runSearch(session, search, maker, engine);
    if (result.kind === 'interrupted') return interrupted();
    if (result.kind === 'failed') return fail(result);
    hooks.say(`Search ended: ${iterationOf(record, options.iteration).searchEnd?.reason ?? ''}`);
  }
  const metric = record.metric;
  if (!metric) {
    return fail({
      code: 'SWEEP_NOTHING_FOUND',
      message: 'No trial came to a value of the metric.',
      remedy: 'See `pawl status` for how each trial ended, then `pawl sweep --retry-failed`.',
    });
  }
  const chosen = await chooseContender({ session, search, maker, prepared, engine, hooks, metric });
  if (chosen.kind !== 'chosen') return chosen.kind === 'interrupted' ? interrupted() : fail(chosen);
  const conclusion = await confirm({ session, prepared, engine, hooks, project, options });
  if (conclusion.kind === 'interrupted') return interrupted();
  if (conclusion.kind !== 'verdict')
    return fail(
      conclusion.kind === 'failed'
        ? conclusion
        : { code: 'TRAINING_FAILED', message: 'The confirmation came to no verdict.' },
    );
  hooks.onPhase('reporting');
  const { budget } = sweep;
  const outcome = await buildOutcome({
    project,
    record,
    iteration: options.iteration,
    conclusion,
    environment: await describeEnvironment(project, prepared.gpuNames),
    curves: await curvesOfOutcome(session, options.iteration),
    startedAt: iterationOf(record, options.iteration).startedAt,
    endedAt: hooks.now(),
    hasBudgetLeft: budget.ms === null,
  });
  const { curves: _curves, ...stored } = outcome;
  await emit({ type: 'iteration-concluded', at: hooks.now(), iteration: options.iteration, outcome: stored });
  await emit({ type: 'session-closed', at: hooks.now(), why: 'done' });
  return { kind: 'concluded', outcome, record };
}
