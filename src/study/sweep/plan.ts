import type { ConfigDocument } from '../../config/_contract.ts';
import { getAt } from '../../config/lookup.ts';
import { formatPath } from '../../config/path.ts';
import type { Change, Diagnosis, Plan } from '../../diagnosis/types.ts';
import { inProject, type Project, writableInProject } from '../../project/load.ts';
import { type AdoptedBaseline, adoptBaseline, uniqueSeedPath } from '../attach-baseline.ts';
import { optimizedConfigName } from '../configure.ts';
import { estimateCost } from '../cost.ts';
import { designStudy } from '../design.ts';
import { findEpochLimit } from '../epochs.ts';
import type { IterationStart } from '../events.ts';
import { checkIteration, leaveOut } from '../gate.ts';
import { hashValue } from '../hash.ts';
import { findReport, loadInputs } from '../inputs.ts';
import { withoutMeasurement } from '../measurement.ts';
import type { OptimizeOptions } from '../options.ts';
import { alphaFor, findTarget, resources, scriptsOf } from '../prepare.ts';
import type { StudyRecord } from '../record.ts';
import type { SweepPlan } from './types.ts';
import { mergeWish, readWritten, type SweepOptions } from './wish.ts';
import { findWritten, firstTrials, refuseMeasurement, refusePoint, spaceOf } from './searched-space.ts';
import { sweepPlan } from './sweep-plan.ts';
import { trainingsOf, epochsOf, refuseSmallBudget, type Trainings } from './cost.ts';

/** What a sweep will do and what it costs at most; the end of `--dry-run`. */
export interface PlannedSweep {
  sweep: SweepPlan;
  /** Where the space is from, for people. */
  source: string;
  /** Recommended changes that every configuration but the baseline has, since the space does not name them. */
  fixed: Change[];
  /** Trainings at most: of the search and of the confirmation. */
  trainings: Trainings;
  epochs: number | null;
  /** Wall time at most, ms; null where the time per epoch is not known. */
  ms: number | null;
  basis: string;
  slots: number;
  iteration: number;
  reference: string;
  warnings: string[];
  config: string;
  target: IterationStart['target'];
}

export interface PreparedSweep {
  planned: PlannedSweep;
  start: IterationStart;
  base: ConfigDocument;
  adopted: AdoptedBaseline | undefined;
  seedPath: string | null;
  gpusPerRun: number;
  gpuNames: string[];
}

/** Seeds of the test start so far away from those that the search and its final round use. */
const TEST_FROM = 200;

