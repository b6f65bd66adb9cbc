import type { ConfigDocument } from '../../config/_contract.ts';
import { getAt } from '../../config/lookup.ts';
import { formatPath } from '../../config/path.ts';
import type { Change, Diagnosis, Plan } from '../../diagnosis/types.ts';
import { inProject, type Project, toProjectPath, writableInProject } from '../../project/load.ts';
import { deriveSpace } from '../../search/space/derive.ts';
import { sizeOf } from '../../search/space/domain.ts';
import { locateSpace } from '../../search/space/locate.ts';
import type { Space } from '../../search/space.ts';
import type { SearchSettings } from '../../search/space/settings.ts';
import { type AdoptedBaseline, adoptBaseline, uniqueSeedPath } from '../attach-baseline.ts';
import { optimizedConfigName } from '../configure.ts';
import { type Cost, estimateCost } from '../cost.ts';
import { designStudy } from '../design.ts';
import { findEpochLimit } from '../epochs.ts';
import type { IterationStart } from '../events.ts';
import { checkIteration, leaveOut } from '../gate.ts';
import { hashValue } from '../hash.ts';
import { findReport, loadInputs } from '../inputs.ts';
import type { OptimizeOptions } from '../options.ts';
import { alphaFor, findTarget, resources, scriptsOf } from '../prepare.ts';
import type { StudyRecord } from '../record.ts';
import { changesOf, paramsIn } from './changes.ts';
import { sweepError } from './errors.ts';
import { RACING_SHARE } from './parts.ts';
import { paramsKey } from './params-key.ts';
import { prunerPlan } from './pruner-plan.ts';
import type { Proposal, SweepPlan } from './types.ts';
import { mergeWish, readWritten, type SweepOptions, type SweepWish } from './wish.ts';
import { searchInFile, searchInProject, searchInReport, type WrittenSearch } from './written.ts';

/** What a sweep will do and what it costs at most; the end of `--dry-run`. */
export interface PlannedSweep {
  sweep: SweepPlan;
  /** Where the space is from, for people. */
  source: string;
  /** Recommended changes that every configuration but the baseline has, since the space does not name them. */
  fixed: Change[];
  /** Trainings at most: of the search and of the confirmation. */
  trainings: { search: number | null; confirm: number };
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

const DEFAULT_SEEDS = 3;
const DEFAULT_TOP = 5;
/** Fresh seeds of the final round, and of the test: away from those that the search used to choose. */
const FINAL_ROUND_SEEDS = 2;
const FINAL_ROUND_FROM = 100;
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
  const plan = inputs.plan && leaveOut(inputs.plan, options.without);

