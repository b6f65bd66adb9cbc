/** One logged quantity by epoch; finite values only. */
export interface Spot {
  epoch: number;
  value: number;
}
export type Series = readonly Spot[];

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export const valuesOf = (series: Series): number[] => series.map(({ value }) => value);

/** The last share of a series, at least `least` spots of it. */
export function tail(series: Series, share: number, least = 3): Series {
  return series.slice(-Math.max(least, Math.ceil(series.length * share)));
}

/** Change per epoch: the median of the slopes between all pairs (Theil 1950, Sen 1968); deaf to single outliers. */
export function slopeOf(series: Series): number {
  const spots =
    series.length > 200 ? series.filter((_, i) => i % Math.ceil(series.length / 200) === 0) : series;
  const slopes: number[] = [];
  for (let i = 0; i < spots.length; i++)
    for (let j = i + 1; j < spots.length; j++) {
      const a = spots[i] as Spot;
      const b = spots[j] as Spot;
      if (b.epoch > a.epoch) slopes.push((b.value - a.value) / (b.epoch - a.epoch));
    }
  return slopes.length === 0 ? 0 : median(slopes);
}

/** Mean of the last few values: what a curve has come to. */
export function settled(series: Series, count = 3): number {
  return median(valuesOf(series.slice(-count)));
}

/**
 * Epoch-to-epoch scatter, trend taken out: each value against the mean of its neighbours. For independent noise of
 * standard deviation σ that difference has √1.5 σ; 1.48 turns a median absolute deviation into a standard deviation.
 */
export function roughness(series: Series): number {
  const jumps: number[] = [];
  for (let i = 1; i + 1 < series.length; i++) {
    const [before, here, after] = [series[i - 1], series[i], series[i + 1]] as [Spot, Spot, Spot];
    jumps.push(Math.abs(here.value - (before.value + after.value) / 2));
  }
  return jumps.length < 3 ? Number.NaN : (1.4826 * median(jumps)) / Math.sqrt(1.5);
}

/**
 * Standard deviation by the same differences, all of them: single outliers count, and a bend of the curve does not, which
 * a straight line through it takes for scatter.
 */
export function unevenness(series: Series): number {
  let squares = 0;
  let count = 0;
  for (let i = 1; i + 1 < series.length; i++) {
    const [before, here, after] = [series[i - 1], series[i], series[i + 1]] as [Spot, Spot, Spot];
    squares += (here.value - (before.value + after.value) / 2) ** 2;
    count++;
  }
  return count < 3 ? Number.NaN : Math.sqrt(squares / count / 1.5);
}

/** Standard deviation around a straight line through the series. */
export function scatter(series: Series): number {
  const slope = slopeOf(series);
  const rest = series.map(({ epoch, value }) => value - slope * epoch);
  const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
  return rest.length < 3
    ? Number.NaN
    : Math.sqrt(rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rest.length - 2));
}

/** Share of a curve's movement that goes up: 0 for a steady fall, ½ for noise on the spot. */
export function risingShare(series: Series): number {
  let up = 0;
  let all = 0;
  for (let i = 1; i < series.length; i++) {
    const step = (series[i] as Spot).value - (series[i - 1] as Spot).value;
    if (step > 0) up += step;
    all += Math.abs(step);
  }
  return all === 0 ? 0 : up / all;
}

/** The spot with the least value; the first of several. */
export function lowest(series: Series): Spot | undefined {
  let best = series[0];
  for (const spot of series) if (best && spot.value < best.value) best = spot;
  return best;
}
