import type { ConfigDocument } from '../config/_contract.ts';
import type { Curve, Goal } from '../metrics/_contract.ts';
import { contradictions } from './rules/contradictions.ts';
import { examine, type Examination, type FoundIssue } from './rules/examine.ts';
import { nameMetrics } from './rules/names.ts';
import { readSettings } from './rules/settings.ts';
import { fitOf } from './rules/signals/fit.ts';
import { readRun, type MetricNames, type RunSignals } from './rules/signals/run.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './rules/thresholds.ts';
import type { Fault } from './rules/_contract.ts';
import { recommend, type Advice } from './recommend/recommend.ts';
import type { Suspicion } from './suspects/_contract.ts';
import { suspicionsOf } from './suspects/suspects.ts';
import type { TriedChange } from './recommend/tried.ts';
import { reportError } from './errors.ts';

/** One training of the configuration that is diagnosed. */
export interface DiagnosedRun {
  label: string;
  seed: number | null;
  curve: Curve;
  /** Mean GPU utilisation in percent, where it was sampled. */
  gpuUtilization?: number | null | undefined;
}

export interface DiagnoseInput {
  /** At least one; several are seeds of the same configuration. */
  runs: readonly DiagnosedRun[];
  /** null: nothing can be recommended, and rules that look at settings keep still. */
  config: ConfigDocument | null;
  metric?: string | undefined;
  goal?: Goal | undefined;
  /** The training side of the metric; found by name where absent. */
  train?: string | undefined;
  /** Turns the wished target into the metric's own scale. */
  target?: ((scale: MetricNames['scale']) => number) | null | undefined;
  tried?: readonly TriedChange[] | undefined;
  thresholds?: Partial<Thresholds> | undefined;
}

/** `finalize`: nothing to cure; `iterate`: apply the recommendations; `rediagnose`: more evidence is needed; `accept`: nothing is left to try. */
export type DiagnosisDecision = 'finalize' | 'iterate' | 'rediagnose' | 'accept';

export interface CurveDiagnosis {
  primary: FoundIssue;
  secondary: FoundIssue[];
  /** What may lie behind the primary issue; curves cannot prove it. */
  suspicions: Suspicion[];
  recommendations: Advice[];
  decision: DiagnosisDecision;
  /** One sentence. */
  reason: string;
  names: MetricNames;
  target: number | null;
  isTargetMet: boolean | null;
  /** The way to go where the target is missed and no rule is sure of a fault. */
  leaning: Examination['leaning'];
  runs: RunSignals[];
  thresholds: Thresholds;
  /** Remedies that were withheld because of what was tried before. */
  withheld: string[];
  warnings: string[];
}

/** Finds what holds a training back, from its curves and its config, and what to change. Pure. */
export function diagnoseRuns(input: DiagnoseInput): CurveDiagnosis {
  const { config } = input;
  const [first] = input.runs;
  if (!first)
    throw reportError('DIAGNOSIS_NO_RUNS', 'There is no run to diagnose.', {
      remedy: 'Name a training log or a folder with one.',
    });
  const named = input.runs.map(({ curve }) => nameMetrics(curve, input));
  const names = commonNames(
    named.map((each) => each.names),
    input.runs,
  );
  const odd = named.findIndex((each) => each.names.scale !== names.scale);
  if (
    odd >= 0 &&
    !isOneScale(
      named.map((each) => each.names),
      input.runs,
    )
  )
    throw reportError(
      'DIAGNOSIS_SCALES',
      `${first.label} and ${input.runs[odd]?.label} log ${names.metric ?? 'the metric'} on different scales (0–1 and 0–100, or none).`,
      { remedy: 'Diagnose runs of one configuration that log alike.' },
    );
  const warnings = [...new Set(named.flatMap(({ notes }) => notes))];
  const runs = input.runs.map((run, index) =>
    readRun(run, { ...(named[index] as (typeof named)[number]).names, scale: names.scale }),
  );
  const target = input.target?.(names.scale) ?? null;
  const thresholds: Thresholds = { ...DEFAULT_THRESHOLDS, ...input.thresholds };
  const settings = readSettings(config);
  warnings.push(...contradictions(runs, settings, target));
  const { primary, secondary, isTargetMet, leaning } = examine(runs, settings, target, thresholds);
  const isFault = primary.issue !== 'healthy' && primary.issue !== 'undetermined';
  const faults = isFault
    ? [primary, ...secondary].map(({ issue, confidence, explainedBy }) => ({
        fault: issue as Fault,
        confidence,
        isExplained: explainedBy !== null,
      }))
    : leaning === null
      ? []
      : [{ ...leaning, isExplained: false }];
  const shown = clearest(runs, primary);
  const given = { run: shown, runs, settings, thresholds, target };
  const fit = fitOf(given);
  const suspicions = isTargetMet === true ? [] : suspicionsOf(given, primary.issue);
  const { advice, withheld } =
    config === null
      ? { advice: [], withheld: [] }
      : recommend(
          config,
          settings,
          shown,
          fit,
          faults,
          new Set(suspicions.map(({ suspect }) => suspect)),
          input.tried ?? [],
        );
  if (config === null && isFault)
    warnings.push('Without a config nothing can be recommended; name it with --config.');
  return {
    primary,
    secondary,
    suspicions,
    recommendations: advice,
    ...decide(primary, leaning, advice, withheld.length, isTargetMet, config !== null),
    names,
    target,
    isTargetMet,
    leaning,
    runs,
    thresholds,
    withheld,
    warnings,
  };
}

