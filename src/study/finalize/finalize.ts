import { existsSync } from 'node:fs';
import { basename, posix } from 'node:path';
import type { ConfigDocument } from '../../config/_contract.ts';
import { readConfig } from '../../config/document.ts';
import { getAt } from '../../config/lookup.ts';
import { formatPath } from '../../config/path.ts';
import type { Change } from '../../diagnosis/types.ts';
import { findEpochLimit } from '../epochs.ts';
import { uniqueSeedPath } from '../attach-baseline.ts';
import { PawlError } from '../../errors.ts';
import { openExecutor } from '../../execution/open.ts';
import { formatCommand, parseCommand } from '../../execution/command.ts';
import type { Executor } from '../../execution/_contract.ts';
import { inProject, type Project } from '../../project/load.ts';
import type { Store } from '../../store/_contract.ts';
import { findCheckpoints } from '../checkpoints.ts';
import { writeEdited } from '../configure.ts';
import { runEngine } from '../engine.ts';
import { describeEnvironment } from '../environment.ts';
import { hashValue } from '../hash.ts';
import { createLauncher, type Launcher } from '../launch.ts';
import { latestStudy, underLock } from '../open-store.ts';
import type { OptimizeHooks } from '../options.ts';
import { resources } from '../prepare.ts';
import type { StudyRecord } from '../record.ts';
import { hasResult, summarizeTrial } from '../results.ts';
import { openSession, storeFile, type Session } from '../session.ts';
import { final } from '../strategies/final.ts';
import { createWatcher } from '../watch.ts';
import { withChecksums } from './checksums.ts';
import { evaluate } from './evaluate.ts';
import { dataOf, extendFinal, finalConfigName } from './final-config.ts';
import { gateFinal, passGate, type Accepted } from './gate.ts';
import { packageVersions } from './packages.ts';
import { judgeGap, summarizeTest } from './summarize.ts';
import { findTestMetric, testMetricName } from './test-metric.ts';
import type { FinalOutcome, FinalRecord, FinalStart, TestReading, TestValue } from './types.ts';

export interface FinalizeOptions {
  seeds?: readonly number[] | undefined;
  slots?: number | undefined;
  /** Extend epochs and patience where early stopping ends the training. */
  extend: boolean;
  force: boolean;
  dryRun: boolean;
}

/** What a finalization will do. */
export interface PlannedFinal {
  from: FinalStart['from'];
  config: string;
  changes: FinalStart['changes'];
  seeds: number[];
  test: string;
  forced: string[];
  /** Epoch limit of the final config, where it has one. */
  epochs: number | null;
}

export type FinalizeResult =
  | { kind: 'dry-run'; planned: PlannedFinal }
  | { kind: 'concluded'; outcome: FinalOutcome }
  | { kind: 'interrupted' };

export type FinalizeHooks = Pick<OptimizeHooks, 'say' | 'onEvent' | 'onPoints' | 'interrupts' | 'now'> & {
  onPlan: (planned: PlannedFinal, record: StudyRecord) => void;
};

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

