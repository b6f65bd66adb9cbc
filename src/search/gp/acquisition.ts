/**
 * What a configuration promises: the log of its expected improvement on the best finished score, less where trials in other
 * slots will tell about their surroundings by themselves (local penalization, González et al. 2016, arXiv 1505.08052).
 */
import type { Ladder } from './ladder.ts';
import { logExpectedImprovement, slopesOfLogExpectedImprovement } from './expected-improvement.ts';

export interface Acquisition {
  at(x: Float64Array): number;
  /** The value at x; writes its derivatives along the inputs. Undefined where only values are to be had. */
  readonly slopes: ((x: Float64Array, gradient: Float64Array) => number) | undefined;
}

const DIFFERENCE = 1e-4;

/** `running`: the configurations in other slots. */
export function createAcquisition(
  ladder: Ladder,
  best: number,
  running: readonly Float64Array[],
): Acquisition {
  const penalty = (x: Float64Array): number =>
    running.reduce((sum, other) => sum + Math.log1p(-Math.min(1 - 1e-12, ladder.correlation(x, other))), 0);
  const slopesOf = ladder.slopes;
  return {
    at(x) {
      const { mean, variance } = ladder.predict(x);
      return logExpectedImprovement(mean, variance, best) + penalty(x);
    },
    slopes:
      slopesOf &&
      ((x, gradient) => {
        const slopes = { mean: new Float64Array(x.length), variance: new Float64Array(x.length) };
        const { mean, variance } = slopesOf(x, slopes);
        const [alongMean, alongVariance] = slopesOfLogExpectedImprovement(mean, variance, best);
        for (let k = 0; k < x.length; k++) {
          gradient[k] =
            alongMean * (slopes.mean[k] as number) + alongVariance * (slopes.variance[k] as number);
        }
        const value = logExpectedImprovement(mean, variance, best);
        return running.length === 0 ? value : value + addDifferences(penalty, x, gradient);
      }),
  };
}

/** The value at x, and its derivatives onto what the gradient holds. */
function addDifferences(f: (x: Float64Array) => number, x: Float64Array, gradient: Float64Array): number {
  const value = f(x);
  for (let k = 0; k < x.length; k++) {
    const at = x[k] as number;
    const step = at + DIFFERENCE > 1 ? -DIFFERENCE : DIFFERENCE;
    x[k] = at + step;
    gradient[k]! += (f(x) - value) / step;
    x[k] = at;
  }
  return value;
}