/** Bests of runs that log alike lie within this factor; fractions and percentages of the same lie 100 apart. */
const ALIKE = 20;

function bestsOf(names: readonly MetricNames[], runs: readonly DiagnosedRun[]): number[] {
  return runs.flatMap(({ curve }, index) => {
    const { metric, train, goal } = names[index] as MetricNames;
    const name = metric ?? train;
    const values = curve.points.flatMap(({ values: own }) => (name === null ? [] : (own[name] ?? [])));
    const finite = values.filter((value) => Number.isFinite(value) && value > 0);
    return finite.length === 0
      ? []
      : [finite.reduce((a, b) => (goal === 'max' ? Math.max(a, b) : Math.min(a, b)))];
  });
}

function isOneScale(names: readonly MetricNames[], runs: readonly DiagnosedRun[]): boolean {
  const bests = bestsOf(names, runs);
  return bests.length > 0 && Math.max(...bests) / Math.min(...bests) < ALIKE;
}

/** The names of the first run, with the scale of the run that is within 0–1 where one is: a bad run may exceed it. */
function commonNames(names: readonly MetricNames[], runs: readonly DiagnosedRun[]): MetricNames {
  const first = names[0] as MetricNames;
  const isMixed = names.some(({ scale }) => scale !== first.scale);
  return isMixed && isOneScale(names, runs) && names.some(({ scale }) => scale === 'fraction')
    ? { ...first, scale: 'fraction' }
    : first;
}

/** The run that a broken training shows most plainly; else the first. */
function clearest(runs: readonly RunSignals[], primary: FoundIssue): RunSignals {
  const broken = primary.issue === 'diverged' ? runs.find((run) => run.broken !== null) : undefined;
  return broken ?? (runs[0] as RunSignals);
}

const NO_TARGET = ' A target (--target, or target: in pawl.yaml) would show faults that cost a few points.';

function decide(
  { issue }: FoundIssue,
  leaning: Examination['leaning'],
  advice: readonly Advice[],
  withheld: number,
  isTargetMet: boolean | null,
  hasConfig: boolean,
): { decision: DiagnosisDecision; reason: string } {
  const advised = advice.length;
  if (issue === 'noisy-validation' && advice.some(({ changesMeasure }) => changesMeasure))
    return {
      decision: 'rediagnose',
      reason:
        'Measure better first: put the larger validation set into the baseline config itself, train the baseline again and diagnose that. Values on two different validation sets cannot be compared.',
    };
  if (leaning !== null && advised > 0)
    return {
      decision: 'iterate',
      reason: `The target is missed and no rule is sure of a fault; ${advised} change${advised === 1 ? '' : 's'} of the config ${advised === 1 ? 'goes' : 'go'} the likeliest way (${leaning.fault}, confidence ${leaning.confidence.toFixed(2)}).`,
    };
  if (leaning !== null && withheld > 0)
    return {
      decision: 'accept',
      reason: 'The target is missed, no rule is sure of a fault, and what could be tried was tried before.',
    };
  if (issue === 'healthy')
    return {
      decision: 'finalize',
      reason:
        isTargetMet === true
          ? 'The target is met.'
          : `No rule finds a fault; what is left is fine-tuning.${isTargetMet === null ? NO_TARGET : ''}`,
    };
  if (issue === 'undetermined')
    return { decision: 'rediagnose', reason: 'The evidence is too thin for a diagnosis.' };
  if (advised > 0)
    return {
      decision: 'iterate',
      reason: `${advised} change${advised === 1 ? '' : 's'} of the config address${advised === 1 ? 'es' : ''} ${issue}.`,
    };
  if (withheld > 0)
    return {
      decision: 'accept',
      reason: `Every remedy for ${issue} that this config has a place for was tried before.`,
    };
  return hasConfig
    ? {
        decision: 'rediagnose',
        reason: `The config has no setting that is known to cure ${issue}; the cure lies in code or data.`,
      }
    : {
        decision: 'iterate',
        reason: `There is something to cure (${issue}); with the config Pawl can say how.`,
      };
}
