import { pairedEffect } from '../evidence/effect.ts';
import type { FirstLook } from '../evidence/first-look.ts';
import { orientedDifference, type Outcome, type SeedPair } from '../evidence/outcome.ts';
import { resolutionOf } from '../evidence/resolution.ts';
import { judgePairs, type PairsVerdict } from '../evidence/sequential.ts';
import type { StopReason } from '../evidence/verdict.ts';
import { isPending, shouldRepeat } from './attempts.ts';
import { hasResult } from './results.ts';
import type { IterationRecord, StudyRecord } from './record.ts';
import { showDifference, showValue } from './show.ts';
import type { Effect, MetricChoice, Run, TrialResult, Verdict } from './types.ts';
import type { RunEndCode } from './run-ends.ts';

/** Code of a run that was stopped because it could not catch up any more. */
export const FUTILE = 'RUN_FUTILE' satisfies RunEndCode;

/** Code of a reference run that was stopped because the first look had nothing more to learn from it. */
export const SETTLED = 'RUN_SETTLED_EARLY' satisfies RunEndCode;

/** What a run means for a pair. A failed run that will be tried again is still pending. */
export function outcomeOf(record: StudyRecord, run: Run | undefined): Outcome {
  if (!run || isPending(run) || shouldRepeat(record, run)) return 'pending';
  if (hasResult(run)) return run.value.value;
  if (run.status === 'diverged') return 'diverged';
  return run.status === 'stopped' && run.failure?.code === FUTILE ? 'killed' : 'pending';
}

export interface Judgement {
  verdict: Verdict;
  reason: string;
  effect: Effect;
  /** What ended the comparison. */
  stop?: StopReason | undefined;
}

/** The sequential test over the pairs of an iteration, in the study's own terms. */
export function judgeIteration(
  pairs: readonly SeedPair[],
  iteration: Pick<IterationRecord, 'plannedPairs' | 'alpha' | 'seeds'>,
  metric: MetricChoice,
  isBudgetSpent: boolean,
): Judgement | undefined {
  const { plannedPairs, alpha } = iteration;
  const seeds = iteration.seeds.slice(0, plannedPairs).map((seed, index) => seed ?? index);
  if (plannedPairs === 2) return judgeTwo(pairs, metric);
  const judged = judgePairs({ pairs, plannedPairs, alpha, goal: metric.goal, seeds, isBudgetSpent });
  if (judged.state === 'continue') return undefined;
  const effect = toEffect(judged, pairs, plannedPairs > 1);
  return {
    verdict: judged.verdict,
    reason: explainStop(judged, metric),
    effect: {
      ...effect,
      ...(judged.firstLook ? { isSingle: false, judgedBy: 'first-look' } : {}),
      ...(judged.reason === 'ignored-seed' ? { judgedBy: 'ignored-seed' } : {}),
    },
    stop: judged.reason ?? undefined,
  };
}

/** The first look, taken while the second baseline run was under way: that run's stop carries the figures. */
export function judgeSettled(
  pairs: readonly SeedPair[],
  iteration: Pick<IterationRecord, 'plannedPairs' | 'alpha' | 'seeds'>,
  metric: MetricChoice,
  message: string,
): Judgement {
  const { plannedPairs, alpha } = iteration;
  const judged = judgePairs({ pairs, plannedPairs, alpha, goal: metric.goal });
  const effect = toEffect(judged, pairs, true);
  const gain = showDifference(effect.absolute, metric);
  const notes = [
    ...effect.notes,
    'Given up after one optimized run and a part of the second baseline run; there is no interval before the third pair.',
  ];
  return {
    verdict: 'not-better',
    reason: `${gain} on the first pair. The second baseline run only had to show how far seeds move the metric. ${message} More pairs would hardly change it.`,
    effect: { ...effect, isSingle: false, judgedBy: 'first-look', notes },
    stop: 'first-look',
  };
}

/** Two pairs are too few for the test: a mean and its spread, and no more claimed than that. */
function judgeTwo(pairs: readonly SeedPair[], metric: MetricChoice): Judgement | undefined {
  if (pairs.some(({ optimized }) => optimized === 'diverged')) {
    const effect = toEffect({ ...pairedEffect([], null, 1), notes: [] }, pairs, true);
    return {
      verdict: 'unstable',
      reason: 'The optimized trial diverged on a seed.',
      effect,
    };
  }
  const differences = pairs.flatMap(({ baseline, optimized }) =>
    typeof baseline === 'number' && typeof optimized === 'number'
      ? [orientedDifference(baseline, optimized, metric.goal)]
      : [],
  );
  if (differences.length < 2) return undefined;
  const values = pairs
    .flatMap(({ baseline, optimized }) => [baseline, optimized])
    .filter((v) => typeof v === 'number');
  const effect = pairedEffect(differences, null, resolutionOf(undefined, values));
  const note = {
    code: 'few-pairs' as const,
    message: 'Two pairs of seeds: too few for a test; three or more give an interval.',
  };
  return {
    verdict: 'unverified',
    reason: note.message,
    effect: toEffect({ ...effect, notes: [note] }, pairs, true),
  };
}

