/**
 * (high·10^k + low)·10^e correctly rounded, where the digits are too many for one double (16 to 19, as Python writes them).
 *
 * The integer is held exactly as a + b with b below a's last bit, and divided by (or multiplied with) the exact power of ten in
 * twice the precision; Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971. The sum
 * of quotient q and correction c is the correctly rounded result unless it lies so near to the middle of two doubles that the
 * error of c decides: then NaN, and the caller goes another way.
 */
const SPLITTER = 2 ** 27 + 1;
/** Far above the relative error of the correction, 2^−50, far below what decides often. */
const DOUBT = 2 ** -44;

const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** 0 < `high` < 10^15, `low` < 10^k, k ≤ 8, both together below 10^19; |e| ≤ 22. */
export function longDecimal(high: number, low: number, k: number, e: number): number {
  const scale = POWERS[k] as number;
  const product = high * scale;
  const rest = productError(high, scale, product) + low;
  const a = product + rest;
  const b = rest - (a - product);
  const power = POWERS[Math.abs(e)] as number;
  let q: number;
  let c: number;
  let size: number;
  if (e < 0) {
    q = a / power;
    const back = q * power;
    const remainder = a - back - productError(q, power, back);
    c = (remainder + b) / power;
    size = (Math.abs(remainder) + Math.abs(b)) / power;
  } else {
    q = a * power;
    const error = productError(a, power, q);
    c = error + b * power;
    size = Math.abs(error) + Math.abs(b * power);
  }
  const margin = size * DOUBT;
  const value = q + (c - margin);
  return value === q + (c + margin) ? value : Number.NaN;
}

/** What `product`, the rounded x·y, lacks of the exact one. */
function productError(x: number, y: number, product: number): number {
  const xs = SPLITTER * x;
  const xh = xs - (xs - x);
  const xl = x - xh;
  const ys = SPLITTER * y;
  const yh = ys - (ys - y);
  const yl = y - yh;
  return xl * yl - (product - xh * yh - xl * yh - xh * yl);
}
