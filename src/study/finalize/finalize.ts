import { existsSync } from 'node:fs';
import type { ConfigDocument } from '../../config/_contract.ts';
import { readConfig } from '../../config/document.ts';
import { formatPath } from '../../config/path.ts';
import { uniqueSeedPath } from '../attach-baseline.ts';
import { PawlError } from '../../errors.ts';
import { openExecutor } from '../../execution/open.ts';
import { parseCommand } from '../../execution/command.ts';
import type { Executor } from '../../execution/_contract.ts';
import { inProject, type Project } from '../../project/load.ts';
import type { Store } from '../../store/_contract.ts';
import { writeEdited } from '../configure.ts';
import { runEngine } from '../engine.ts';
import { createLauncher } from '../launch.ts';
import { latestStudy, underLock } from '../open-store.ts';
import { resources } from '../prepare.ts';
import { openSession, storeFile, type Session } from '../session.ts';
import { final } from '../strategies/final.ts';
import { createWatcher } from '../watch.ts';
import { finalConfigName } from './final-config.ts';
import { gateFinal, passGate, type Accepted } from './gate.ts';
import { testMetricName } from './test-metric.ts';
import type { FinalOutcome, FinalStart } from './types.ts';
import { readTest } from './read-test.ts';
import { concludeFinal } from './conclude.ts';
import type { FinalizeHooks, FinalizeOptions, PlannedFinal } from './options.ts';
import { finalEpochs, planFinal } from './plan.ts';

export type FinalizeResult =
  | { kind: 'dry-run'; planned: PlannedFinal }
  | { kind: 'concluded'; outcome: FinalOutcome }
  | { kind: 'interrupted' };

/** Trains the accepted config a last time, reads the test metric once and says what came of it. */
export async function finalize(
  project: Project,
  options: FinalizeOptions,
  hooks: FinalizeHooks,
): Promise<FinalizeResult> {
  if (!existsSync(storeFile(project.root))) {
    passGate((await gateFinal(project, undefined)).missing, options.force, false);
  }
  return underLock(project.root, hooks.say, (store) => run(project, options, hooks, store));
}

export async function run(
  project: Project,
  options: FinalizeOptions,
  hooks: FinalizeHooks,
  store: Store,
): Promise<FinalizeResult> {
  const record = await latestStudy(store);
  const open = record?.finals.find(({ outcome }) => outcome === null);
  // One that was interrupted after its look at the test data goes on: the look is its own.
  const { accepted, missing } = await gateFinal(project, record);
  const blocking = missing.filter(
    (what) => (open?.reading ?? null) === null || !what.startsWith('unread test data'),
  );
  passGate(blocking, options.force, accepted !== undefined);
  if (!record || !accepted) throw new Error('the gate let nothing pass');

  const base = await readConfig(inProject(project, accepted.config));
  const start = await planFinal(project, options, record, accepted, base, blocking);
  const planned: PlannedFinal = {
    from: start.from,
    config: finalConfigName(project, accepted.config),
    changes: start.changes,
    seeds: start.seeds,
    test: project.settings.finalize.test ?? testMetricName(accepted.outcome.metric),
    forced: start.forced,
    epochs: finalEpochs(base, start.changes),
  };
  if (options.dryRun) return { kind: 'dry-run', planned };
  const session = openSession(store, record, (event) => hooks.onEvent(event, record));
  await session.emit({ type: 'session-opened', at: hooks.now(), pid: process.pid });
  const closing = { why: 'failed' as 'done' | 'interrupted' | 'failed' };
  const executor = await openExecutor(project.settings.executor);
  try {
    const result = await work(project, options, hooks, session, executor, accepted, base, start, planned);
    closing.why = result.kind === 'concluded' ? 'done' : 'interrupted';
    return result;
  } finally {
    await session.emit({ type: 'session-closed', at: hooks.now(), why: closing.why }).catch(() => {});
    await executor.close();
  }
}

async function work(
  project: Project,
  options: FinalizeOptions,
  hooks: FinalizeHooks,
  session: Session,
  executor: Executor,
  accepted: Accepted,
  base: ConfigDocument,
  start: FinalStart,
  planned: PlannedFinal,
): Promise<FinalizeResult> {
  const { record, emit, store } = session;
  const { settings } = project;
  const seedPath = uniqueSeedPath(base);
  const { slots, gpusPerRun, gpuNames } = await resources(project, options);
  const launcher = createLauncher({
    project,
    seedPath: seedPath === undefined ? null : formatPath(seedPath),
    gpusPerRun,
    arguments: settings.finalize.arguments === undefined ? [] : parseCommand(settings.finalize.arguments),
  });
  const written = await writeEdited(project, base, start.changes, planned.config, hooks.say);
  if (!record.trials.has(start.trial)) {
    await emit({
      type: 'trial-added',
      at: hooks.now(),
      trial: {
        id: start.trial,
        kind: 'final',
        iteration: start.from.iteration,
        label: 'final model',
        ...written,
        changes: start.changes,
      },
    });
    await emit({ type: 'final-started', at: hooks.now(), start });
  }
  hooks.onPlan(planned, record);
  const result = await runEngine({
    record,
    iteration: start.from.iteration,
    store,
    executor,
    launcher,
    strategy: final(start.trial, start.seeds),
    slots,
    watch: createWatcher(project, record),
    stopsOnNan: settings.guards.nan,
    interrupts: hooks.interrupts,
    onEvent: (event) => hooks.onEvent(event, record),
    onPoints: (run, points) => hooks.onPoints(run, points, record),
    now: hooks.now,
  });
  if (result.kind === 'interrupted') return { kind: 'interrupted' };
  if (result.kind === 'failed')
    throw new PawlError(result.code, 4, result.message, { remedy: result.remedy });

  const own = record.finals.find(({ number }) => number === start.number);
  const read = own?.reading ?? (await readTest(project, hooks, session, executor, launcher, own, planned));
  if (read === 'interrupted') return { kind: 'interrupted' };
  const outcome = await concludeFinal(
    project,
    hooks,
    record,
    launcher,
    accepted,
    base,
    start,
    read,
    gpuNames,
  );
  await emit({ type: 'final-concluded', at: hooks.now(), final: start.number, outcome });
  return { kind: 'concluded', outcome };
}
