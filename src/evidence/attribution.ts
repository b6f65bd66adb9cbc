/**
 * Which of the k changes helped? Leave-one-out arms, judged by the Bayesian main + two-way model.
 *
 * Effect of change i in the company of the others: c_iᵀm ± z·√(c_iᵀ P c_i), c_i = x(all) − x(all ∖ i). z: 90 % quantile, 1.645
 * for a known σ; Student's t for the few degrees of freedom that σ is estimated with (1.645 covers only 85 % then).
 * helped: the interval lies above 0; hurt: below; else undetermined. Shapley_i = main_i + ½ Σ_j interaction_ij.
 * A change is advised to be dropped only when P(without it is better) > 0.8: reverting every negative estimate is often
 * worse than keeping all. The pruned set is a new trial that must pass the sequential test itself.
 */
import type { Goal } from '../metrics/_contract.ts';
import { normalCdf } from '../math/normal.ts';
import { studentTQuantile } from '../math/student-t.ts';
import { contrast, contrastOf, fitPosterior, type Posterior } from './attribution-model.ts';
import { meanOf } from './effect.ts';
import { evidenceError } from './errors.ts';
import { orientedDifference, valueOf } from './outcome.ts';
import { resolutionOf } from './resolution.ts';
import { estimateSeedVariance } from './seed-variance.ts';

export interface ArmRun {
  /** Which changes this arm has, in the order of the change list. */
  on: readonly boolean[];
  seed: number;
  value: number;
}

export interface AttributionQuestion {
  /** One entry per change; inert ones (the trainer ignores them) are reported, not estimated. */
  changes: readonly { isInert?: boolean }[];
  runs: readonly ArmRun[];
  goal: Goal;
  resolution?: number;
  /** Seed standard deviation of one run, where the runs at hand repeat no arm. */
  sigma?: number;
}

export type ChangeLabel = 'helped' | 'hurt' | 'undetermined' | 'inert';

export interface ChangeEffect {
  /** Position in the change list. */
  change: number;
  label: ChangeLabel;
  /** In units of the metric, + is better; null for inert changes. */
  effect: number | null;
  low: number | null;
  high: number | null;
  shapley: number | null;
  /** Probability that the trial is better without this change. */
  pWithoutBetter: number | null;
  /** Among the changes to drop. */
  isDropped: boolean;
}

export interface Attribution {
  effects: ChangeEffect[];
  /** Positions of the changes to drop; the rest is a new trial to be tested. Empty: keep all. */
  drop: number[];
  /** Probability that the pruned set beats the full one; null where nothing is dropped. */
  pPrunedBetter: number | null;
  /** Seed sd of one run, and of the part that all arms of a seed share. */
  sigma: number;
  tau: number;
  degreesOfFreedom: number;
  /** κ, the width of the prior in σ. */
  priorScale: number;
}

const CONFIDENCE = 0.9;
const DROP_PROBABILITY = 0.8;

