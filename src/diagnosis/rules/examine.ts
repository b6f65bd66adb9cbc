import { arbitrate, type Ranked } from './arbitrate.ts';
import type { Fault, Finding, Issue, RuleCase } from './_contract.ts';
import { RULES } from './registry.ts';
import type { Settings } from './settings.ts';
import { inUnit } from './show.ts';
import { fitOf, type Fit } from './signals/fit.ts';
import type { RunSignals } from './signals/run.ts';
import type { Thresholds } from './thresholds.ts';

/** One issue of a diagnosis, over all runs. */
export interface FoundIssue {
  issue: Issue;
  /** From 0 to 1. */
  confidence: number;
  evidence: string[];
  /** What speaks against it, where something does. */
  against: string[];
  degree: string | null;
  explainedBy: Issue | null;
}

export interface Examination {
  primary: FoundIssue;
  secondary: FoundIssue[];
  /** Whether the runs' mean reaches the target; null without one. */
  isTargetMet: boolean | null;
  fit: Fit;
  /** Where no rule is sure of a fault and the target is missed: the way to go all the same. */
  leaning: { fault: Fault; confidence: number } | null;
}

/** A run that broke off spoils the configuration even where other seeds went well. */
const BROKEN_RUN = 0.6;

/** Applies all rules to the runs of one configuration, and decides which fault comes first. Pure. */
export function examine(
  runs: readonly RunSignals[],
  settings: Settings,
  target: number | null,
  thresholds: Thresholds,
): Examination {
  const cases = runs.map((run): RuleCase => ({ run, runs, settings, thresholds, target }));
  const first = cases[0] as RuleCase;
  const found = RULES.flatMap((rule) => {
    const findings = cases.map((each) => rule.judge(each));
    const present = findings.filter((finding) => finding !== undefined);
    if (present.length === 0) return [];
    const mean = present.reduce((sum, { confidence }) => sum + confidence, 0) / cases.length;
    const isBroken = rule.fault === 'diverged' && runs.some(({ broken }) => broken !== null);
    const confidence = isBroken ? Math.max(BROKEN_RUN, mean) : mean;
    return [{ fault: rule.fault, confidence, findings }];
  });
  const ranked = arbitrate(found).filter(({ confidence }) => confidence >= thresholds.confidence);
  const issues = ranked.map((rank) =>
    describe(rank, found.find(({ fault }) => fault === rank.fault)?.findings ?? [], runs),
  );
  const isTargetMet = meetsTarget(runs, target);
  const fit = fitOf(first);
  const thin = thinness(runs, target, thresholds);
  const [worst, ...others] = issues;
  const isSpoiled = worst?.issue === 'diverged' || issues.some(({ issue }) => issue === 'noisy-validation');
  if (thin !== null && worst?.issue !== 'diverged')
    return { primary: plain('undetermined', 1, [thin]), secondary: issues, isTargetMet, fit, leaning: null };
  if (isTargetMet === true && !isSpoiled)
    return {
      primary: plain('healthy', 0.95, [`the target is met: ${fit.text}`]),
      secondary: issues,
      isTargetMet,
      fit,
      leaning: null,
    };
  if (worst) return { primary: worst, secondary: others, isTargetMet, fit, leaning: null };
  return {
    primary: nothingFound(found, cases, isTargetMet),
    secondary: [],
    isTargetMet,
    fit,
    leaning: isTargetMet === false && hasBothSides(first.run) ? leaningOf(found, fit) : null,
  };
}

const hasBothSides = ({ val, train, trainLoss }: RunSignals): boolean =>
  val.length > 0 && train.length + trainLoss.length > 0;

/** Faults whose remedies cost nothing to try where no fault is sure. */
const LEANINGS: ReadonlySet<Fault> = new Set<Fault>([
  'overfitting',
  'underfitting',
  'stopped-too-early',
  'learning-rate-too-low',
  'learning-rate-too-high',
]);
/** Under this nothing speaks for a fault. */
const FAINT = 0.3;

/** The likeliest fault under the bar, else what the train–validation gap speaks for: where it is most of what is missing. */
function leaningOf(
  found: readonly { fault: Fault; confidence: number }[],
  { gap, short }: Fit,
): Examination['leaning'] {
  const [likeliest] = found
    .filter(({ fault, confidence }) => LEANINGS.has(fault) && confidence >= FAINT)
    .sort((a, b) => b.confidence - a.confidence);
  if (likeliest) return { fault: likeliest.fault, confidence: likeliest.confidence };
  if (!Number.isFinite(gap)) return null;
  const fault = gap > 0 && (short ?? 0) <= gap ? 'overfitting' : 'underfitting';
  return { fault, confidence: found.find((each) => each.fault === fault)?.confidence ?? 0 };
}