/** Space, budget, design and cost of a sweep. Reads only. */
export async function prepareSweep(
  project: Project,
  options: OptimizeOptions,
  wished: SweepOptions,
  latest: StudyRecord | undefined,
): Promise<PreparedSweep> {
  const { settings } = project;
  const former = checkIteration(project, options, latest);
  const baselineFile = inProject(project, settings.baseline.config);
  const incumbent = former?.record.trials.get(former.incumbent);
  const reportFile = await findReport(
    { root: project.root, diagnostic: settings.diagnostic },
    options.diagnostic,
    options.cwd,
  );
  const inputs = await loadInputs(
    project,
    reportFile,
    incumbent ? inProject(project, incumbent.config) : baselineFile,
  );
  const { base } = inputs;
  writableInProject(project, settings.out);
  const kept = inputs.plan && withoutMeasurement(leaveOut(inputs.plan, options.without));
  const plan = kept?.plan ?? null;

  const written = await findWritten(project, options, wished, reportFile);
  const search = written && readWritten(written);
  const { space, fixed, source } = spaceOf(project, base, plan, written, search, options.force);
  refusePoint(space, source);
  refuseMeasurement(space, source);
  const wish = mergeWish(wished, settings.sweep, written, search);

  const adopted = former ? undefined : await adoptBaseline(project, base, 'baseline');
  const seedPath = uniqueSeedPath(base);
  const configSeed = seedPath === undefined ? undefined : getAt(base.value, seedPath);
  const firstSeed =
    options.seeds?.[0] ??
    adopted?.run.seed ??
    settings.baseline.seed ??
    (typeof configSeed === 'number' ? configSeed : 42);
  const { slots, gpusPerRun, gpuNames } = await resources(project, options);
  const limit = findEpochLimit(base.value);
  const isLengthSearched =
    limit !== undefined && space.params.some(({ path }) => formatPath(path) === formatPath(limit.path));
  const cost = estimateCost({
    record: former?.record ?? latest,
    adopted: adopted?.curve,
    epochs: { base, changes: [] },
    pairs: 1,
    reusable: 0,
    slots,
  });
  const fullEpochs = isLengthSearched ? null : (limit?.value ?? cost.referenceEpochs);
  const first = firstTrials(space, base, plan?.changes ?? [], fixed);
  const sweep = sweepPlan(space, wish, { first, fullEpochs, firstSeed });
  const design = designStudy({
    level: options.level ?? settings.evidence,
    seeds: options.seeds ?? settings.seeds?.map((seed) => seed + TEST_FROM),
    firstSeed: firstSeed + TEST_FROM,
    runBudget: null,
    affordablePairs: null,
    reusable: 0,
    alpha: alphaFor(former?.record, options.iteration),
  });
  refuseSmallBudget(sweep, cost, slots);
  const diagnosis: Diagnosis = plan?.diagnosis ?? { ...NO_DIAGNOSIS, file: source };
  const target = findTarget(project, { ...NO_PLAN, diagnosis });
  const warnings = [
    ...inputs.warnings.filter(() => plan !== null),
    ...(plan?.warnings.map(({ message }) => message) ?? []),
    ...(kept?.warnings ?? []),
    ...(adopted?.curve.warnings ?? []),
    ...design.notes,
  ];
  const trainings = trainingsOf(sweep, design.plannedPairs);
  const epochs = epochsOf(sweep, trainings);
  const perTrainingMs =
    cost.secondsPerEpoch === null || fullEpochs === null ? null : cost.secondsPerEpoch * fullEpochs * 1000;
  const total = trainings.search === null ? null : trainings.search + trainings.confirm;
  const planned: PlannedSweep = {
    sweep,
    source,
    fixed,
    trainings,
    epochs,
    ms:
      sweep.budget.ms ?? (perTrainingMs === null || total === null ? null : (total * perTrainingMs) / slots),
    basis: cost.basis,
    slots,
    iteration: options.iteration,
    reference: former?.incumbent ?? 'baseline',
    warnings,
    config: optimizedConfigName(project, baselineFile, options.iteration),
    target,
  };
  const start: IterationStart = {
    iteration: options.iteration,
    inputsHash: hashValue({
      sweep: { ...sweep, budget: null, first: null },
      fixed: fixed.map(({ path, kind, to }) => ({ path, kind, to })),
      base: base.text,
      train: settings.train,
      environment: settings.environment,
      metric: settings.metric,
      scripts: await scriptsOf(project),
      wish: { level: design.level, seeds: design.seeds, iteration: options.iteration },
    }),
    diagnosis,
    changes: [],
    skipped: plan?.skipped ?? [],
    warnings,
    forced: [],
    level: design.level,
    seeds: design.seeds,
    plannedPairs: design.plannedPairs,
    alpha: design.alpha,
    target,
    optimized: `optimized-${options.iteration}`,
    reference: former?.incumbent ?? 'baseline',
    baseline: 'baseline',
    sweep,
  };
  return {
    planned,
    start,
    base,
    adopted,
    seedPath: seedPath === undefined ? null : formatPath(seedPath),
    gpusPerRun,
    gpuNames,
  };
}

const NO_DIAGNOSIS: Omit<Diagnosis, 'file'> = {
  rootCauses: [],
  target: null,
  baseline: {},
  expectedOutcome: [],
  recommendations: [],
};

const NO_PLAN: Omit<Plan, 'diagnosis'> = { changes: [], skipped: [], warnings: [] };
