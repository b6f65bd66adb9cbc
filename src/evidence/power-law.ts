/**
 * Extrapolates a learning curve: y = a − b·t^−c, c on a fixed grid, a and b by least squares (Domhan et al. 2015 use
 * this family as pow3). t: position in evaluations, from 1; the exponent with the smallest residuals wins.
 */
export interface PowerLawFit {
  /** Value predicted at the end. */
  predicted: number;
  /** Residual standard deviation, three parameters taken off. */
  residualSd: number;
  exponent: number;
}

const EXPONENTS = [0.2, 0.4, 0.6, 0.8, 1, 1.3, 1.7, 2.2, 3];
const MIN_POINTS = 5;

/** t, y: the curve so far [n]; end: the t to predict at. Undefined for fewer than MIN_POINTS points. */
export function fitPowerLaw(
  t: readonly number[],
  y: readonly number[],
  end: number,
): PowerLawFit | undefined {
  const n = y.length;
  if (n < MIN_POINTS) return undefined;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let best: PowerLawFit | undefined;
  let fewest = Infinity;
  for (const exponent of EXPONENTS) {
    const u = t.map((value) => value ** -exponent);
    const meanU = u.reduce((sum, value) => sum + value, 0) / n;
    let uu = 0;
    let uy = 0;
    for (let i = 0; i < n; i++) {
      uu += ((u[i] as number) - meanU) ** 2;
      uy += ((u[i] as number) - meanU) * ((y[i] as number) - meanY);
    }
    if (!(uu > 0)) continue;
    const slope = uy / uu;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      squares += ((y[i] as number) - meanY - slope * ((u[i] as number) - meanU)) ** 2;
    }
    if (squares < fewest) {
      fewest = squares;
      best = {
        predicted: meanY + slope * (end ** -exponent - meanU),
        residualSd: Math.sqrt(squares / (n - 3)),
        exponent,
      };
    }
  }
  return best;
}
