import { existsSync } from 'node:fs';
import { basename, posix } from 'node:path';
import type { Point } from '../metrics/_contract.ts';
import { type Project, inProject } from '../project/load.ts';
import { alphaForIteration, STUDY_ALPHA } from '../evidence/alpha.ts';
import { changeOutcomes } from './attribute.ts';
import { findCheckpoints } from './checkpoints.ts';
import { openConfirm } from './confirm.ts';
import { type DecisionBasis, decide } from './decide.ts';
import { compareTrials } from './effect.ts';
import { elapsedMs } from './elapsed.ts';
import { detectableOf, endedEarly, nextGain } from './evidence-facts.ts';
import { explainDecision } from './explain-decision.ts';
import { comparePredictions } from './predictions.ts';
import { promisesOf } from './iterate/promises.ts';
import { type IterationRecord, type StudyRecord, iterationOf } from './record.ts';
import { summarizeTrial } from './results.ts';
import type { Conclusion } from './strategies/_contract.ts';
import { targetStatus } from './target.ts';
import type {
  Artifacts,
  Effect,
  EnvironmentFacts,
  EvidenceFacts,
  IterationSummary,
  MetricChoice,
  PredictionFacts,
  StudyOutcome,
  TargetStatus,
  Verdict,
} from './types.ts';

export interface OutcomeInput {
  project: Project;
  record: StudyRecord;
  iteration: number;
  conclusion: Extract<Conclusion, { kind: 'verdict' }>;
  environment: EnvironmentFacts;
  curves: Record<string, Point[]>;
  startedAt: number;
  endedAt: number;
  hasBudgetLeft: boolean;
}

/** Steps 5 and 7: everything that one iteration came to, from the stored study and the strategy's conclusion. */
export async function buildOutcome(input: OutcomeInput): Promise<StudyOutcome> {
  const { project, record, conclusion } = input;
  const { thresholds } = project.settings;
  const iteration = iterationOf(record, input.iteration);
  const metric = record.metric;
  if (!metric) throw new Error('a study without a metric cannot be concluded');
  const baseline = summarizeTrial(record, iteration.baseline, metric);
  const optimized = summarizeTrial(record, iteration.optimized, metric);
  const reference = summarizeTrial(record, iteration.reference, metric);
  const compared = await comparePredictions(project, reference, optimized, metric, iteration.alpha);
  const { verdict, verdictReason, gain } = withPredictions(conclusion, compared.facts);
  const effect =
    iteration.reference === iteration.baseline ? gain : compareTrials(baseline, optimized, metric);
  const validation = validationOf(project, compared.examples);
  const gains = [...formerGains(record, input.iteration, metric), pointsOf(gain, metric)];
  const decideWith = (status: TargetStatus['status']) =>
    decide({
      verdict,
      target: status,
      iteration: input.iteration,
      maxIterations: thresholds.maxIterations,
      gains,
      diminishing: thresholds.diminishing,
      hasBudgetLeft: input.hasBudgetLeft,
    });
  const measured = targetStatus(iteration.target, metric, optimized.mean, validation.known?.examples ?? null);
  const foreseen = decideWith(measured?.status ?? null).decision;
  // Where the study would end here, and only there, the confirm split is opened; the target is then held against it.
  const confirm =
    foreseen === 'finalize' || foreseen === 'accept'
      ? openConfirm(project, record, input.iteration, reference, optimized, metric)
      : null;
  const target = confirm
    ? targetStatus(
        iteration.target,
        metric,
        confirm.optimized,
        project.settings.confirmSize ?? null,
        confirm.metric,
      )
    : measured;
  const { decision, basis } = decideWith(target?.status ?? null);
  const isAccepted = isAcceptedVerdict(verdict, gain, decision);
  const incumbent = isAccepted ? iteration.optimized : iteration.reference;
  const facts = {
    basis,
    verdict,
    metric,
    baseline,
    optimized,
    reference,
    gain,
    target,
    gains,
    thresholds,
    iteration: input.iteration,
  };
  const { changes, advice } = changeOutcomes(record, iteration, metric);
  const own: IterationSummary = {
    iteration: input.iteration,
    trial: iteration.optimized,
    value: optimized.mean,
    gain: finiteOrNull(gain.absolute),
    improvement: finiteOrNull(effect.absolute),
    verdict,
    decision,
    changes: iteration.changes.map((change) => change.path),
    accepted: isAccepted,
    low: effect.low,
    high: effect.high,
    n: effect.n,
    promises: promisesOf(iteration.diagnosis, changes, metric),
  };
  return {
    study: {
      id: record.id,
      project: basename(project.root),
      startedAt: input.startedAt,
      endedAt: input.endedAt,
      wallMs: elapsedMs(record, input.endedAt),
      level: iteration.level,
      plannedSeeds: iteration.seeds.slice(0, iteration.plannedPairs).filter((seed) => seed !== null),
      forced: iteration.forced,
    },
    iteration: input.iteration,
    maxIterations: thresholds.maxIterations,
    metric,
    target,
    diagnosis: iteration.diagnosis,
    changes,
    skipped: iteration.skipped,
    warnings: [...iteration.warnings, ...validation.warnings, ...compared.warnings, ...advice],
    preflight: iteration.preflight ?? [],
    baseline,
    optimized,
    reference,
    effect,
    gain,
    verdict,
    verdictReason,
    decision,
    reason: explainDecision(facts),
    next: nextCommand(basis, decision, input, iteration, thresholds.maxIterations),
    evidence: {
      plannedPairs: iteration.plannedPairs,
      alpha: iteration.alpha,
      detectable: detectableOf(iteration, gain),
      predictions: compared.facts,
      validation: validation.known,
      confirm,
      endedEarly: endedEarly(reference, optimized),
      expectedGain:
        decision === 'iterate' || decision === 'accept'
          ? nextGain({
              gain,
              isAccepted,
              reference,
              optimized,
              plannedPairs: iteration.plannedPairs,
              alpha: alphaAfter(record, input.iteration, verdict === 'better', thresholds.maxIterations),
            })
          : null,
    },
    incumbent,
    history: [...formerSummaries(record, input.iteration), own],
    checkpoints: await findCheckpoints(project, optimized.runs),
    environment: input.environment,
    artifacts: artifactsOf(project, optimized.trial.config, input.iteration),
    baselineConfig: baseline.trial.config,
    curves: input.curves,
  };
}

