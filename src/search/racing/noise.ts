/**
 * How much of the difference between configurations is the luck of the seed?
 *
 * Configuration i has n_i runs of mean ȳ_i. Noise σ²: pooled within configurations that have several seeds, with weight on
 * the good ones, since bad configurations often scatter more and nobody chooses among them.
 */
export interface Sampled {
  /** Its place in whatever list it comes from. */
  readonly index: number;
  /** To maximize. */
  readonly mean: number;
  readonly runs: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
}

export function sampledOf(index: number, values: readonly number[]): Sampled {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { index, mean, runs: values.length, squares };
}

export interface Noise {
  /** Standard deviation of a single run. */
  readonly sd: number;
  /** Degrees of freedom it rests on; 0: it is a guess, a third of the spread of the better half. */
  readonly freedom: number;
}

/**
 * Up to so many degrees of freedom the guess fills what is missing; from there on what was measured counts alone: where luck
 * is most of the spread, the guess is far too low, and a noise that is taken too low flatters whoever was lucky.
 */
const ENOUGH_FREEDOM = 3;

/** `spent`: degrees of freedom that went into what was taken out of the values before. */
export function noiseOf(sampled: readonly Sampled[], spent = 0): Noise {
  const ranked = [...sampled].sort((a, b) => b.mean - a.mean);
  const half = ranked.slice(0, Math.max(2, Math.ceil(ranked.length / 2)));
  const guess = spreadOf(half.map(({ mean }) => mean)) / 3;
  let squares = 0;
  let freedom = 0;
  ranked.forEach(({ runs, squares: own }, rank) => {
    if (runs < 2) return;
    const weight = rank < half.length ? 1 : 0.25;
    squares += weight * own;
    freedom += weight * (runs - 1);
  });
  freedom = Math.max(0, freedom - spent);
  if (freedom === 0) return { sd: guess, freedom };
  const missing = Math.max(0, ENOUGH_FREEDOM - freedom);
  const variance = (squares + missing * guess ** 2) / (freedom + missing);
  return { sd: Math.sqrt(variance), freedom };
}

function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