  const written = await findWritten(project, options, wished, reportFile);
  const search = written && readWritten(written);
  const { space, fixed, source } = spaceOf(project, base, plan, written, search, options.force);
  refusePoint(space, source);
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

async function findWritten(
  project: Project,
  options: OptimizeOptions,
  wished: SweepOptions,
  reportFile: string | undefined,
): Promise<WrittenSearch | undefined> {
  if (wished.space !== undefined) return searchInFile(inProject({ root: options.cwd }, wished.space));
  const own = await searchInProject(project);
  if (own || reportFile === undefined) return own;
  return searchInReport(reportFile, toProjectPath(project, reportFile));
}

/** The space, placed in the config, and what of the recommended changes goes with every configuration. */
function spaceOf(
  project: Project,
  base: ConfigDocument,
  plan: Plan | null,
  written: WrittenSearch | undefined,
  search: SearchSettings | undefined,
  allowsNew: boolean,
): { space: Space; fixed: Change[]; source: string } {
  if (written && search) {
    const space = locateSpace(search.space, base.value, {
      ...written.place,
      allowsNew: allowsNew || isKnownNew(search.space, plan),
    });
    const searched = new Set(space.params.map(({ path }) => formatPath(path)));
    const fixed =
      written.kind === 'report' ? (plan?.changes ?? []).filter(({ path }) => !searched.has(path)) : [];
    return { space, fixed, source: written.source };
  }
  const changes = plan?.changes ?? [];
  const derived = deriveSpace(changes);
  if (derived.space.params.length === 0) {
    throw sweepError('SWEEP_SPACE_MISSING', 'There is nothing to search.', {
      file: project.file,
      remedy:
        'Write `sweep: {space: {dropout: [0.3, 0.4, 0.5]}}` into pawl.yaml, name a file with --space, or let the diagnosis recommend values.',
    });
  }
  const names = new Set(derived.fixed.map(({ path }) => path));
  return {
    space: derived.space,
    fixed: changes.filter(({ path }) => names.has(path)),
    source: `derived from ${plan?.diagnosis.file ?? 'the diagnosis'}`,
  };
}

/** A key that the config lacks is no typing error where the diagnosis recommends it as new. */
function isKnownNew(space: Space, plan: Plan | null): boolean {
  const added = (plan?.changes ?? []).filter(({ kind }) => kind === 'new').map(({ path }) => path);
  return space.params.some(({ path }) => added.includes(formatPath(path)));
}

function refusePoint(space: Space, source: string): void {
  if (space.params.some((param) => sizeOf(param) > 1)) return;
  throw sweepError(
    'SWEEP_SPACE_POINT',
    `The space of ${source} has a single configuration: ${space.params.map(({ name }) => name).join(', ')} can take one value each.`,
    { remedy: 'Give a parameter two values or a range; to try one configuration, use `pawl optimize`.' },
  );
}

/** The baseline's own values and the recommended ones come first; what is equal is tried once. */
function firstTrials(
  space: Space,
  base: ConfigDocument,
  changes: readonly Change[],
  fixed: readonly Change[],
): Omit<Proposal, 'trial'>[] {
  const baseline = { number: 0, params: paramsIn(space, base), origin: 'baseline' as const };
  const inSpace = changes.filter(({ path }) => space.params.some((param) => formatPath(param.path) === path));
  const recommended = paramsIn(space, base, inSpace);
  const isNew =
    fixed.length > 0 ||
    changesOf(recommended, space, base, '').length > 0 ||
    paramsKey(recommended) !== paramsKey(baseline.params);
  if (inSpace.length === 0 && fixed.length === 0) return [baseline];
  return isNew ? [baseline, { number: 1, params: recommended, origin: 'recommended' }] : [baseline];
}

export function sweepPlan(
  space: Space,
  wish: SweepWish,
  {
    first,
    fullEpochs,
    firstSeed,
  }: { first: SweepPlan['first']; fullEpochs: number | null; firstSeed: number },
): SweepPlan {
  const size = space.params.reduce((product, param) => product * sizeOf(param), 1);
  const isOpenEnded = wish.trials === null && wish.epochs === null && wish.hours === null;
  const trials = wish.trials ?? (isOpenEnded ? defaultTrials(space, size, wish.sampler, first.length) : null);
  const dimensions = space.params.filter((param) => sizeOf(param) > 1).length;
  const isGrid = wish.sampler === 'grid';
  const top = wish.confirm === false ? 0 : (wish.confirm ?? DEFAULT_TOP);
  return {
    space,
    sampler: wish.sampler,
    pruner: prunerPlan(wish.pruner, fullEpochs),
    seed: wish.seed ?? 0,
    seeds: Array.from({ length: wish.seeds ?? DEFAULT_SEEDS }, (_, index) => firstSeed + index),
    first,
    budget: { trials, epochs: wish.epochs, ms: wish.hours === null ? null : wish.hours * 3_600_000 },
    patience: wish.patience === false || isGrid ? null : (wish.patience ?? Math.max(30, 10 * dimensions)),
    ...(isModelled(space, wish) ? { stopsBy: 'model' as const } : {}),
    confirm:
      top === 0
        ? null
        : {
            top,
            seeds: Array.from(
              { length: FINAL_ROUND_SEEDS },
              (_, index) => firstSeed + FINAL_ROUND_FROM + index,
            ),
          },
    fullEpochs,
  };
}

/** A Gaussian process says what the rest could add where it suggests as well; a patience that somebody wrote comes first. */
function isModelled({ params }: Space, { sampler, patience }: SweepWish): boolean {
  const odd = params.filter(({ kind, when }) => kind === 'categorical' || when.length > 0).length;
  return (
    patience === undefined && /^(?:auto|gp)$/.test(sampler) && 2 * odd <= params.length && params.length <= 30
  );
}

/** A grid is tried whole; otherwise ten trials for each parameter, within what a night allows. */
function defaultTrials(space: Space, size: number, sampler: string, first: number): number {
  if (sampler === 'grid' && Number.isFinite(size)) return size + first;
  return Math.min(size + first, Math.max(20, Math.min(100, 10 * space.params.length)));
}

function trainingsOf(
  { budget, confirm, fullEpochs, seeds, space, first }: SweepPlan,
  pairs: number,
): PlannedSweep['trainings'] {
  const racing = seeds.length > 1 ? 1 + RACING_SHARE : 1;
  // A space may hold fewer configurations than the budget allows.
  const size = space.params.reduce((product, param) => product * sizeOf(param), 1) + first.length;
  const byTrials = Math.floor(Math.min(budget.trials ?? Infinity, size) * racing);
  const byEpochs =
    budget.epochs === null || fullEpochs === null ? Infinity : Math.floor(budget.epochs / fullEpochs);
  const search = Math.min(byTrials, byEpochs);
  return {
    search: Number.isFinite(search) ? search : null,
    confirm: confirm === null ? 0 : finalRoundTrainings(confirm) + 2 * pairs,
  };
}

const finalRoundTrainings = ({ top, seeds }: { top: number; seeds: readonly number[] }): number =>
  top < 2 ? 0 : top * seeds.length;

function epochsOf(
  { budget, fullEpochs }: SweepPlan,
  { search, confirm }: PlannedSweep['trainings'],
): number | null {
  if (fullEpochs === null) return budget.epochs;
  const most = search === null ? null : (search + confirm) * fullEpochs;
  if (budget.epochs === null) return most;
  return Math.min(most ?? Infinity, budget.epochs + confirm * fullEpochs);
}

function refuseSmallBudget({ budget, fullEpochs }: SweepPlan, cost: Cost, slots: number): void {
  const fail = (message: string, remedy: string): never => {
    throw sweepError('SWEEP_BUDGET_TOO_SMALL', message, { remedy });
  };
  if (budget.trials !== null && budget.trials < 2)
    fail(
      'A budget of one trial trains the baseline and nothing else.',
      'Allow two trials or more (--trials, `sweep.budget.trials`).',
    );
  if (budget.epochs !== null && fullEpochs !== null && budget.epochs < fullEpochs)
    fail(
      `A budget of ${budget.epochs} epochs is smaller than one training of ${fullEpochs}.`,
      'Allow more epochs (--epochs, `sweep.budget.epochs`), or lower the epoch limit of the config.',
    );
  if (budget.ms === null || cost.secondsPerEpoch === null || fullEpochs === null) return;
  const oneMs = cost.secondsPerEpoch * fullEpochs * 1000;
  if (budget.ms < oneMs)
    fail(
      `A budget of ${hours(budget.ms)} is smaller than one training, which takes about ${hours(oneMs)} (time per epoch from ${cost.basis}).`,
      `Allow more time (--hours, \`sweep.budget.hours\`); with ${slots} at a time the search needs several trainings.`,
    );
}

const hours = (ms: number): string => `${Number((ms / 3_600_000).toPrecision(2))} h`;
