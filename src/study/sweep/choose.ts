import { orientedDifference } from '../../evidence/outcome.ts';
import type { Goal } from '../../metrics/_contract.ts';
import type { Candidate } from './ledger.ts';

/**
 * Posterior means of configurations, so that one lucky run is not taken for a good configuration.
 *
 * y_ij = μ_i + ε_ij, ε ~ N(0, σ²), μ_i ~ N(m, τ²); i: configuration, j: seed, n_i: seeds of i. σ² is pooled over the
 * configurations with several seeds, m and τ² come from the means by moments (empirical Bayes; Efron & Morris 1973).
 * Without a configuration of several seeds σ is not known, and means stand as they are.
 */
export interface Ranked {
  candidate: Candidate;
  /** Mean over its complete runs. */
  mean: number;
  n: number;
  /** Shrunken towards the others as far as noise makes it likely that luck is in it. */
  posterior: number;
  /** Standard deviation of the posterior; null where the noise is not known. */
  sd: number | null;
}

export function rankCandidates(candidates: readonly Candidate[], goal: Goal): Ranked[] {
  const complete = candidates.flatMap((candidate) => {
    const { value, runs } = candidate.search;
    const values = runs.flatMap((run) => (run.state === 'complete' && run.value !== null ? [run.value] : []));
    return value === null || values.length === 0
      ? []
      : [{ candidate, mean: value, values, n: values.length }];
  });
  const noise = pooledVariance(complete.map(({ values }) => values));
  const { center, spread } = momentsOf(complete, noise ?? 0);
  return complete
    .map(({ candidate, mean, n }): Ranked => {
      if (noise === null || noise === 0) return { candidate, mean, n, posterior: mean, sd: noise };
      const weight = spread / (spread + noise / n);
      const posterior = center + weight * (mean - center);
      return { candidate, mean, n, posterior, sd: Math.sqrt(weight * (noise / n)) };
    })
    .sort((a, b) => orientedDifference(a.posterior, b.posterior, goal) || b.n - a.n);
}

function pooledVariance(groups: readonly (readonly number[])[]): number | null {
  let sum = 0;
  let freedom = 0;
  for (const values of groups) {
    if (values.length < 2) continue;
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    for (const value of values) sum += (value - mean) ** 2;
    freedom += values.length - 1;
  }
  return freedom === 0 ? null : sum / freedom;
}

/** The centre and the variance of the true means. */
function momentsOf(
  complete: readonly { mean: number; n: number }[],
  noise: number,
): { center: number; spread: number } {
  if (complete.length === 0) return { center: 0, spread: 0 };
  const means = complete.map(({ mean }) => mean);
  const center = means.reduce((a, b) => a + b, 0) / means.length;
  const between = means.reduce((sum, mean) => sum + (mean - center) ** 2, 0) / Math.max(1, means.length - 1);
  const within = complete.reduce((sum, { n }) => sum + noise / n, 0) / complete.length;
  return { center, spread: Math.max(0, between - within) };
}
