import { normalLogMass } from '../../../math/truncated-normal.ts';
import type { Mixture } from './mixture.ts';
import { cellOf, type Scale } from './scale.ts';

/** A kernel e^40 times smaller than the largest one cannot be seen in the sum. */
const INVISIBLE = 40;

/** The log density of a mixture at a point, on the scales. Kernels are left as soon as they cannot matter any more. */
export function createLogDensity(
  mixture: Mixture,
  scales: readonly Scale[],
): (x: ArrayLike<number>) => number {
  const { size, constants, continuous, means, precisions, categorical, gridded } = mixture;
  const width = continuous.length;
  const point = new Float64Array(width);
  const shares = gridded.map(({ mean }) => new Float64Array(mean.length));
  return (x) => {
    for (let c = 0; c < width; c++) point[c] = x[continuous[c] as number] as number;
    const cells = gridded.map(({ at }) => cellOf(scales[at] as Scale, x[at] as number));
    for (const share of shares) share.fill(Number.NaN);
    let best = -Infinity;
    let floor = -Infinity;
    let sum = 0;
    // The prior first: it is never far away, so that far kernels are left early.
    for (let kernel = size - 1; kernel >= 0; kernel--) {
      let term = constants[kernel] as number;
      const offset = kernel * width;
      for (let c = 0; c < width; c++) {
        const z = ((point[c] as number) - (means[offset + c] as number)) * (precisions[offset + c] as number);
        term -= 0.5 * z * z;
        if (term < floor) break;
      }
      if (term < floor) continue;
      for (let k = 0; k < categorical.length; k++) {
        const { at, choices, own, other, uniform } = categorical[k] as Mixture['categorical'][number];
        const choice = choices[kernel] as number;
        term += choice === x[at] ? own : choice < 0 ? uniform : other;
      }
      if (term < floor) continue;
      for (let g = 0; g < gridded.length; g++) {
        const { entry, mean, sigma } = gridded[g] as Mixture['gridded'][number];
        const share = shares[g] as Float64Array;
        const at = entry[kernel] as number;
        let mass = share[at] as number;
        if (Number.isNaN(mass)) {
          const [left, right] = cells[g] as readonly [number, number];
          const center = mean[at] as number;
          const spread = sigma[at] as number;
          mass = normalLogMass((left - center) / spread, (right - center) / spread);
          share[at] = mass;
        }
        term += mass;
      }
      if (term > best) {
        sum = sum * Math.exp(best - term) + 1;
        best = term;
        floor = term - INVISIBLE;
      } else if (term > floor) sum += Math.exp(term - best);
    }
    return best + Math.log(sum);
  };
}
