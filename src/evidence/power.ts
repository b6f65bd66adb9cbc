/**
 * What a sequential design can see: the probability that it accepts a true effect, and the pairs it takes to decide.
 *
 * d: true mean of the paired differences in units of their standard deviation. With uncorrelated seeds an effect of g
 * seed standard deviations σ is d = g/√2. Figures: power-table.ts, simulated.
 */
import { noncentralTSf } from '../math/noncentral-t.ts';
import { normalCdf, normalQuantile } from '../math/normal.ts';
import { type Limits, limitsFor } from './limits.ts';
import { ALPHAS } from './limits-table.ts';
import { ACCEPTED, EFFECTS, PAIRS } from './power-table.ts';

export interface Detectable {
  power: number;
  /** In standard deviations of the paired differences. */
  d: number;
  /** In units of the metric; null where their spread is not known yet. */
  effect: number | null;
}

export interface PowerRow {
  d: number;
  accepted: number;
  meanPairs: number;
}

/** P(better) at a true effect d. */
export function acceptProbability(plannedPairs: number, alpha: number, d: number): number {
  const limits = limitsFor(plannedPairs, alpha);
  const row = tableRow(ACCEPTED, limits);
  if (!row) return lastLookPower(limits, d);
  if (d >= 0) return interpolate(row, d);
  // Harmful changes: the probit of the curve is nearly straight around 0, so it is continued as its own mirror image.
  return normalCdf(2 * normalQuantile(row[0] as number) - normalQuantile(interpolate(row, -d)));
}

/** Mean number of pairs until the verdict at a true effect d; null below the tabulated levels. */
export function meanPairs(plannedPairs: number, alpha: number, d: number): number | null {
  const row = tableRow(PAIRS, limitsFor(plannedPairs, alpha));
  return row ? interpolate(row, d) : null;
}

/** What could and could not have been seen, for each effect. */
export function powerTable(
  plannedPairs: number,
  alpha: number,
  effects: readonly number[] = [0, 0.25, 0.5, 0.75, 1, 1.5, 2],
): PowerRow[] {
  return effects.map((d) => ({
    d,
    accepted: acceptProbability(plannedPairs, alpha, d),
    meanPairs: meanPairs(plannedPairs, alpha, d) ?? plannedPairs,
  }));
}

/** The smallest effect that is accepted with probability `power`; `sd`: spread of the paired differences. */
export function detectableEffect(
  plannedPairs: number,
  alpha: number,
  sd: number | null,
  power = 0.8,
): Detectable {
  const limits = limitsFor(plannedPairs, alpha);
  const row = tableRow(ACCEPTED, limits);
  const d = row ? crossing(row, power) : lastLookCrossing(limits, power);
  return { power, d, effect: sd === null ? null : d * sd };
}

function tableRow(
  table: Readonly<Record<number, readonly (readonly number[])[]>>,
  limits: Limits,
): readonly number[] | undefined {
  const index = ALPHAS.findIndex((level) => level === limits.alphaUsed);
  return table[limits.plannedPairs]?.[index];
}

function interpolate(row: readonly number[], d: number): number {
  const next = EFFECTS.findIndex((effect) => effect > d);
  if (next === 0) return row[0] as number;
  if (next < 0) return row.at(-1) as number;
  const from = EFFECTS[next - 1] as number;
  const share = (d - from) / ((EFFECTS[next] as number) - from);
  return (row[next - 1] as number) * (1 - share) + (row[next] as number) * share;
}

/** The effect at which a row of accepted shares reaches `power`. */
function crossing(row: readonly number[], power: number): number {
  const next = row.findIndex((accepted) => accepted >= power);
  if (next < 0) return Infinity;
  if (next === 0) return EFFECTS[0] as number;
  const below = row[next - 1] as number;
  const from = EFFECTS[next - 1] as number;
  const share = (power - below) / ((row[next] as number) - below);
  return from + share * ((EFFECTS[next] as number) - from);
}

function lastLookCrossing(limits: Limits, power: number): number {
  let low = 0;
  let high = 1;
  while (lastLookPower(limits, high) < power && high < 1e9) high *= 2;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (lastLookPower(limits, middle) < power) low = middle;
    else high = middle;
  }
  return high;
}

/** Power of the last look alone: a little below that of the whole design. */
function lastLookPower(limits: Limits, d: number): number {
  const n = limits.plannedPairs;
  return noncentralTSf(limits.efficacy.at(-1) as number, n - 1, d * Math.sqrt(n));
}
