import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { ConfigDocument } from '../config/_contract.ts';
import { readConfig } from '../config/document.ts';
import { getAt } from '../config/lookup.ts';
import { formatPath } from '../config/path.ts';
import type { Change, Plan } from '../diagnosis/types.ts';
import { alphaForIteration, STUDY_ALPHA } from '../evidence/alpha.ts';
import { type Project, inProject, writableInProject } from '../project/load.ts';
import { type AdoptedBaseline, adoptBaseline, uniqueSeedPath } from './attach-baseline.ts';
import { extendTraining, optimizedConfigName } from './configure.ts';
import { estimateCost } from './cost.ts';
import { designStudy } from './design.ts';
import { studyError } from './errors.ts';
import type { IterationStart } from './events.ts';
import { checkIteration, leaveOut, passGate } from './gate.ts';
import { hashValue } from './hash.ts';
import { findReport, loadInputs } from './inputs.ts';
import { diagnoseIncumbent, isNewReport, type OwnReport, type ReadCurve } from './iterate/own-report.ts';
import { chooseStudyMetric, measureCurve } from './measure.ts';
import { lossWarning, splitMeasurement } from './measurement.ts';
import type { OptimizeOptions, PlannedStudy } from './options.ts';
import type { StudyRecord } from './record.ts';
import { MATCHED_NOTE, standingRuns } from './results.ts';
import { type TargetWish, parseTarget } from './target.ts';

const STRICTEST_ALPHA = 0.005;

export interface Prepared {
  planned: PlannedStudy;
  start: IterationStart;
  base: ConfigDocument;
  adopted: AdoptedBaseline | undefined;
  /** Changes that the baseline is given too, since they decide which examples are measured. */
  shared: Change[];
  seedPath: string | null;
  /** The report where Pawl diagnosed the last iteration itself; written when the iteration begins. */
  ownReport: OwnReport | null;
  gpusPerRun: number;
  gpuNames: string[];
  configTarget: string;
}

/** Steps 1 and 2 up to the first write: gate, plan, design and cost. Reads only. */
export async function prepare(
  project: Project,
  options: OptimizeOptions,
  latest: StudyRecord | undefined,
  readCurve: ReadCurve,
): Promise<Prepared> {
  const { settings } = project;
  const former = checkIteration(project, options, latest);
  const baselineFile = inProject(project, settings.baseline.config);
  const referenceTrial = former?.record.trials.get(former.incumbent);
  const baseFile = referenceTrial ? inProject(project, referenceTrial.config) : baselineFile;
  const reportFile = await findReport(
    { root: project.root, diagnostic: settings.diagnostic },
    options.diagnostic,
    options.cwd,
  );
  const isOwn =
    former !== undefined &&
    options.diagnostic === undefined &&
    !(await isNewReport(project, former.record, reportFile));
  const ownReport = isOwn
    ? await diagnoseIncumbent(
        project,
        former.record,
        await readConfig(baseFile),
        options.iteration,
        readCurve,
      )
    : null;
  const inputs = await loadInputs(project, ownReport ?? reportFile, baseFile);
  writableInProject(project, settings.out);
  const measurement = splitMeasurement(
    leaveOut(passGate(inputs, options.force), options.without),
    inputs.base,
    former === undefined,
  );
  const { plan, shared } = measurement;
  const forced = inputs.missing.map(({ what, line }) => (line === null ? what : `${what} (line ${line})`));

  const found = former ? undefined : await adoptBaseline(project, inputs.base, 'baseline');
  const metric =
    former?.record.metric ?? (found ? chooseStudyMetric(settings, found.curve.metrics, [found.curve]) : null);
  if (found && metric) found.run.value = measureCurve(found.curve, metric, settings.confirm ?? null).value;
  if (found && found.run.value === null) {
    throw studyError('BASELINE_MISMATCH', `The baseline results hold no finite value of '${metric?.name}'.`, {
      file: found.run.metricsFile ?? undefined,
      remedy: 'Correct `metric` or `baseline.results` in pawl.yaml.',
    });
  }
  const warnings = [
    ...inputs.warnings,
    ...plan.warnings.map(({ message }) => message),
    ...measurement.warnings,
    ...lossWarning(plan.changes, metric?.name ?? nameOf(settings.metric)),
    ...(found?.curve.warnings ?? []),
  ];
  // A result on other examples cannot stand on one side of the comparison.
  const adopted = shared.length === 0 ? found : undefined;
  const extension = options.extend
    ? extendTraining(
        inputs.base,
        plan.changes,
        settings.extend,
        found?.run.value ?? baselineValue(former?.record),
      )
    : undefined;
  const changes = extension ? [...plan.changes, extension] : plan.changes;

  const seedPath = uniqueSeedPath(inputs.base);
  const configSeed = seedPath === undefined ? undefined : getAt(inputs.base.value, seedPath);
  const firstSeed =
    found?.run.seed ?? settings.baseline.seed ?? (typeof configSeed === 'number' ? configSeed : 42);
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
    adopted: found?.curve,
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
  if (adopted && design.plannedPairs > 1 && !adopted.run.notes.includes(MATCHED_NOTE))
    warnings.push(
      `${settings.baseline.results ?? ''} cannot stand in a pair: no copy of ${settings.baseline.config} with a seed lies beside it, to show what it was trained with. The baseline is trained on each seed.`,
    );
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
    adopted: found?.curve,
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
    epochs: { reference: cost.referenceEpochs, optimized: cost.optimizedEpochs },
    iteration: options.iteration,
    reference: former?.incumbent ?? 'baseline',
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
      overrides: settings.overrides,
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
    shared,
    seedPath: seedPath === undefined ? null : formatPath(seedPath),
    gpusPerRun,
    gpuNames,
    configTarget,
    ownReport,
  };
}

