/**
 * Compares two groups of finished runs at once: by pairs where their seeds allow it, else by Welch's test.
 *
 * Everything is in, so there is one look and no early stopping: c = t quantile (1 − α, ν). A group that is compared
 * again after each added run spends its α several times; that is what the sequential test is for.
 * At least 3 runs of each: t ≥ c: better; mean ≤ 0: not-better; else inconclusive. A single run: unverified.
 */
import type { Goal } from '../metrics/_contract.ts';
import { studentTQuantile } from '../math/student-t.ts';
import {
  type Effect,
  meanOf,
  pairedEffect,
  type SignedEffect,
  signedEffect,
  standardDeviation,
} from './effect.ts';
import { findIgnoredSeed } from './ignored-seed.ts';
import { checkAlpha, MIN_PAIRS } from './limits.ts';
import { finishedRuns, type GroupRun, pairByPosition, type Pairing, pairRuns } from './groups.ts';
import { orientedDifference, type SeedPair } from './outcome.ts';
import { resolutionOf } from './resolution.ts';
import type { Note, Verdict } from './verdict.ts';
import { welchTest } from './welch.ts';

export interface GroupsQuestion {
  baseline: readonly GroupRun[];
  optimized: readonly GroupRun[];
  goal: Goal;
  /** 0.05 where absent. */
  alpha?: number;
  resolution?: number;
  pairing?: Pairing;
}

export interface ArmSummary {
  n: number;
  mean: number;
  /** Null for a single run. */
  sd: number | null;
}

export interface GroupsVerdict extends Effect {
  verdict: Verdict;
  method: 'paired' | 'welch';
  goal: Goal;
  alpha: number;
  /** Two-sided confidence of the interval, 1 − 2α. */
  confidence: number;
  degreesOfFreedom: number | null;
  resolution: number;
  arms: { baseline: ArmSummary; optimized: ArmSummary };
  signed: SignedEffect | null;
  notes: Note[];
}

export function compareGroups(question: GroupsQuestion): GroupsVerdict {
  const { goal, alpha = 0.05, pairing = 'auto' } = question;
  checkAlpha(alpha);
  const notes: Note[] = [];
  const groups = pairing === 'position' ? pairByPosition(question.baseline, question.optimized) : question;
  const baseline = finishedRuns(groups.baseline, 'baseline');
  const optimized = finishedRuns(groups.optimized, 'optimized');
  const values = {
    baseline: baseline.map(({ value }) => value),
    optimized: optimized.map(({ value }) => value),
  };
  const resolution = resolutionOf(question.resolution, [...values.baseline, ...values.optimized]);
  const pairs = pairRuns(baseline, optimized, pairing, notes);
  const tested = pairs
    ? testPairs(pairs, alpha, goal, resolution)
    : welchTest({ ...values, alpha, goal, resolution });
  const isUnstable = question.optimized.some(({ value }) => value === 'diverged');
  if (isUnstable) notes.push({ code: 'unstable', message: 'A run of the optimized group diverged.' });
  if (question.baseline.some(({ value }) => value === 'diverged')) {
    notes.push({
      code: 'baseline-diverged',
      message: 'A run of the baseline group diverged; it is left out.',
    });
  }
  const ignored = pairs && findIgnoredSeed(pairs);
  if (ignored) {
    notes.push({
      code: 'ignored-seed',
      message: `Bit-identical results on seeds ${ignored.seeds.join(' and ')}: the training seems to ignore its seed.`,
    });
  }
  const verdict = isUnstable ? 'unstable' : ignored ? 'unverified' : verdictOf(tested, notes);
  return {
    ...tested,
    verdict,
    method: pairs ? 'paired' : 'welch',
    goal,
    alpha,
    confidence: 1 - 2 * alpha,
    resolution,
    arms: { baseline: summarize(values.baseline), optimized: summarize(values.optimized) },
    signed: signedEffect(tested, goal),
    notes,
  };
}

function testPairs(
  pairs: readonly SeedPair[],
  alpha: number,
  goal: Goal,
  resolution: number,
): Effect & { degreesOfFreedom: number | null } {
  const differences = pairs.map(({ baseline, optimized }) =>
    orientedDifference(baseline as number, optimized as number, goal),
  );
  const degreesOfFreedom = differences.length > 1 ? differences.length - 1 : null;
  const limit = degreesOfFreedom === null ? null : studentTQuantile(1 - alpha, degreesOfFreedom);
  return { ...pairedEffect(differences, limit, resolution), degreesOfFreedom };
}

function verdictOf(effect: Effect, notes: Note[]): Verdict {
  if (effect.t === null || effect.limit === null) {
    notes.push({ code: 'single-run', message: 'A single run of one trial: not verified.' });
    return 'unverified';
  }
  if (effect.t <= 0) return 'not-better';
  if (effect.n < MIN_PAIRS) {
    notes.push({
      code: 'few-pairs',
      message: `${effect.n} runs of each are too few to call anything better.`,
    });
    return 'inconclusive';
  }
  if (effect.t < effect.limit) return 'inconclusive';
  notes.push({
    code: 'optimistic',
    message: 'Gains reported at acceptance are optimistic; the shrunken gain corrects for that.',
  });
  return 'better';
}

function summarize(values: readonly number[]): ArmSummary {
  return { n: values.length, mean: meanOf(values), sd: values.length > 1 ? standardDeviation(values) : null };
}