async function run(
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
  const start = await plan(project, options, record, accepted, base, blocking);
  const planned: PlannedFinal = {
    from: start.from,
    config: finalConfigName(project, accepted.config),
    changes: start.changes,
    seeds: start.seeds,
    test: project.settings.finalize.test ?? testMetricName(accepted.outcome.metric),
    forced: start.forced,
    epochs: epochsOf(base, start.changes),
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

function epochsOf(base: ConfigDocument, changes: readonly Change[]): number | null {
  const limit = findEpochLimit(base.value);
  const extended = limit && changes.find(({ path }) => path === formatPath(limit.path))?.to;
  return typeof extended === 'number' ? extended : (limit?.value ?? null);
}

/** The start of a finalization with the same inputs that was interrupted or found no test metric, else a new one. */
async function plan(
  project: Project,
  options: FinalizeOptions,
  record: StudyRecord,
  accepted: Accepted,
  base: ConfigDocument,
  forced: string[],
): Promise<FinalStart> {
  const { settings } = project;
  const changes = extendFinal(base, settings.finalize, options.extend);
  const seedPath = uniqueSeedPath(base);
  const configured = seedPath === undefined ? undefined : getAt(base.value, seedPath);
  const fallback = accepted.iteration.seeds[0] ?? (typeof configured === 'number' ? configured : 42);
  const seeds = [...(options.seeds ?? settings.finalize.seeds ?? [fallback])];
  const { train, environment } = settings;
  const inputsHash = hashValue({
    config: base.text,
    changes: changes.map(({ path, to }) => ({ path, to })),
    seeds,
    train,
    environment,
    arguments: settings.finalize.arguments ?? null,
  });
  const open = record.finals.findLast(
    (each) =>
      (each.outcome === null || each.reading === null) &&
      each.inputsHash === inputsHash &&
      each.from.trial === accepted.trial,
  );
  if (open) return open;
  const number = record.finals.length + 1;
  const from = { trial: accepted.trial, config: accepted.config, iteration: accepted.outcome.iteration };
  return { number, trial: `final-${number}`, from, seeds, changes, forced, inputsHash };
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
  const outcome = await conclude(project, hooks, record, launcher, accepted, base, start, read, gpuNames);
  await emit({ type: 'final-concluded', at: hooks.now(), final: start.number, outcome });
  return { kind: 'concluded', outcome };
}

/** The look at the test data; null where no test metric is logged anywhere. */
async function readTest(
  project: Project,
  hooks: FinalizeHooks,
  { record, emit, store }: Session,
  executor: Executor,
  launcher: Launcher,
  own: FinalRecord | undefined,
  planned: PlannedFinal,
): Promise<TestReading | 'interrupted' | null> {
  if (!own) throw new Error('the finalization was not begun');
  const { evaluate: command } = project.settings.finalize;
  const runs = [...record.runs.values()].filter(
    (run) => run.trial === own.trial && hasResult(run) && run.seed !== null && own.seeds.includes(run.seed),
  );
  const values: TestValue[] = [];
  const names = new Set<string>();
  for (const run of runs) {
    if (command !== undefined) {
      hooks.say(`Reading the test data for ${run.id}.`);
      const spec = launcher.evaluation(record, run, command);
      const isDone = await evaluate(executor, spec, hooks.interrupts, hashValue(command));
      if (!isDone) return 'interrupted';
    }
    const found = await findTestMetric(project, run, await store.curve(record.id, run.id), planned.test);
    if (!found) continue;
    names.add(found.metric);
    values.push(found.value);
  }
  const [metric] = names;
  if (metric === undefined) return null;
  const reading: TestReading = {
    at: hooks.now(),
    metric,
    values,
    isRepeated: record.finals.some((each) => each.number !== own.number && each.reading !== null),
  };
  await emit({ type: 'test-read', at: hooks.now(), final: own.number, reading });
  return reading;
}

async function conclude(
  project: Project,
  hooks: FinalizeHooks,
  record: StudyRecord,
  launcher: Launcher,
  accepted: Accepted,
  base: ConfigDocument,
  start: FinalStart,
  reading: TestReading | null,
  gpuNames: readonly string[],
): Promise<FinalOutcome> {
  const { finalize: settings, shell } = project.settings;
  const { metric } = accepted.outcome;
  const summary = summarizeTrial(record, start.trial, metric);
  const looks = record.finals.filter((each) => each.reading !== null).length;
  const test = reading && summarizeTest(reading, metric, settings.testSize ?? null, looks);
  const config = summary.trial.config;
  const argv = await launcher.commandFor(config, start.seeds[0] ?? null);
  const out = settings.out.replace(/\/+$/, '');
  const wanted = settings.test ?? testMetricName(metric);
  return {
    study: record.id,
    project: basename(project.root),
    number: start.number,
    startedAt: record.finals.find(({ number }) => number === start.number)?.startedAt ?? hooks.now(),
    endedAt: hooks.now(),
    from: start.from,
    verdict: accepted.outcome.verdict,
    verdictReason: accepted.outcome.verdictReason,
    forced: start.forced,
    metric,
    final: summary,
    baseline: { value: accepted.outcome.baseline.mean, config: accepted.outcome.baselineConfig },
    test,
    missing:
      test === null
        ? `No final run logs '${wanted}' or a name that means the same. Say how the test data is read with finalize.test, finalize.arguments or finalize.evaluate in pawl.yaml, then run \`pawl finalize\` again.`
        : test.values.length < start.seeds.length
          ? `${test.metric} was found for ${test.values.length} of ${start.seeds.length} final runs.`
          : null,
    gap: test && judgeGap(summary.mean, test.mean, metric),
    changes: start.changes,
    data: dataOf(base.value),
    checkpoints: await withChecksums(project, await findCheckpoints(project, summary.runs)),
    environment: await describeEnvironment(project, gpuNames),
    packages: await packageVersions(project),
    command: shell ? argv.join(' ') : formatCommand(argv),
    artifacts: {
      config,
      results: posix.join(out, 'test_results.md'),
      card: posix.join(out, 'model_card.md'),
      json: posix.join(out, 'test_results.json'),
    },
  };
}