export function attribute(question: AttributionQuestion): Attribution {
  const { changes, goal } = question;
  checkRuns(question);
  const active = changes.flatMap(({ isInert }, index) => (isInert ? [] : [index]));
  const runs = question.runs.map(({ on, seed, value }) => ({
    on: active.map((index) => on[index] as boolean),
    seed,
    value: orientedDifference(0, value, goal),
  }));
  const resolution = resolutionOf(
    question.resolution,
    runs.map(({ value }) => value),
  );
  const noise = estimateSeedVariance(runs.map(({ on, seed, value }) => ({ arm: on.join(), seed, value })));
  const estimated = noise.sigma ?? question.sigma;
  if (estimated === undefined) {
    throw evidenceError(
      'EVIDENCE_ARMS_INVALID',
      'No arm was run on two seeds: the noise of a run is unknown.',
      {
        remedy: 'Run the baseline and the optimized trial on at least two seeds.',
      },
    );
  }
  const sigma = Math.max(estimated, resolution);
  const plain = runs.filter(({ on }) => !on.includes(true));
  const center = meanOf((plain.length > 0 ? plain : runs).map(({ value }) => value));
  const posterior = fitPosterior(
    runs,
    runs.map(({ value }) => value - center),
    sigma,
    noise.tau,
  );
  const all = active.map(() => true);
  const z = studentTQuantile(0.5 + CONFIDENCE / 2, noise.degreesOfFreedom || Infinity);
  const pruned = chooseDrop(posterior, all);
  const shares = shapley(posterior, active.length);
  const effects = changes.map((_change, change): ChangeEffect => {
    const position = active.indexOf(change);
    if (position < 0) return inertEffect(change);
    const { mean, sd } = contrastOf(posterior, contrast(all, without(all, position)));
    const [low, high] = [mean - z * sd, mean + z * sd];
    return {
      change,
      label: low > 0 ? 'helped' : high < 0 ? 'hurt' : 'undetermined',
      effect: mean,
      low,
      high,
      shapley: shares[position] as number,
      pWithoutBetter: normalCdf(-mean / sd),
      isDropped: pruned.drop.includes(position),
    };
  });
  return {
    effects,
    drop: pruned.drop.map((position) => active[position] as number).toSorted((a, b) => a - b),
    pPrunedBetter: pruned.p,
    sigma,
    tau: noise.tau,
    degreesOfFreedom: noise.degreesOfFreedom,
    priorScale: posterior.priorScale,
  };
}

/** Drops changes one by one, surest first, while both the step and the whole pruning are probably better. */
function chooseDrop(posterior: Posterior, all: readonly boolean[]): { drop: number[]; p: number | null } {
  const drop: number[] = [];
  let kept = [...all];
  let p: number | null = null;
  for (;;) {
    let best: { position: number; step: number; total: number } | undefined;
    for (const position of kept.keys()) {
      if (!kept[position] || kept.filter(Boolean).length === 1) continue;
      const next = without(kept, position);
      const step = probabilityBetter(posterior, next, kept);
      const total = probabilityBetter(posterior, next, all);
      if (step > DROP_PROBABILITY && total > DROP_PROBABILITY && step > (best?.step ?? 0)) {
        best = { position, step, total };
      }
    }
    if (!best) return { drop, p };
    drop.push(best.position);
    kept = without(kept, best.position);
    p = best.total;
  }
}

function probabilityBetter(posterior: Posterior, a: readonly boolean[], b: readonly boolean[]): number {
  const { mean, sd } = contrastOf(posterior, contrast(a, b));
  return normalCdf(mean / sd);
}

function without(on: readonly boolean[], position: number): boolean[] {
  return on.map((value, i) => value && i !== position);
}

/** Shapley_i = main_i + ½ Σ_j interaction_ij [k]. */
function shapley({ mean }: Posterior, k: number): number[] {
  const shares = Array.from({ length: k }, (_, i) => mean[1 + i] as number);
  let next = 1 + k;
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const half = (mean[next++] as number) / 2;
      shares[i]! += half;
      shares[j]! += half;
    }
  }
  return shares;
}

function inertEffect(change: number): ChangeEffect {
  return {
    change,
    label: 'inert',
    effect: null,
    low: null,
    high: null,
    shapley: null,
    pWithoutBetter: null,
    isDropped: false,
  };
}

function checkRuns({ changes, runs }: AttributionQuestion): void {
  const refuse = (message: string): never => {
    throw evidenceError('EVIDENCE_ARMS_INVALID', message);
  };
  if (runs.length === 0) refuse('There is no run to attribute effects from.');
  if (changes.every(({ isInert }) => isInert))
    refuse('Every change is inert: there is nothing to attribute.');
  const seen = new Set<string>();
  for (const { on, seed, value } of runs) {
    valueOf(value, `an arm, seed ${seed}`);
    if (on.length !== changes.length) refuse(`An arm names ${on.length} changes, not ${changes.length}.`);
    const key = `${on.join()}|${seed}`;
    if (seen.has(key)) refuse(`An arm has seed ${seed} twice.`);
    seen.add(key);
  }
  const full = runs.some(({ on }) => on.every((value, i) => value || changes[i]?.isInert));
  if (!full) refuse('No run has all changes: there is nothing to leave one out of.');
}
