/**
 * What further runs are worth: by how much the value of the configuration finally chosen is expected to rise, per run.
 *
 * One configuration has belief N(m, v); the best of the others is b. k more runs of variance σ² move its mean by
 * s̃ = v / √(v + σ²/k); the gain is s̃·f(−|m − b| / s̃), f(z) = φ(z) + z·Φ(z). Taking the best k makes a change of mind that
 * needs several runs visible (Frazier & Powell 2010, KG(*)).
 */
import { normalCdf, normalPdf } from '../../math/normal.ts';

const MOST_RUNS = 8;

export function worthOfRuns(
  mean: number,
  variance: number,
  best: number,
  sd: number,
  mostRuns = MOST_RUNS,
): number {
  if (variance <= 0) return 0;
  let worth = 0;
  for (let k = 1; k <= mostRuns; k++) {
    const move = variance / Math.sqrt(variance + sd ** 2 / k);
    worth = Math.max(worth, gainOf(mean - best, move) / k);
  }
  return worth;
}

/** The same for a configuration that does not exist yet: it is only taken where it turns out better. */
export function worthOfNew(
  mean: number,
  variance: number,
  best: number,
  sd: number,
  mostRuns = MOST_RUNS,
): number {
  let worth = 0;
  for (let k = 1; k <= mostRuns; k++) {
    const move = variance / Math.sqrt(variance + sd ** 2 / k || 1);
    worth = Math.max(worth, improvementOf(mean - best, move) / k);
  }
  return worth;
}

function gainOf(lead: number, move: number): number {
  const z = -Math.abs(lead) / move;
  return move * (normalPdf(z) + z * normalCdf(z));
}

function improvementOf(lead: number, move: number): number {
  if (move <= 0) return Math.max(0, lead);
  const z = lead / move;
  return move * (normalPdf(z) + z * normalCdf(z));
}
