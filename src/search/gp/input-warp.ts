/**
 * Inputs on a scale that the kernel's single length per dimension suits: w(x) = 1 − (1 − x^a)^b on [0, 1], the distribution
 * function of Kumaraswamy; a < 1 stretches the low end, b < 1 the high one. Snoek et al. 2014 (arXiv 1402.0929).
 */
export interface Shape {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

export function warp(x: number, a: number, b: number): number {
  if (!(x > 0 && x < 1) || (a === 1 && b === 1)) return x;
  return 1 - (1 - x ** a) ** b;
}

/** ∂w/∂a and ∂w/∂b. */
export function partials(x: number, a: number, b: number): readonly [number, number] {
  if (!(x > 0 && x < 1)) return [0, 0];
  const power = x ** a;
  const rest = 1 - power;
  if (rest <= 0) return [0, 0];
  const raised = rest ** b;
  return [b * (raised / rest) * power * Math.log(x), -raised * Math.log(rest)];
}

/** ∂w/∂x. */
export function steepness(x: number, a: number, b: number): number {
  if (!(x > 0 && x < 1) || (a === 1 && b === 1)) return 1;
  return a * b * x ** (a - 1) * (1 - x ** a) ** (b - 1);
}
