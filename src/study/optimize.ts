import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { getAt } from '../config/lookup.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigDocument } from '../config/_contract.ts';
import type { Change, Plan } from '../diagnosis/types.ts';
import { PawlError } from '../errors.ts';
import type { Executor } from '../execution/_contract.ts';
import { openExecutor } from '../execution/open.ts';
import type { Point } from '../metrics/_contract.ts';
import { inProject, type Project } from '../project/load.ts';
import { takeLock } from '../store/lock.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { adoptBaseline, uniqueSeedPath, type AdoptedBaseline } from './attach-baseline.ts';
import { extendTraining, optimizedConfigName, writeEdited } from './configure.ts';
import { estimateCost, type Cost } from './cost.ts';
import { designStudy, type Design } from './design.ts';
import { runEngine, type EngineResult, type Interrupts } from './engine.ts';
import { describeEnvironment } from './environment.ts';
import { studyError } from './errors.ts';
import type { IterationStart, StudyEvent } from './events.ts';
import { hashValue } from './hash.ts';
import { findReport, loadInputs, type Inputs } from './inputs.ts';
import { createLauncher, type Launcher } from './launch.ts';
import { chooseStudyMetric, measureCurve } from './measure.ts';
import { buildOutcome } from './outcome.ts';
import { iterationOf, type StudyRecord } from './record.ts';
import { standingRuns } from './results.ts';
import { createStudy, openSession, pawlFolder, storeFile, type Session } from './session.ts';
import { planSmoke, readSmoke } from './smoke.ts';
import { preflight } from './strategies/preflight.ts';
import { targeted } from './strategies/targeted.ts';
import { parseTarget, type TargetWish } from './target.ts';
import type { EvidenceLevel, Run, StudyOutcome } from './types.ts';
import { createWatcher } from './watch.ts';

export interface OptimizeOptions {
  /** Report named on the command line. */
  diagnostic?: string | undefined;
  iteration: number;
  level?: EvidenceLevel | undefined;
  seeds?: readonly number[] | undefined;
  budget?: { runs?: number | undefined; hours?: number | undefined } | undefined;
  slots?: number | undefined;
  smoke: boolean;
  extend: boolean;
  /** Continue an unfinished study; a fresh one is started where there is none. */
  resume: boolean;
  /** Start anew even where an unfinished study could be continued. */
  fresh: boolean;
  force: boolean;
  dryRun: boolean;
  cwd: string;
}

/** How a study tells what it is doing. */
export interface OptimizeHooks {
  say(message: string): void;
  onPlan(plan: PlannedStudy): void;
  onPhase(phase: 'preflight' | 'training' | 'reporting'): void;
  onEvent(event: StudyEvent, record: StudyRecord): void;
  onPoints(run: Run, points: readonly Point[], record: StudyRecord): void;
  interrupts: Interrupts;
  now(): number;
}

/** What will be done and what it costs; the end of `--dry-run`. */
export interface PlannedStudy {
  plan: Plan;
  changes: Change[];
  design: Design;
  cost: Cost;
  slots: number;
  forced: string[];
  warnings: string[];
  config: string;
  target: TargetWish | null;
  budget: { runs: number | null; ms: number | null };
}

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
    const latest = await peekLatest(project);
    return { kind: 'dry-run', planned: (await prepare(project, options, latest)).planned };
  }
  const release = takeLock(pawlFolder(project.root), (pid) =>
    hooks.say(`A former pawl (process ${pid}) ended without finishing; its lock was taken over.`),
  );
  try {
    const store = await openSqliteStore(storeFile(project.root));
    try {
      return await underLock(project, options, hooks, store);
    } finally {
      await store.close();
    }
  } finally {
    release();
  }
}

/** The newest study, read without the lock; nothing is created where there is none. */
async function peekLatest(project: Project): Promise<StudyRecord | undefined> {
  const file = storeFile(project.root);
  if (!existsSync(file)) return undefined;
  const store = await openSqliteStore(file);
  try {
    const id = await store.latest();
    return id === undefined ? undefined : await store.load(id);
  } finally {
    await store.close();
  }
}

