import type { MetricChoice } from '../study/types.ts';

/** How a figure is shown that was not measured. */
export const ABSENT = '—';

export type Scale = MetricChoice['scale'];

/** Figures of one quantity, all with the same number of decimals, so that rows can be compared by eye. */
export interface Figures {
  /** `83.1%`, `0.412`; ABSENT for null, `NaN` for NaN. */
  value(value: number | null | undefined): string;
  /** The shortest spelling of a value somebody set, such as a target: `80%`. */
  setpoint(value: number): string;
  /** Signed: `+4.2 pp`, `-0.11`. */
  difference(value: number | null | undefined): string;
  /** Unsigned: `4.2 pp`. */
  magnitude(value: number | null | undefined): string;
  /** `+2.1 to +6.3 pp`; ABSENT where a bound is missing. */
  interval(low: number | null, high: number | null): string;
  /** Bare number without unit: `0.5` of `± 0.5`. */
  spread(value: number | null | undefined): string;
  /** True where `value` is shown as zero. */
  isZero(value: number): boolean;
}

const isNumber = (value: number | null | undefined): value is number => value !== null && value !== undefined;

function nonFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  return value === -Infinity ? '-Infinity' : undefined;
}

const order = (value: number): number => Math.floor(Math.log10(Math.abs(value)));
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Builds the figures of a quantity. `values` are what will be shown, `differences` what must stay visible:
 * the smallest difference keeps two significant digits, within reason.
 */
export function figuresOf(
  scale: Scale,
  values: readonly (number | null | undefined)[],
  differences: readonly (number | null | undefined)[] = [],
): Figures {
  const factor = scale === 'fraction' ? 100 : 1;
  const present = (list: readonly (number | null | undefined)[]): number[] =>
    list.filter((value): value is number => isNumber(value) && Number.isFinite(value) && value !== 0);
  const shown = present(values).map((value) => Math.abs(value) * factor);
  const steps = present(differences).map((value) => Math.abs(value) * factor);
  const largest = Math.max(...shown, ...steps, 0);
  const smallest = Math.min(...steps);
  const isPercent = scale !== 'other';
  const write = isPercent ? fixed(percentDecimals(smallest)) : ownUnit(largest, smallest);
  const unit = isPercent ? ' pp' : '';

  const plain = (value: number): string => nonFinite(value) ?? write(value * factor);
  const isZero = (value: number): boolean => Number(plain(Math.abs(value))) === 0;
  const signed = (value: number): string => {
    const text = plain(Math.abs(value));
    if (!Number.isFinite(value)) return nonFinite(value) as string;
    return isZero(value) ? text : (value < 0 ? '-' : '+') + text;
  };
  const withUnit = (text: string, value: number): string => (Number.isFinite(value) ? text + unit : text);
  const value: Figures['value'] = (number) => {
    if (!isNumber(number)) return ABSENT;
    if (!Number.isFinite(number)) return plain(number);
    return (isZero(number) ? plain(0) : plain(number)) + (isPercent ? '%' : '');
  };
  return {
    value,
    setpoint: (number) => {
      if (!Number.isFinite(number)) return value(number);
      return String(Number((number * factor).toPrecision(12))) + (isPercent ? '%' : '');
    },
    difference: (number) => (isNumber(number) ? withUnit(signed(number), number) : ABSENT),
    magnitude: (number) => (isNumber(number) ? withUnit(plain(Math.abs(number)), number) : ABSENT),
    interval: (low, high) =>
      isNumber(low) && isNumber(high) ? `${signed(low)} to ${signed(high)}${unit}` : ABSENT,
    spread: (number) => {
      if (!isNumber(number)) return ABSENT;
      const size = Math.abs(number);
      return size > 0 && isZero(size) ? `<${plain(0).replace(/.$/u, '1')}` : plain(size);
    },
    isZero,
  };
}

function percentDecimals(smallest: number): number {
  return Number.isFinite(smallest) ? clamp(1 - order(smallest), 1, 4) : 1;
}

const fixed =
  (decimals: number) =>
  (value: number): string =>
    value.toFixed(decimals);

/** Own units: two digits of the smallest difference, three to six of the largest value. */
function ownUnit(largest: number, smallest: number): (value: number) => string {
  if (largest === 0) return (value) => String(value);
  const significant = Number.isFinite(smallest) ? clamp(order(largest) - order(smallest) + 2, 3, 7) : 4;
  if (largest >= 1e7 || largest < 1e-3) {
    return (value) =>
      value === 0 ? '0' : value.toExponential(clamp(significant - 1 + order(value) - order(largest), 1, 20));
  }
  return fixed(clamp(significant - 1 - order(largest), 0, 12));
}
