/** The nearest number that a person would write: one of 1, 2, 3, 5, 7 times a power of ten. */
export function niceNumber(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const size = 10 ** Math.floor(Math.log10(Math.abs(value)));
  const lead = Math.abs(value) / size;
  const nearest = [1, 2, 3, 5, 7, 10].reduce((best, each) =>
    Math.abs(Math.log(each / lead)) < Math.abs(Math.log(best / lead)) ? each : best,
  );
  return Math.sign(value) * Number((nearest * size).toPrecision(2));
}

/** A count that a person would write: exact up to 20, then multiples of 5, then of 10. */
export function niceCount(value: number): number {
  const step = value <= 20 ? 1 : value <= 100 ? 5 : 10 ** Math.floor(Math.log10(value) - 1);
  return Math.max(1, Math.round(value / step) * step);
}

/** The nearest power of two. */
export const powerOfTwo = (value: number): number => 2 ** Math.max(0, Math.round(Math.log2(value)));
