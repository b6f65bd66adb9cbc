import type { Point } from '../../metrics/_contract.ts';

/** One place of a drawn line; a null breaks it (NaN and infinities were logged there). */
export interface Spot {
  x: number;
  y: number | null;
}
export type Line = Spot[];
export type Axis = 'epoch' | 'step' | 'row';

/** What the horizontal axis counts: epochs where all curves have them and log about once per epoch, else steps, else rows. */
export function chooseAxis(curves: readonly (readonly Point[])[], metric: string): Axis {
  const logged = curves
    .map((points) => points.filter((point) => metric in point.values))
    .filter((points) => points.length > 0);
  const every = (key: 'epoch' | 'step'): boolean =>
    logged.every((points) => points.every((point) => point[key] !== null));
  if (logged.length === 0) return 'epoch';
  const isOncePerEpoch = logged.every(
    (points) => points.length <= 1.5 * new Set(points.map((point) => point.epoch)).size,
  );
  if (every('epoch') && (isOncePerEpoch || !every('step'))) return 'epoch';
  return every('step') ? 'step' : 'row';
}

/** Added to logged epochs so that the first one is 1, as everywhere in the report. */
export function epochShift(points: readonly Point[]): number {
  let first = Infinity;
  for (const { epoch } of points) {
    if (epoch === null) continue;
    if (!Number.isInteger(epoch)) return 0;
    if (epoch < first) first = epoch;
  }
  return first === 0 ? 1 : 0;
}

/**
 * One metric of one curve in drawing order. Where several values share a place (a loss logged by step over an
 * epoch axis), their mean stands for it.
 */
export function extractLine(points: readonly Point[], metric: string, axis: Axis, factor: number): Line {
  const shift = axis === 'epoch' ? epochShift(points) : 0;
  const places = new Map<number, { sum: number; n: number; isBroken: boolean }>();
  let row = 0;
  for (const point of points) {
    const value = point.values[metric];
    if (value === undefined) continue;
    row += 1;
    const at = axis === 'row' ? row : point[axis];
    if (at === null) continue;
    const x = at + shift;
    const place = places.get(x) ?? { sum: 0, n: 0, isBroken: false };
    if (Number.isFinite(value)) {
      place.sum += value * factor;
      place.n += 1;
    } else place.isBroken = true;
    places.set(x, place);
  }
  return [...places.entries()]
    .map(([x, { sum, n, isBroken }]) => ({ x, y: n === 0 || isBroken ? null : sum / n }))
    .sort((a, b) => a.x - b.x);
}

/** At most about `limit` spots that look the same: of each stretch the lowest and the highest stay, and every break. */
export function thinLine(line: Line, limit = 800): Line {
  if (line.length <= limit) return line;
  const size = Math.ceil((line.length * 2) / limit);
  const kept: Line = [line[0] as Spot];
  for (let start = 1; start < line.length - 1; start += size) {
    const stretch = line.slice(start, Math.min(start + size, line.length - 1));
    let low: { x: number; y: number } | undefined;
    let high: { x: number; y: number } | undefined;
    let gap: Spot | undefined;
    for (const spot of stretch) {
      if (spot.y === null) gap ??= spot;
      else {
        const here = { x: spot.x, y: spot.y };
        if (low === undefined || here.y < low.y) low = here;
        if (high === undefined || here.y > high.y) high = here;
      }
    }
    kept.push(...new Set([low, high, gap].filter((spot) => spot !== undefined).sort((a, b) => a.x - b.x)));
  }
  kept.push(line.at(-1) as Spot);
  return kept;
}

/** From this many spots on, a line is drawn as means of stretches: its own jitter would fill the picture. */
export const DENSE = 1200;

/** Means over stretches of a dense line; a break stays where a whole stretch is broken. */
export function smoothLine(line: Line, parts = 400): Line {
  if (line.length <= DENSE) return line;
  const size = Math.ceil(line.length / parts);
  return stretches(line, size).map((stretch) => {
    const known = stretch.flatMap((spot) => (spot.y === null ? [] : [spot.y]));
    const middle = stretch[stretch.length >> 1] as Spot;
    return {
      x: middle.x,
      y: known.length === 0 ? null : known.reduce((sum, y) => sum + y, 0) / known.length,
    };
  });
}

function stretches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

export interface BandSpot {
  x: number;
  low: number;
  high: number;
  mean: number;
}

/** A dense band with its extremes kept, and its means taken over stretches. */
export function thinBand(band: readonly BandSpot[], parts = 400): BandSpot[] {
  if (band.length <= DENSE) return [...band];
  return stretches(band, Math.ceil(band.length / parts)).map((stretch) => ({
    x: (stretch[stretch.length >> 1] as BandSpot).x,
    low: Math.min(...stretch.map((spot) => spot.low)),
    high: Math.max(...stretch.map((spot) => spot.high)),
    mean: stretch.reduce((sum, spot) => sum + spot.mean, 0) / stretch.length,
  }));
}

/** Minimum, maximum and mean over lines, as far as all of them go; between its spots a line is taken as straight. */
export function bandOf(lines: readonly Line[]): BandSpot[] {
  const whole = lines.map((line) => line.filter((spot): spot is { x: number; y: number } => spot.y !== null));
  if (whole.length < 2 || whole.some((line) => line.length === 0)) return [];
  const from = Math.max(...whole.map((line) => (line[0] as Spot).x));
  const to = Math.min(...whole.map((line) => (line.at(-1) as Spot).x));
  const places = [...new Set(whole.flatMap((line) => line.map((spot) => spot.x)))]
    .filter((x) => x >= from && x <= to)
    .sort((a, b) => a - b);
  const cursors = whole.map(() => 0);
  return places.map((x) => {
    const values = whole.map((line, index) => {
      let at = cursors[index] as number;
      while (at < line.length - 1 && (line[at + 1] as Spot).x <= x) at += 1;
      cursors[index] = at;
      const left = line[at] as { x: number; y: number };
      const right = line[at + 1];
      if (left.x === x || right === undefined) return left.y;
      return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
    });
    return {
      x,
      low: Math.min(...values),
      high: Math.max(...values),
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    };
  });
}
