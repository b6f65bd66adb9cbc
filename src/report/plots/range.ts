import type { Line } from './line.ts';

/** A drawn axis: the shown stretch of values, and where it is labelled. */
export interface Range {
  low: number;
  high: number;
  ticks: number[];
  isLog: boolean;
  /** Some values lie below or above what is shown. */
  isCut: 'below' | 'above' | null;
}

/** Below that a difference is none: steps between such values cannot be told from zero. */
const TINY = 1e-300;

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

export function linearTicks(low: number, high: number, count: number): number[] {
  if (high - low <= TINY) return [];
  const step = niceStep((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Lowest and highest of the numbers on `lines`; undefined where there is none. */
function extremes(lines: readonly Line[]): { low: number; high: number } | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const line of lines) {
    for (const { y } of line) {
      if (y === null) continue;
      if (y < low) low = y;
      if (y > high) high = y;
    }
  }
  return low <= high ? { low, high } : undefined;
}

const lateHalves = (lines: readonly Line[]): Line[] => lines.map((line) => line.slice(line.length >> 1));

/**
 * The range that shows what matters: the second half of each curve, where the comparison is decided, gets about half of
 * the height. What of a steep start lies beyond is cut off, and the axis says so. `must` (target, values that count)
 * always stay inside.
 */
export function valueRange(lines: readonly Line[], must: readonly number[], count: number): Range {
  const whole = extremes(lines);
  if (!whole) return { low: 0, high: 1, ticks: [], isLog: false, isCut: null };
  const late = extremes(lateHalves(lines)) ?? whole;
  const inside = { low: Math.min(late.low, ...must), high: Math.max(late.high, ...must) };
  const room = 1.1 * (inside.high - inside.low);
  let low = Math.min(whole.low, inside.low);
  let high = Math.max(whole.high, inside.high);
  const spread = [high - low, Math.abs(high) * 0.1].find((each) => each > TINY) ?? 1;
  let isCut: Range['isCut'] = null;
  if (room > TINY && low < inside.low - 2 * room) {
    const step = niceStep((high - inside.low + room) / count);
    low = Math.floor((inside.low - room) / step) * step;
    isCut = 'below';
  } else if (room > TINY && high > inside.high + 2 * room) {
    const step = niceStep((inside.high + room - low) / count);
    high = Math.ceil((inside.high + room) / step) * step;
    isCut = 'above';
  }
  const shown = isCut === null ? spread : high - low;
  if (isCut !== 'below') low -= 0.05 * shown;
  if (isCut !== 'above') high += 0.08 * shown;
  return { low, high, ticks: linearTicks(low, high, count), isLog: false, isCut };
}

/** As `valueRange`, logarithmic where all values are positive and even the second halves span more than a factor of 30. */
export function lossRange(lines: readonly Line[], count: number): Range {
  const { low, high } = extremes(lines) ?? { low: 0, high: 1 };
  const late = extremes(lateHalves(lines)) ?? { low: 1, high: 1 };
  if (low <= 0 || late.high / late.low <= 30) return valueRange(lines, [], count);
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    const tick = Number(`1e${power}`);
    if (tick >= low / 1.3 && tick <= high * 1.3) ticks.push(tick);
  }
  return { low: low / 1.3, high: high * 1.3, ticks, isLog: true, isCut: null };
}

/** Epochs or steps: whole numbers, from the first to the last; a single one gets room on both sides. */
export function placeRange(places: readonly number[], count: number, width: number): Range {
  const first = places.reduce((a, b) => Math.min(a, b), Infinity);
  const last = places.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(first)) return { low: 0, high: 1, ticks: [], isLog: false, isCut: null };
  if (first === last)
    return { low: first - 0.5, high: first + 0.5, ticks: [first], isLog: false, isCut: null };
  const inner = linearTicks(first, last, count).filter((tick) => Number.isInteger(tick));
  // Epoch 1 is labelled too, where its label does not touch the next one.
  const room = (((inner[0] ?? last) - first) / (last - first)) * width;
  const ticks = first === 1 && room >= 30 ? [first, ...inner] : inner;
  return {
    low: first,
    high: last,
    ticks: ticks.length > 1 ? ticks : [first, last],
    isLog: false,
    isCut: null,
  };
}

/** Tick labels with just the decimals that their steps need. */
export function tickFormat({ ticks, isLog }: Range): string {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  if (isLog) return '~g';
  if (largest >= 1e5) return '~s';
  const step = Math.min(...ticks.slice(1).map((tick, index) => tick - (ticks[index] as number)));
  if (largest > 0 && largest < 1e-4) return '.1e';
  const decimals = Number.isFinite(step) ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return `,.${Math.min(decimals, 10)}f`;
}

/** Where `value` lies on a stretch of `length` px. */
export function pixelOf({ low, high, isLog }: Range, value: number, length: number): number {
  if (isLog) return (Math.log(value / low) / Math.log(high / low)) * length;
  return ((value - low) / (high - low)) * length;
}
