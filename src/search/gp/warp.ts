/**
 * Scores on a scale where the good ones differ: linear from the best down to the median, logarithmic below, so that one
 * collapsed training does not flatten everything else. u: scores [n]; z = (u − median) / (best − median), and
 * z < 0 becomes −log(1 − z).
 */
export interface Warp {
  readonly apply: (score: number) => number;
  readonly invert: (z: number) => number;
}

export function warpOf(scores: readonly number[]): Warp {
  const finite = scores.filter(Number.isFinite).sort((a, b) => a - b);
  const best = finite.at(-1) ?? 0;
  const median = finite[Math.floor((finite.length - 1) / 2)] ?? 0;
  const worst = finite[0] ?? 0;
  const spread = best - median || best - worst || 1;
  return {
    apply: (score) => {
      // NaN and infinities: as bad as the worst that was seen.
      const z = ((Number.isFinite(score) ? score : worst) - median) / spread;
      return z < 0 ? -Math.log1p(-z) : z;
    },
    invert: (z) => median + spread * (z < 0 ? -Math.expm1(-z) : z),
  };
}