/** The size of the validation set: as stated, else as the predictions show. */
function validationOf(
  project: Project,
  counted: number | null,
): { known: EvidenceFacts['validation']; warnings: string[] } {
  const stated = project.settings.validationSize;
  if (stated === undefined) {
    return { known: counted === null ? null : { examples: counted, source: 'predictions' }, warnings: [] };
  }
  const warnings =
    counted === null || counted === stated
      ? []
      : [
          `pawl.yaml says ${stated} validation examples, the predictions hold ${counted}; the stated number is used.`,
        ];
  return { known: { examples: stated, source: 'pawl.yaml' }, warnings };
}

/** α of the iteration after this one; 0 where none is open. */
function alphaAfter(record: StudyRecord, iteration: number, isBetter: boolean, most: number): number {
  if (iteration >= most) return 0;
  const accepted = record.iterations
    .filter((each) => each.iteration < iteration)
    .map((each) => each.outcome?.verdict === 'better');
  return alphaForIteration(iteration + 1, [...accepted, isBetter], STUDY_ALPHA).alpha;
}

/** A training that ignores its seed has one run of each to show: then the examples decide, by the exact McNemar test. */
function withPredictions(
  conclusion: OutcomeInput['conclusion'],
  facts: PredictionFacts | null,
): { verdict: Verdict; verdictReason: string; gain: Effect } {
  const { verdict, reason, gain, stop } = conclusion;
  if (stop !== 'ignored-seed' || facts?.method !== 'mcnemar') return { verdict, verdictReason: reason, gain };
  const p = facts.p < 0.0001 ? 'p < 0.0001' : `p = ${Number(facts.p.toPrecision(2))}`;
  return {
    verdict: facts.verdict,
    verdictReason: `${reason} By the examples instead: ${facts.won} of ${facts.examples} are right only with the change, ${facts.lost} only without it (exact McNemar test, one-sided ${p}, α ${facts.alpha}). That speaks of new examples, not of other seeds.`,
    gain: { ...gain, isSingle: false, judgedBy: 'examples' },
  };
}

/** A single unverified run is taken as a provisional start for the next round when it gained at all. */
function isAcceptedVerdict(
  verdict: StudyOutcome['verdict'],
  gain: Effect,
  decision: StudyOutcome['decision'],
): boolean {
  if (verdict === 'better') return true;
  if (verdict === 'unverified') return gain.absolute > 0;
  return verdict === 'inconclusive' && decision === 'finalize' && gain.absolute > 0;
}

/** A gain in the unit of the thresholds: points for fractions and percents, relative % for anything else. */
export function pointsOf(
  effect: Pick<Effect, 'absolute' | 'relative'>,
  metric: Pick<MetricChoice, 'scale'>,
): number {
  if (metric.scale === 'fraction') return effect.absolute * 100;
  return metric.scale === 'percent' ? effect.absolute : (effect.relative ?? 0);
}

function formerSummaries(record: StudyRecord, iteration: number): IterationSummary[] {
  return record.iterations
    .filter((each) => each.iteration < iteration && each.outcome)
    .flatMap((each) => each.outcome?.history.at(-1) ?? []);
}

function formerGains(record: StudyRecord, iteration: number, metric: MetricChoice): number[] {
  return record.iterations
    .filter((each) => each.iteration < iteration)
    .flatMap((each) => (each.outcome ? [pointsOf(each.outcome.gain, metric)] : []));
}

export function artifactsOf(project: Project, config: string, iteration: number): Artifacts {
  const out = project.settings.out.replace(/\/+$/, '');
  const folder = iteration === 1 ? out : `${out}/iteration-${iteration}`;
  const pipeline = 'phases/04_optimization';
  const hasPipeline = existsSync(inProject(project, pipeline));
  return {
    config,
    report: posix.join(folder, 'optimization_results.md'),
    plot: posix.join(folder, 'comparison.png'),
    plotSvg: posix.join(folder, 'comparison.svg'),
    checklist:
      hasPipeline && iteration === 1
        ? `${pipeline}/checklists/optimization_complete.md`
        : posix.join(folder, 'optimization_complete.md'),
    json: posix.join(folder, 'optimization_results.json'),
  };
}

function nextCommand(
  basis: DecisionBasis,
  decision: StudyOutcome['decision'],
  input: OutcomeInput,
  iteration: IterationRecord,
  maxIterations: number,
): string {
  switch (decision) {
    case 'finalize':
    case 'accept':
      return 'pawl finalize';
    case 'rediagnose':
      return input.iteration < maxIterations
        ? `pawl optimize --iteration ${input.iteration + 1}`
        : 'pawl diagnose';
    case 'iterate': {
      const isWeak = basis === 'more-evidence-needed' && input.conclusion.stop !== 'ignored-seed';
      if (!isWeak) return `pawl optimize --iteration ${input.iteration + 1}`;
      const again = input.iteration === 1 ? '' : ` --iteration ${input.iteration}`;
      return `pawl optimize${again} --evidence ${iteration.level === 'quick' ? 'standard' : 'thorough'}`;
    }
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