async function underLock(
  project: Project,
  options: OptimizeOptions,
  hooks: OptimizeHooks,
  store: Session['store'],
): Promise<OptimizeResult> {
  const latestId = await store.latest();
  const latest = latestId === undefined ? undefined : await store.load(latestId);
  const prepared = await prepare(project, options, latest);
  const { planned, start } = prepared;

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
      commandFor: launcher.commandFor,
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

interface Prepared {
  planned: PlannedStudy;
  start: IterationStart;
  base: ConfigDocument;
  adopted: AdoptedBaseline | undefined;
  seedPath: string | null;
  gpusPerRun: number;
  gpuNames: string[];
  configTarget: string;
}

/** Steps 1 and 2 up to the first write: gate, plan, design and cost. Reads only. */
async function prepare(
  project: Project,
  options: OptimizeOptions,
  latest: StudyRecord | undefined,
): Promise<Prepared> {
  const { settings } = project;
  const former = checkIteration(project, options, latest);
  const baselineFile = inProject(project, settings.baseline.config);
  const referenceTrial = former?.record.trials.get(former.incumbent);
  const baseFile = referenceTrial ? inProject(project, referenceTrial.config) : baselineFile;
  const reportFile = await findReport(project, options.diagnostic, options.cwd);
  const inputs = await loadInputs(project, reportFile, baseFile);
  const plan = passGate(inputs, options.force);
  const forced = inputs.missing.map(({ what, line }) => (line === null ? what : `${what} (line ${line})`));

  const adopted = former ? undefined : await adoptBaseline(project, inputs.base, 'baseline');
  const metric =
    former?.record.metric ??
    (adopted
      ? chooseStudyMetric(settings, adopted.curve.metrics, [adopted.curve], adopted.curve.file)
      : null);
  if (adopted && metric)
    adopted.run.value = measureCurve(adopted.curve, metric, settings.confirm ?? null).value;
  if (adopted && adopted.run.value === null) {
    throw studyError('BASELINE_MISMATCH', `The baseline results hold no finite value of '${metric?.name}'.`, {
      file: adopted.run.metricsFile ?? undefined,
      remedy: 'Correct `metric` or `baseline.results` in pawl.yaml.',
    });
  }
  const warnings = [
    ...inputs.warnings,
    ...plan.warnings.map(({ message }) => message),
    ...(adopted?.curve.warnings ?? []),
  ];
  const extension = options.extend
    ? extendTraining(
        inputs.base,
        plan.changes,
        settings.extend,
        adopted?.run.value ?? baselineValue(former?.record),
      )
    : undefined;
  const changes = extension ? [...plan.changes, extension] : plan.changes;

  const seedPath = uniqueSeedPath(inputs.base);
  const configSeed = seedPath === undefined ? undefined : getAt(inputs.base.value, seedPath);
  const firstSeed =
    adopted?.run.seed ?? settings.baseline.seed ?? (typeof configSeed === 'number' ? configSeed : 42);
  const budget = {
    runs: options.budget?.runs ?? settings.budget.runs ?? null,
    ms:
      (options.budget?.hours ?? settings.budget.hours ?? null) === null
        ? null
        : (options.budget?.hours ?? settings.budget.hours ?? 0) * 3_600_000,
  };
  const { slots, gpusPerRun, gpuNames } = await resources(project, options);
  const level = options.level ?? settings.evidence;
  const epochs = { base: inputs.base, changes };
  const perRun = estimateCost({
    record: former?.record ?? latest,
    adopted: adopted?.curve,
    epochs,
    pairs: 1,
    reusable: 0,
    slots,
  });
  const pairMs = perRun.pairMs;
  const reusable = former ? standingRuns(former.record, former.incumbent).length : 0;
  const design = designStudy({
    level,
    seeds: options.seeds ?? settings.seeds,
    firstSeed,
    runBudget: budget.runs,
    affordablePairs: budget.ms === null || pairMs === null ? null : Math.floor(budget.ms / pairMs),
    reusable,
    alpha: alphaFor(former?.record, options.iteration),
  });
  if (budget.runs !== null && budget.runs < (adopted || former ? 1 : 2)) {
    throw studyError(
      'BUDGET_TOO_SMALL',
      `A budget of ${budget.runs} training${budget.runs === 1 ? '' : 's'} does not allow one of each configuration.`,
      {
        remedy: 'Raise `budget.runs` in pawl.yaml or --budget.',
      },
    );
  }
  const cost = estimateCost({
    record: former?.record ?? latest,
    adopted: adopted?.curve,
    epochs,
    pairs: design.plannedPairs,
    reusable: design.plannedPairs === 1 && adopted ? 1 : Math.min(reusable, design.plannedPairs),
    slots,
  });
  const configTarget = optimizedConfigName(project, baselineFile, options.iteration);
  const target = findTarget(project, plan);
  const planned: PlannedStudy = {
    plan,
    changes,
    design,
    cost,
    slots,
    forced,
    warnings: [...warnings, ...design.notes],
    config: configTarget,
    target,
    budget,
  };
  const start: IterationStart = {
    iteration: options.iteration,
    inputsHash: hashValue({
      changes: changes.map(({ path, kind, to }) => ({ path, kind, to })),
      base: inputs.base.text,
      train: settings.train,
      environment: settings.environment,
      metric: settings.metric,
      scripts: await scriptsOf(project),
      wish: { level, seeds: options.seeds ?? settings.seeds ?? null, iteration: options.iteration },
    }),
    diagnosis: plan.diagnosis,
    changes,
    skipped: plan.skipped,
    warnings: planned.warnings,
    forced,
    level: design.level,
    seeds: design.seeds,
    plannedPairs: design.plannedPairs,
    alpha: design.alpha,
    target,
    optimized: `optimized-${options.iteration}`,
    reference: former?.incumbent ?? 'baseline',
    baseline: 'baseline',
  };
  return {
    planned,
    start,
    base: inputs.base,
    adopted,
    seedPath: seedPath === undefined ? null : formatPath(seedPath),
    gpusPerRun,
    gpuNames,
    configTarget,
  };
}

function passGate(inputs: Inputs, force: boolean): Plan {
  const { plan, missing } = inputs;
  if (missing.length > 0 && !(force && plan)) {
    const list = missing.map(
      ({ what, file, line }) =>
        `  - ${what}${file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`}`,
    );
    throw studyError('GATE_BLOCKED', `The diagnosis is not complete; missing:\n${list.join('\n')}`, {
      file: missing[0]?.file ?? undefined,
      line: missing[0]?.line ?? undefined,
      remedy: plan
        ? 'Complete it, or pass with --force (the report will say so).'
        : 'Write the report, or name it with --diagnostic.',
    });
  }
  if (!plan || plan.changes.length === 0) {
    throw studyError('NO_CHANGES', 'The report asks for nothing that can be applied to this config.', {
      file: plan?.diagnosis.file,
      remedy: 'See `pawl plan` for the reason of each recommendation.',
    });
  }
  return plan;
}

/** An iteration after the first stands on the concluded one before it. */
function checkIteration(
  project: Project,
  options: OptimizeOptions,
  latest: StudyRecord | undefined,
): { record: StudyRecord; incumbent: string } | undefined {
  const { iteration } = options;
  const { maxIterations } = project.settings.thresholds;
  if (iteration > maxIterations && !options.force) {
    throw studyError(
      'ITERATION_LIMIT',
      `Iteration ${iteration} is past the limit of ${maxIterations}: validation data wears out when it is used to choose again and again.`,
      {
        remedy: 'Accept the best config so far; --force goes on all the same.',
      },
    );
  }
  if (iteration === 1) return undefined;
  const former = latest?.iterations.find((each) => each.iteration === iteration - 1);
  if (!latest || !former?.outcome) {
    throw studyError(
      'ITERATION_MISSING',
      `Iteration ${iteration} needs iteration ${iteration - 1} to be concluded first.`,
      {
        remedy:
          iteration === 2
            ? 'Run `pawl optimize` first.'
            : `Run \`pawl optimize --iteration ${iteration - 1}\` first.`,
      },
    );
  }
  return { record: latest, incumbent: former.outcome.incumbent };
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
  const { start, adopted, base } = prepared;
  const at = hooks.now();
  const written = await writeEdited(project, base, start.changes, prepared.configTarget, hooks.say);
  await emit({ type: 'iteration-started', at, start });
  if (!record.trials.has('baseline')) {
    const config = project.settings.baseline.config;
    const configHash = hashValue(base.value);
    await emit({
      type: 'trial-added',
      at,
      trial: {
        id: 'baseline',
        kind: 'baseline',
        iteration: 0,
        label: 'Baseline',
        config,
        configHash,
        changes: [],
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
    const metric = chooseStudyMetric(
      project.settings,
      adopted.curve.metrics,
      [adopted.curve],
      adopted.curve.file,
    );
    await emit({ type: 'metric-chosen', at, metric });
    await emit({ type: 'run-starting', at, run: adopted.run });
    await session.store.savePoints(
      record.id,
      adopted.run.id,
      adopted.curve.points.map((point, index) => ({ index, point })),
    );
  }
}

async function train(
  project: Project,
  options: OptimizeOptions,
  hooks: OptimizeHooks,
  session: Session,
  prepared: Prepared,
  executor: Executor,
  launcher: Launcher,
): Promise<EngineResult> {
  const { record, store, emit } = session;
  const { settings } = project;
  const engine = {
    record,
    iteration: options.iteration,
    store,
    executor,
    launcher,
    slots: prepared.planned.slots,
    watch: createWatcher(project, record),
    stopsOnNan: settings.guards.nan,
    interrupts: hooks.interrupts,
    onEvent: (event: StudyEvent) => hooks.onEvent(event, record),
    onPoints: (run: Run, points: readonly Point[]) => hooks.onPoints(run, points, record),
    now: hooks.now,
  };
  const iteration = iterationOf(record, options.iteration);
  const seed = iteration.seeds[0] ?? null;
  if (iteration.preflight === null && options.smoke && settings.smoke !== false) {
    hooks.onPhase('preflight');
    const smoke = await planSmoke(project, record.id, options.iteration, prepared.base, iteration.changes);
    for (const trial of smoke.trials) {
      if (!record.trials.has(trial.id)) await emit({ type: 'trial-added', at: hooks.now(), trial });
    }
    const strategy = preflight(smoke.ids, seed, { pointsWanted: smoke.pointsWanted });
    const result = await runEngine({ ...engine, strategy });
    if (result.kind !== 'done') return result;
    const findings = await readSmoke(project, record, store, smoke.ids, seed, iteration.changes);
    const warnings = findings
      .filter(({ status }) => status === 'failed')
      .map(({ what, detail }) => `${what}: no. ${detail}`);
    await emit({ type: 'preflight-done', at: hooks.now(), iteration: options.iteration, findings, warnings });
    for (const warning of warnings) hooks.say(`! ${warning}`);
  }
  hooks.onPhase('training');
  const strategy = targeted({
    budgetMs: prepared.planned.budget.ms,
    judgeRun: () => null,
  });
  return runEngine({ ...engine, strategy });
}

async function curvesOf({ record, store }: Session, number: number): Promise<Record<string, Point[]>> {
  const iteration = iterationOf(record, number);
  const curves: Record<string, Point[]> = Object.create(null) as Record<string, Point[]>;
  for (const trial of new Set([iteration.baseline, iteration.reference, iteration.optimized])) {
    for (const run of standingRuns(record, trial)) curves[run.id] = await store.curve(record.id, run.id);
  }
  return curves;
}

function baselineValue(record: StudyRecord | undefined) {
  if (!record) return null;
  return standingRuns(record, 'baseline').find((run) => run.value)?.value ?? null;
}

function findTarget(project: Project, plan: Plan): TargetWish | null {
  if (project.settings.target !== undefined) return parseTarget(project.settings.target, 'pawl.yaml') ?? null;
  const { target, file } = plan.diagnosis;
  return target
    ? {
        value: target.value,
        unit: target.unit,
        source: `${file}${target.line === null ? '' : `:${target.line}`}`,
      }
    : null;
}

/** One-sided level of the iteration's test: a whole study may err with 5 % at most. */
function alphaFor(record: StudyRecord | undefined, iteration: number): number {
  void record;
  void iteration;
  return 0.05;
}

function hasBudgetLeft(record: StudyRecord, planned: PlannedStudy): boolean {
  const { runs, ms } = planned.budget;
  const used = [...record.runs.values()].filter(
    (run) => run.status !== 'adopted' && record.trials.get(run.trial)?.kind !== 'smoke',
  ).length;
  const spent = record.sessions.reduce(
    (sum, { openedAt, closedAt }) => sum + ((closedAt ?? openedAt) - openedAt),
    0,
  );
  return (runs === null || used < runs) && (ms === null || spent < ms);
}

/** The files that the command names, by content: a mended script makes another study. */
async function scriptsOf(project: Project): Promise<string[]> {
  const { train, workdir } = project.settings;
  const words = typeof train === 'string' ? train.split(/\s+/) : train;
  const texts = await Promise.all(
    words
      .filter((word) => /\.\w+$/.test(word) && !word.includes('{'))
      .map((word) =>
        readFile(isAbsolute(word) ? word : join(inProject(project, workdir), word), 'utf8').catch(() => ''),
      ),
  );
  return texts.map((text) => hashValue(text));
}

/** Trainings at a time and GPUs for each: what the machine has, unless the user says otherwise. */
async function resources(project: Project, options: OptimizeOptions) {
  const { settings } = project;
  const { NvidiaSmi } = await import('../execution/gpus/nvidia.ts');
  const { visibleDevices, gpuNamed } = await import('../execution/gpus.ts');
  const all = (await NvidiaSmi.on(process.env['PATH'] ?? '')?.gpus()) ?? [];
  const mask = process.env['CUDA_VISIBLE_DEVICES'];
  const gpus =
    mask === undefined ? all : visibleDevices(mask, all).flatMap((device) => gpuNamed(device, all) ?? []);
  const gpusPerRun = settings.gpusPerRun ?? (gpus.length > 0 ? 1 : 0);
  const byMachine =
    gpusPerRun > 0 ? Math.floor(gpus.length / gpusPerRun) : Math.floor(availableParallelism() / 2);
  const slots = options.slots ?? settings.slots ?? Math.max(1, byMachine);
  return { slots, gpusPerRun, gpuNames: gpus.map(({ name }) => name) };
}
