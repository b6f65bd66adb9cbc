/** Horner's rule. c: coefficients, highest power first; returns c[0]·x^(m−1) + … + c[m−1]. */
export function polynomial(c: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of c) sum = sum * x + coefficient;
  return sum;
}
