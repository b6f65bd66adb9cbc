/**
 * Decimal numbers as JSON writes them, correctly rounded; NaN for what is not one, or not of the common kind, which the caller then
 * reads another way: up to eight digits, up to 22 places, an exponent of two digits; together at most 19 digits m, and m·10^e with
 * |e| ≤ 22. Digits are found and weighted sixteen at a time (after Lemire, "Number parsing at a gigabyte per second", Software:
 * Practice and Experience 51, 2021). Where m and 10^e are exact doubles, one operation rounds correctly (Clinger, PLDI 1990);
 * otherwise see `long`. Without calls, so that everything stays in registers.
 */
const MINUS: u32 = 45;
const PLUS: u32 = 43;
const DOT: u32 = 46;
const LOWER_E: u32 = 101;
const LOWER: u32 = 32;
const LONGEST: u32 = 31;
const WHOLE: u32 = 8;
const PLACES: u32 = 22;
const DIGITS: u32 = 19;
/** Above it integers go the long way, long before they must: whether a number of 16 digits is exact nobody can predict. */
const SHORT: u64 = 1000000000000000;
const SPLITTER: f64 = 134217729;
/** Far above the relative error of the correction, 2^−50, far below what decides often. */
const DOUBT: f64 = 5.684341886080802e-14;

const POWERS: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
  1e20, 1e21, 1e22,
]);
/** Nearly 10^−e. */
const INVERSES: usize = memory.data<f64>([
  1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16,
  1e-17, 1e-18, 1e-19, 1e-20, 1e-21, 1e-22,
]);
const WHOLE_POWERS: usize = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
  1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
  1000000000000000000, 10000000000000000000,
]);

/** Looks at up to 32 bytes from `start`, and at 24 before it. */
export function readNumber(start: usize, end: usize): f64 {
  const isNegative = load<u8>(start) === MINUS;
  const first = start + <usize>isNegative;
  const length = <u32>(end - first);
  if (length - 1 >= LONGEST) return NaN;
  const digits = (digitsAt(first) | (digitsAt(first + 16) << 16)) & ((1 << length) - 1);
  const whole = <u32>ctz(~digits);
  if (whole - 1 >= WHOLE) return NaN;
  let m = eight(lastOf(first + whole, whole));
  let e: i32 = 0;
  let at = whole;
  if (at < length && load<u8>(first + at) === DOT) {
    const places = <u32>ctz(~(digits >> (whole + 1)));
    if (places - 1 >= PLACES) return NaN;
    at += 1 + places;
    const stop = first + at;
    if (places <= 8) m = m * load<u64>(WHOLE_POWERS + ((<usize>places) << 3)) + eight(lastOf(stop, places));
    else {
      const top = eight(places > 16 ? lastOf(stop - 16, places - 16) : 0);
      // Both not 0, the second digits already: too many digits. As many as 22 places fit only with zeros in front.
      if (m !== 0 ? whole + places > DIGITS : top >= 1000) return NaN;
      m =
        m * load<u64>(WHOLE_POWERS + ((<usize>min(places, DIGITS)) << 3)) +
        top * 10000000000000000 +
        sixteen(stop, places);
    }
    e = -(<i32>places);
  }
  if (at < length) {
    const sign = <u32>load<u8>(first + at + 1);
    const isPlain =
      (load<u8>(first + at) | LOWER) === LOWER_E && at + 4 === length && digits >> (at + 2) === 3;
    if (!isPlain || (sign !== MINUS && sign !== PLUS)) return NaN;
    const power = 10 * ((<i32>load<u8>(end - 2)) & 15) + ((<i32>load<u8>(end - 1)) & 15);
    e += sign === MINUS ? -power : power;
  }
  if (e < -22 || e > 22) return NaN;
  const value = m < SHORT ? short(<f64>(<i64>m), e) : long(m, e);
  return isNegative ? -value : value;
}

/** A bit for each of sixteen bytes: whether it is a digit. Digits are the ten lowest signed bytes once 0x50 is added. */
function digitsAt(at: usize): u32 {
  return <u32>i8x16.bitmask(i8x16.lt_s(i8x16.add(v128.load(at), i8x16.splat(0x50)), i8x16.splat(-118)));
}

/** The `count` bytes before `end`, from 1 to 8, nothing before them. */
function lastOf(end: usize, count: u32): u64 {
  const outside: u64 = 64 - 8 * count;
  return load<u64>(end - 8) & (u64.MAX_VALUE << outside);
}

function eight(bytes: u64): u64 {
  const digits = bytes & 0x0f0f0f0f0f0f0f0f;
  const pairs = digits * 10 + (digits >> 8);
  const odd = (pairs & 0x000000ff000000ff) * 0x000f424000000064;
  return (odd + ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32;
}

/** What the last sixteen digits before `end` come to, or `count` if those are fewer. */
function sixteen(end: usize, count: u32): u64 {
  const places = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  const mask = i8x16.le_s(places, i8x16.splat(<i8>count));
  const digits = v128.and(v128.and(v128.load(end - 16), i8x16.splat(15)), mask);
  const tens = i16x8.mul(v128.and(digits, i16x8.splat(255)), i16x8.splat(10));
  const pairs = i16x8.add(tens, i16x8.shr_u(digits, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const packed = i16x8.narrow_i32x4_u(fours, fours);
  const eights = i32x4.dot_i16x8_s(packed, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const both = <u64>i64x2.extract_lane(eights, 0);
  return (both & 0xffffffff) * 100000000 + (both >> 32);
}

function short(m: f64, e: i32): f64 {
  return e < 0 ? m / power(-e) : m * power(e);
}

/**
 * The integer is held exactly as a + b, and divided by (or multiplied with) the exact power of ten in twice the precision; Dekker, "A
 * floating-point technique for extending the available precision", Numer. Math. 18, 1971. The sum of the approximate quotient q and
 * the correction c is the correctly rounded result unless it lies so near to the middle of two doubles that the error of c decides:
 * then NaN.
 */
function long(m: u64, e: i32): f64 {
  const a = <f64>(<i64>(m >> 11)) * 2048;
  const b = <f64>(<i64>(m & 2047));
  let q: f64;
  let c: f64;
  let size: f64;
  if (e < 0) {
    const divisor = power(-e);
    const inverse = load<f64>(INVERSES + ((<usize>-e) << 3));
    q = a * inverse;
    const back = q * divisor;
    const remainder = a - back - productError(q, divisor, back);
    c = (remainder + b) * inverse;
    size = (abs(remainder) + b) * inverse;
  } else {
    const factor = power(e);
    q = a * factor;
    const error = productError(a, factor, q);
    c = error + b * factor;
    size = abs(error) + b * factor;
  }
  const margin = size * DOUBT;
  const value = q + (c - margin);
  return value === q + (c + margin) ? value : NaN;
}

/** What `product`, the rounded x·y, lacks of the exact one. */
function productError(x: f64, y: f64, product: f64): f64 {
  const xs = SPLITTER * x;
  const xh = xs - (xs - x);
  const xl = x - xh;
  const ys = SPLITTER * y;
  const yh = ys - (ys - y);
  const yl = y - yh;
  return xl * yl - (product - xh * yh - xl * yh - xh * yl);
}

function power(e: i32): f64 {
  return load<f64>(POWERS + ((<usize>e) << 3));
}