const nameOf = (metric: Project['settings']['metric']): string =>
  typeof metric === 'string' ? metric : metric.name;

function baselineValue(record: StudyRecord | undefined) {
  if (!record) return null;
  return standingRuns(record, 'baseline').find((run) => run.value)?.value ?? null;
}

export function findTarget(project: Project, plan: Plan): TargetWish | null {
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
export function alphaFor(record: StudyRecord | undefined, iteration: number): number {
  const accepted = (record?.iterations ?? [])
    .filter((each) => each.iteration < iteration && each.outcome)
    .map((each) => each.outcome?.verdict === 'better');
  const { alpha } = alphaForIteration(iteration, accepted, STUDY_ALPHA);
  // A forced further iteration has nothing left to spend; the strictest tabulated level is used, and the report says so.
  return alpha > 0 ? alpha : STRICTEST_ALPHA;
}

/** The files that the command names, by content: a mended script makes another study. */
export async function scriptsOf(project: Project): Promise<string[]> {
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
export async function resources(project: Project, options: Pick<OptimizeOptions, 'slots'>) {
  const { settings } = project;
  const { NvidiaSmi } = await import('../execution/gpus/nvidia.ts');
  const { visibleDevices, gpuNamed } = await import('../execution/gpus.ts');
  const all = (await NvidiaSmi.on(process.env['PATH'] ?? '')?.gpus()) ?? [];
  // As the training itself will see it.
  const own = settings.environment['CUDA_VISIBLE_DEVICES'];
  const mask = own === undefined ? process.env['CUDA_VISIBLE_DEVICES'] : String(own);
  const gpus =
    mask === undefined ? all : visibleDevices(mask, all).flatMap((device) => gpuNamed(device, all) ?? []);
  const gpusPerRun = settings.gpusPerRun ?? (gpus.length > 0 ? 1 : 0);
  const byGpus = gpusPerRun > 0 && gpus.length > 0 ? Math.floor(gpus.length / gpusPerRun) : null;
  const byMachine = byGpus ?? (gpusPerRun > 0 ? 1 : Math.floor(availableParallelism() / 2));
  const wanted = options.slots ?? settings.slots ?? byMachine;
  // A training that waited for a device would hold up whatever is to be done about the others.
  const slots = Math.max(1, Math.min(wanted, byGpus ?? wanted));
  return { slots, gpusPerRun, gpuNames: gpus.map(({ name }) => name) };
}