function plain(issue: Issue, confidence: number, evidence: string[]): FoundIssue {
  return { issue, confidence, evidence, against: [], degree: null, explainedBy: null };
}

function describe(
  rank: Ranked,
  findings: readonly (Finding | undefined)[],
  runs: readonly RunSignals[],
): FoundIssue {
  const isMany = runs.length > 1;
  // The run that shows it most clearly speaks for all.
  let at = 0;
  findings.forEach((finding, index) => {
    if ((finding?.confidence ?? 0) > (findings[at]?.confidence ?? 0)) at = index;
  });
  const clues = findings[at]?.clues ?? [];
  const unit = runs[at]?.unit ?? 'epoch';
  const showing = findings.filter((finding) => (finding?.confidence ?? 0) >= 0.5).length;
  const evidence = clues.filter(({ weight }) => weight > 0).map(({ text }) => inUnit(text, { unit }));
  if (isMany)
    evidence.push(`seen in ${showing} of ${runs.length} runs; the figures are those of ${runs[at]?.label}`);
  return {
    issue: rank.fault,
    confidence: rank.confidence,
    evidence,
    against: clues.filter(({ weight }) => weight < 0).map(({ text }) => inUnit(text, { unit })),
    degree: findings[at]?.degree ?? null,
    explainedBy: rank.explainedBy,
  };
}

function meetsTarget(runs: readonly RunSignals[], target: number | null): boolean | null {
  if (target === null) return null;
  const values = runs.flatMap(({ best }) => (best === null ? [] : [best.value]));
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const slack = 1e-9 * Math.max(1, Math.abs(target));
  return runs[0]?.names.goal === 'min' ? mean <= target + slack : mean >= target - slack;
}

/** Why the curves are too little to go by; null where they suffice. */
function thinness(
  runs: readonly RunSignals[],
  target: number | null,
  { minEpochs }: Thresholds,
): string | null {
  const longest = Math.max(0, ...runs.map(({ epochs }) => epochs));
  if (longest === 0) return 'the curves hold no epoch with the metric or a loss';
  if (longest < minEpochs)
    return inUnit(
      `the curve has ${longest} epoch${longest === 1 ? '' : 's'}: too few to tell a trend (${minEpochs} at least)`,
      runs[0] ?? { unit: 'epoch' },
    );
  const hasVal = runs.some(({ val }) => val.length > 0);
  const hasTrain = runs.some(({ train, trainLoss }) => train.length + trainLoss.length > 0);
  if (!hasVal && !hasTrain) return 'neither a training nor a validation side is logged';
  return !hasVal && target !== null ? 'no validation side is logged: the target cannot be judged' : null;
}

/** No fault was found: that is health only where one would have been seen. */
function nothingFound(
  found: readonly { fault: Issue; confidence: number }[],
  cases: readonly RuleCase[],
  isTargetMet: boolean | null,
): FoundIssue {
  const run = cases[0]?.run;
  const worst = [...found].sort((a, b) => b.confidence - a.confidence)[0];
  if (run === undefined || run.val.length === 0)
    return plain('undetermined', 1, ['no validation side is logged, and the training side shows no fault']);
  if (run.train.length + run.trainLoss.length === 0 && isTargetMet !== true)
    return plain('undetermined', 1, [
      'no training side is logged: over- and underfitting cannot be told apart',
    ]);
  const fit = fitOf(cases[0] as RuleCase);
  if (isTargetMet === false && (fit.valShort ?? 0) > 2 * (cases[0]?.thresholds.poorFit ?? 2))
    return plain('undetermined', 1, [
      `the target is missed (${fit.text}), and no rule finds a cause`,
      ...(worst
        ? [`the likeliest is ${worst.fault}, with a confidence of only ${worst.confidence.toFixed(2)}`]
        : []),
    ]);
  const confidence = 1 - (worst?.confidence ?? 0);
  const isClose = isTargetMet === false ? ' although the target is just missed' : '';
  return plain('healthy', confidence, [
    `no rule finds a fault${isClose}: ${fit.text}`,
    ...(isTargetMet === null
      ? ['no target is given: a fault that costs a few points cannot be told from health']
      : []),
  ]);
}
