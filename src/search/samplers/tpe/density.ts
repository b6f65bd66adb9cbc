import { normalLogMass } from '../../../math/truncated-normal.ts';
import type { Gridded, Mixture } from './mixture.ts';
import { cellOf, type Scale } from './scale.ts';

/** A kernel e^40 times smaller than the largest one cannot be seen in the sum. */
const INVISIBLE = 40;
/** Of grids up to this size the cells' shares are kept from candidate to candidate. */
const SMALL_GRID = 64;
/** Log of a share that is taken for 0: products of such would be denormal numbers, which take ten times as long. */
const NOTHING = -230;

/**
 * The log density of a mixture at a point, on the scales: log Σ_k e^(c_k − q_k) Π_g s_gk Π_c p_ck, with q_k half the squared
 * distance along continuous parameters, s_gk the share of a grid's cell, p_ck that of a choice. Shares are multiplied, so
 * that a kernel costs one exponential; kernels are left as soon as they cannot matter any more.
 */
export function createLogDensity(
  mixture: Mixture,
  scales: readonly Scale[],
): (x: ArrayLike<number>) => number {
  const { size, constants, continuous, means, precisions, categorical, gridded } = mixture;
  const width = continuous.length;
  const point = new Float64Array(width);
  let shift = -Infinity;
  for (let kernel = 0; kernel < size; kernel++) shift = Math.max(shift, constants[kernel] as number);
  // Where nothing is continuous no kernel is far: all of them, parameter by parameter.
  const heights = new Float64Array(width === 0 ? size : 0);
  for (let kernel = 0; kernel < heights.length; kernel++)
    heights[kernel] = Math.exp((constants[kernel] as number) - shift);
  const products = new Float64Array(heights.length);
  const grids = gridded.map((grid) => new CellShares(grid, scales[grid.at] as Scale));
  const shares: Float64Array[] = grids.map(({ none }) => none);
  const choices = categorical.map((each) => ({
    ...each,
    own: Math.exp(each.own),
    other: Math.exp(each.other),
    uniform: Math.exp(each.uniform),
  }));
  const sumOfProducts = (x: ArrayLike<number>): number => {
    products.set(heights);
    for (const { at, choices: chosen, own, other, uniform } of choices)
      multiplyByChoice(products, size, chosen, x[at] as number, own, other, uniform);
    for (let g = 0; g < grids.length; g++)
      multiplyByShare(products, size, grids[g] as CellShares, shares[g] as Float64Array);
    let sum = 0;
    for (let kernel = 0; kernel < size; kernel++) sum += products[kernel] as number;
    return sum;
  };
  return (x) => {
    for (let c = 0; c < width; c++) point[c] = x[continuous[c] as number] as number;
    for (let g = 0; g < grids.length; g++) {
      const grid = grids[g] as CellShares;
      shares[g] = grid.at(x[grid.grid.at] as number);
    }
    if (width === 0) return shift + Math.log(sumOfProducts(x));
    let best = 0;
    let floor = -Infinity;
    let sum = 0;
    // The prior first: it is never far away, so that far kernels are left early.
    for (let kernel = size - 1; kernel >= 0; kernel--) {
      let term = (constants[kernel] as number) - shift;
      const offset = kernel * width;
      for (let c = 0; c < width; c++) {
        const z = ((point[c] as number) - (means[offset + c] as number)) * (precisions[offset + c] as number);
        term -= 0.5 * z * z;
        if (term < floor) break;
      }
      if (term < floor) continue;
      let height = Math.exp(term);
      for (let k = 0; k < choices.length; k++) {
        const { at, choices: chosen, own, other, uniform } = choices[k] as Mixture['categorical'][number];
        const choice = chosen[kernel] as number;
        height *= choice === x[at] ? own : choice < 0 ? uniform : other;
      }
      for (let g = 0; g < grids.length; g++) {
        const grid = grids[g] as CellShares;
        const entry = grid.grid.entry[kernel] as number;
        const share = (shares[g] as Float64Array)[entry] as number;
        height *= share >= 0 ? share : grid.fill(shares[g] as Float64Array, entry);
      }
      sum += height;
      if (height > best) {
        best = height;
        floor = Math.log(best) - INVISIBLE;
      }
    }
    return shift + Math.log(sum);
  };
}

function multiplyByChoice(
  products: Float64Array,
  size: number,
  choices: Int32Array,
  choice: number,
  own: number,
  other: number,
  uniform: number,
): void {
  for (let kernel = 0; kernel < size; kernel++) {
    const mine = choices[kernel] as number;
    products[kernel] = (products[kernel] as number) * (mine === choice ? own : mine < 0 ? uniform : other);
  }
}

function multiplyByShare(products: Float64Array, size: number, grid: CellShares, shares: Float64Array): void {
  const { entry } = grid.grid;
  for (let kernel = 0; kernel < size; kernel++) {
    const at = entry[kernel] as number;
    const share = shares[at] as number;
    products[kernel] = (products[kernel] as number) * (share >= 0 ? share : grid.fill(shares, at));
  }
}

/** The share that each kernel gives to a cell, by entry of the grid; computed when first asked for. */
class CellShares {
  readonly grid: Gridded;
  readonly #scale: Scale;
  readonly #kept = new Map<number, Float64Array>();
  readonly none: Float64Array;
  #left = 0;
  #right = 0;

  constructor(grid: Gridded, scale: Scale) {
    this.grid = grid;
    this.#scale = scale;
    this.none = new Float64Array(grid.mean.length);
  }

  /** Shares of the cell at x; below 0 where `fill` has not been asked. */
  at(x: number): Float64Array {
    [this.#left, this.#right] = cellOf(this.#scale, x);
    if (this.#scale.size > SMALL_GRID) return this.none.fill(-1);
    let shares = this.#kept.get(x);
    if (shares === undefined) this.#kept.set(x, (shares = new Float64Array(this.none.length).fill(-1)));
    return shares;
  }

  fill(shares: Float64Array, entry: number): number {
    const mean = this.grid.mean[entry] as number;
    const sigma = this.grid.sigma[entry] as number;
    const mass = normalLogMass((this.#left - mean) / sigma, (this.#right - mean) / sigma);
    const share = mass < NOTHING ? 0 : Math.exp(mass);
    shares[entry] = share;
    return share;
  }
}
