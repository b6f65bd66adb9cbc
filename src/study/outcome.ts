import { existsSync } from 'node:fs';
import { basename, extname, posix } from 'node:path';
import type { Point } from '../metrics/_contract.ts';
import { formatCommand } from '../execution/command.ts';
import { type Project, inProject } from '../project/load.ts';
import { changeOutcomes } from './attribute.ts';
import { findCheckpoints } from './checkpoints.ts';
import { type DecisionBasis, decide } from './decide.ts';
import { compareTrials } from './effect.ts';
import { elapsedMs } from './engine.ts';
import { explainDecision } from './explain-decision.ts';
import { countPredictions } from './predictions.ts';
import { type IterationRecord, type StudyRecord, iterationOf } from './record.ts';
import { hasResult, mean, summarizeTrial } from './results.ts';
import { showValue } from './show.ts';
import type { Conclusion } from './strategies/_contract.ts';
import { targetStatus } from './target.ts';
import type {
  Artifacts,
  Effect,
  EnvironmentFacts,
  IterationSummary,
  MetricChoice,
  StudyOutcome,
  TrialResult,
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
  /** The command that trains the final model with a config. */
  commandFor: (config: string, seed: number | null) => Promise<string[]>;
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
  const gain = conclusion.gain;
  const effect =
    iteration.reference === iteration.baseline ? gain : compareTrials(baseline, optimized, metric);
  const examples = project.settings.validationSize ?? (await countPredictions(project, optimized.runs));
  const target = targetStatus(iteration.target, metric, optimized.mean, examples);
  const gains = [...formerGains(record, input.iteration, metric), pointsOf(gain, metric)];
  const { decision, basis } = decide({
    verdict: conclusion.verdict,
    target: target?.status ?? null,
    iteration: input.iteration,
    maxIterations: thresholds.maxIterations,
    gains,
    diminishing: thresholds.diminishing,
    hasBudgetLeft: input.hasBudgetLeft,
  });
  const isAccepted = isAcceptedVerdict(conclusion.verdict, gain, decision);
  const incumbent = isAccepted ? iteration.optimized : iteration.reference;
  const incumbentConfig = record.trials.get(incumbent)?.config ?? optimized.trial.config;
  const facts = {
    basis,
    verdict: conclusion.verdict,
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
  const confirmNote =
    decision === 'finalize' || decision === 'accept'
      ? openConfirm(project, baseline, optimized, metric)
      : null;
  if (confirmNote !== null) gain.notes.push(confirmNote);
  const { changes, advice } = changeOutcomes(record, iteration, metric);
  const own: IterationSummary = {
    iteration: input.iteration,
    trial: iteration.optimized,
    value: optimized.mean,
    gain: finiteOrNull(gain.absolute),
    improvement: finiteOrNull(effect.absolute),
    verdict: conclusion.verdict,
    decision,
    changes: iteration.changes.map((change) => change.path),
    accepted: isAccepted,
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
    warnings: [...iteration.warnings, ...advice],
    preflight: iteration.preflight ?? [],
    baseline,
    optimized,
    reference,
    effect,
    gain,
    verdict: conclusion.verdict,
    verdictReason: conclusion.reason,
    decision,
    reason: explainDecision(facts),
    next: await nextCommand(basis, decision, input, incumbentConfig, iteration),
    incumbent,
    history: [...formerSummaries(record, input.iteration), own],
    checkpoints: await findCheckpoints(project, optimized.runs),
    environment: input.environment,
    artifacts: artifactsOf(project, optimized.trial.config, input.iteration),
    baselineConfig: baseline.trial.config,
    curves: input.curves,
  };
}

/** The confirm metric, which no decision looks at, is opened once the matter is settled; null where none is logged. */
function openConfirm(
  project: Project,
  baseline: TrialResult,
  optimized: TrialResult,
  metric: MetricChoice,
): string | null {
  const { confirm } = project.settings;
  const valuesOf = ({ runs }: TrialResult) =>
    runs.filter(hasResult).flatMap(({ value }) => (value.confirm === null ? [] : [value.confirm]));
  const [before, after] = [valuesOf(baseline), valuesOf(optimized)];
  if (confirm === undefined || after.length === 0) return null;
  const from = before.length === 0 ? '' : `${showValue(mean(before), metric)} → `;
  return `Confirm metric ${confirm}, opened after the decision: ${from}${showValue(mean(after), metric)}; it carries no optimism from choosing.`;
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

async function nextCommand(
  basis: DecisionBasis,
  decision: StudyOutcome['decision'],
  input: OutcomeInput,
  incumbentConfig: string,
  iteration: IterationRecord,
): Promise<string> {
  switch (decision) {
    case 'finalize':
    case 'accept': {
      const argv = await input.commandFor(incumbentConfig, iteration.seeds[0] ?? null);
      return input.project.settings.shell ? argv.join(' ') : formatCommand(argv);
    }
    case 'rediagnose':
      return `pawl optimize --diagnostic <a new ${basename(iteration.diagnosis.file, extname(iteration.diagnosis.file))}${extname(iteration.diagnosis.file)}>`;
    case 'iterate':
      return basis === 'more-evidence-needed'
        ? 'pawl optimize --evidence standard'
        : `pawl optimize --iteration ${input.iteration + 1} --diagnostic <a new report>`;
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
