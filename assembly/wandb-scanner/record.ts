import { beginKeys, bitsOf, idOf, keepValue, keyAt, lastValue, lengthOf, NO_KEY } from './keys';
import { readNumber } from './number';
import { addCell, beginRow, endRow } from './rows';

/** Bytes of fields' tags: a record's number, its history; a history's item and step; a step's number. */
const NUMBER: u32 = 0x08;
const HISTORY: u32 = 0x12;
const ITEM: u32 = 0x0a;
const STEP: u32 = 0x12;
const WIRE: u32 = 7;
const BYTES: u32 = 2;
/** Bytes of a value that fit into a word with their number. */
const SHORT: u64 = 7;

/**
 * Reads a record of the common form: its number, then one field. A history becomes a row; what is none is nothing to the curve.
 * Returns whether that was possible; otherwise nothing has been added.
 */
export function readRecord(from: usize, to: usize): bool {
  if (load<u8>(from) !== NUMBER) return false;
  let at = from + 1;
  while (load<u8>(at) >= 0x80 && at < from + 9) at++;
  if (load<u8>(at) >= 0x80) return false;
  const tag = <u32>load<u8>(at, 1);
  // Fields 1 to 15; others take two bytes.
  if ((tag & WIRE) !== BYTES || tag < 8 || tag >= 0x80) return false;
  let length = <usize>load<u8>(at, 2);
  at += 3;
  if (length >= 0x80) {
    if (load<u8>(at) >= 0x80) return false;
    length += ((<usize>load<u8>(at)) << 7) - 0x80;
    at++;
  }
  if (at + length !== to) return false;
  return tag !== HISTORY || readHistory(at, to);
}

function readHistory(from: usize, to: usize): bool {
  let at = from;
  let bits: i32 = 0;
  let step = NaN;
  beginKeys();
  beginRow();
  while (at + 2 <= to) {
    const tag = <u32>load<u8>(at);
    const length = <usize>load<u8>(at, 1);
    const end = at + 2 + length;
    // A length of more than 127 takes two bytes.
    if (length >= 0x80 || end > to) return false;
    if (tag === ITEM) {
      const key = keyAt(at + 2, end);
      if (key === NO_KEY) return false;
      const value = at + 3 + lengthOf(key);
      if (value > end || value + load<u8>(value - 1) !== end) return false;
      const number = valueOf(key, value, end);
      if (isNaN(number)) return false;
      addCell(idOf(key), number);
      bits |= bitsOf(key);
    } else if (tag === STEP) {
      step = readStep(at + 2, end);
      if (isNaN(step)) return false;
    } else return false;
    at = end;
  }
  if (at !== to) return false;
  endRow(bits, step);
  return true;
}

/** Learning rates and epochs stay the same from row to row. */
function valueOf(key: u32, from: usize, to: usize): f64 {
  const length: u64 = to - from;
  if (length - 1 >= SHORT) return readNumber(from, to);
  const text = (load<u64>(from) & ((1 << (8 * length)) - 1)) | (length << 56);
  const last = lastValue(key, text);
  if (!isNaN(last)) return last;
  const number = readNumber(from, to);
  keepValue(key, text, number);
  return number;
}

/** The step in its message of one number, which is left out where it is 0; NaN where it is of another form. */
function readStep(from: usize, to: usize): f64 {
  if (from === to) return 0;
  if (load<u8>(from) !== NUMBER || to - from > 8) return NaN;
  let step: u64 = 0;
  let at = from + 1;
  for (let shift: u64 = 0; at < to; shift += 7) {
    const byte = load<u8>(at++);
    step |= (<u64>(byte & 0x7f)) << shift;
    if (byte < 0x80) return at === to ? <f64>step : NaN;
  }
  return NaN;
}