function toEffect(
  judged: Pick<
    PairsVerdict,
    'n' | 'mean' | 'se' | 'low' | 'high' | 'd' | 'pBetter' | 'shrunkenGain' | 'notes'
  > & {
    alphaUsed?: number;
  },
  pairs: readonly SeedPair[],
  isTested: boolean,
): Effect {
  const references = pairs
    .flatMap(({ baseline }) => (typeof baseline === 'number' ? [baseline] : []))
    .slice(0, judged.n);
  const center = references.reduce((sum, value) => sum + value, 0) / references.length;
  const absolute = judged.mean ?? Number.NaN;
  return {
    n: judged.n,
    paired: true,
    absolute,
    relative: references.length === 0 || center === 0 ? null : (absolute / Math.abs(center)) * 100,
    low: judged.low,
    high: judged.high,
    alpha: isTested ? (judged.alphaUsed ?? null) : null,
    se: judged.se,
    d: judged.d,
    pBetter: judged.pBetter,
    shrunken: judged.shrunkenGain,
    isSingle: judged.n === 1,
    notes: judged.notes.map(({ message }) => message),
  };
}

function explainStop(judged: PairsVerdict, metric: MetricChoice): string {
  const t = judged.t === null ? '' : `t = ${judged.t.toFixed(2)}`;
  const gain = judged.mean === null ? '' : showDifference(judged.mean, metric);
  const pairs = `${judged.n} of ${judged.plannedPairs} planned pairs`;
  switch (judged.reason) {
    case 'limit-crossed':
      return `${gain} after ${pairs}: ${t} reached the limit ${judged.limit?.toFixed(2)} (one-sided α ${judged.alphaUsed}).`;
    case 'futility':
      return `${gain} after ${pairs}: ${t} fell below the futility limit ${judged.futilityLimit?.toFixed(2)}; more pairs would hardly change it.`;
    case 'first-look':
      return explainFirstLook(judged, metric);
    case 'planned-pairs-done':
      return `${gain} after all ${judged.plannedPairs} planned pairs: ${t} stayed below the limit ${judged.limit?.toFixed(2) ?? '—'}.`;
    case 'budget-spent':
      return `The budget is spent after ${pairs}${gain === '' ? '' : ` (${gain})`}.`;
    case 'diverged':
      return `The optimized trial diverged on seed ${judged.seedsFailed.join(', ')}.`;
    case 'killed':
      return `The optimized trial was stopped early on seed ${judged.seedsFailed.join(', ')}: it could not reach the baseline any more.`;
    case 'ignored-seed':
      return (
        judged.notes.find(({ code }) => code === 'ignored-seed')?.message ?? 'The training ignores its seed.'
      );
    case 'single-run':
      return `One run of each: ${gain}, single seed, not verified.`;
    case null:
      return '';
  }
}

/** `+1.2 pp on the first pair: 71.0% falls short of 74.2%, which …`. */
function explainFirstLook({ firstLook, mean }: PairsVerdict, metric: MetricChoice): string {
  if (!firstLook) return '';
  return (
    `${mean === null ? '' : showDifference(mean, metric)} on the first pair: ` +
    `${describeFirstLook(firstLook, metric)} More pairs would hardly change it.`
  );
}

/** The figures of the first look in one sentence. */
export function describeFirstLook(
  { runs, mean, sd, limit, optimized }: FirstLook,
  metric: MetricChoice,
): string {
  const side = metric.goal === 'max' ? 'below' : 'above';
  const reach = metric.goal === 'max' ? 'reach' : 'stay under';
  return (
    `the optimized run ends at ${showValue(optimized, metric)}, ${side} ${showValue(limit, metric)}, which nine of ten ` +
    `further runs of the baseline would ${reach} (${runs} runs, mean ${showValue(mean, metric)}, ` +
    `sd ${showDifference(sd, metric).slice(1)}).`
  );
}

/** optimized against any other trial on the seeds that both have; without a stopping rule, for information. */
export function compareTrials(reference: TrialResult, optimized: TrialResult, metric: MetricChoice): Effect {
  const bySeed = new Map(reference.runs.filter(hasResult).map((run) => [run.seed, run.value.value]));
  const own = optimized.runs.filter(hasResult);
  const pairs = own.flatMap((run): SeedPair[] => {
    const value = bySeed.get(run.seed);
    return value === undefined || run.seed === null
      ? []
      : [{ seed: run.seed, baseline: value, optimized: run.value.value }];
  });
  if (pairs.length === 0) {
    const absolute =
      reference.mean === null || optimized.mean === null
        ? Number.NaN
        : orientedDifference(reference.mean, optimized.mean, metric.goal);
    return {
      n: Math.min(reference.n, optimized.n),
      paired: false,
      absolute,
      relative: reference.mean ? (absolute / Math.abs(reference.mean)) * 100 : null,
      low: null,
      high: null,
      alpha: null,
      se: null,
      d: null,
      pBetter: null,
      shrunken: null,
      isSingle: reference.n <= 1 && optimized.n <= 1,
      notes: ['The two trials share no seed: a difference of means, not a test.'],
    };
  }
  const differences = pairs.map((pair) =>
    orientedDifference(Number(pair.baseline), Number(pair.optimized), metric.goal),
  );
  const values = pairs.flatMap((pair) => [Number(pair.baseline), Number(pair.optimized)]);
  const effect = pairedEffect(differences, null, resolutionOf(undefined, values));
  return toEffect({ ...effect, notes: [] }, pairs, true);
}
