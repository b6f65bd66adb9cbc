/**
 * Keys by their bytes in a history item: from the tag of the first piece to the tag of the value, lengths and all. Logs repeat their
 * order, so each key remembers which came after it the last time.
 */
export const KEY_LIMIT: u32 = 2000;
export const NO_KEY: u32 = KEY_LIMIT + 1;
/** Stands before the first key of a record. */
const NOBODY: u32 = KEY_LIMIT;
const BUCKETS: u32 = 1024;
const POOL_BYTES: u32 = 131072;
/** Tags of a key's pieces (key and nested_key) and, of two bytes, of the value. */
const WHOLE: u32 = 0x0a;
const NESTED: u32 = 0x12;
const VALUE: u32 = 0x0182;
/** Read beyond a key's end. */
const SLACK: u32 = 8;

/**
 * Of each key: where its bytes begin, how many there are, what it is called outside, its bits, the next in its bucket; from 24 on its last
 * short value, as text with its length and as number.
 */
const ENTRY_BYTES: usize = 40;
const ENTRIES: usize = memory.data(2000 * 40, 16);
const FOLLOWERS: usize = memory.data(2001 * 4, 16);
const HEADS: usize = memory.data(1024 * 4, 16);
const POOL: usize = memory.data(131072, 16);

export const KEY_INPUT_BYTES: u32 = 256;
/** Where `putKey` finds a key's bytes. */
export const KEY_INPUT: usize = memory.data(256 + 8, 16);

let count: u32 = 0;
let used: u32 = 0;
let last: u32 = NOBODY;

export function beginKeys(): void {
  last = NOBODY;
}

/** Puts a key where it is not known. */
export function putKey(length: u32, id: i32, bits: i32): void {
  const from = KEY_INPUT;
  if (count >= KEY_LIMIT || used + length + SLACK > POOL_BYTES) return;
  if (find(from, length) !== NO_KEY) return;
  const bytes = POOL + used;
  memory.copy(bytes, from, length);
  const head = HEADS + (hashOf(from, length) << 2);
  const entry = entryOf(count);
  store<u32>(entry, <u32>bytes);
  store<u32>(entry, length, 4);
  store<i32>(entry, id, 8);
  store<i32>(entry, bits, 12);
  store<u32>(entry, load<u32>(head), 16);
  // 0 ends a bucket.
  store<u32>(head, ++count);
  used += length;
}

/** The key that begins at `at`, in an item that ends at `end`; `NO_KEY` where it is not known or not of the common form. */
export function keyAt(at: usize, end: usize): u32 {
  const likely = load<u32>(FOLLOWERS + (last << 2));
  if (likely < count && isAt(likely, at)) {
    last = likely;
    return likely;
  }
  let to = at;
  while (isPiece(load<u8>(to)) && to < end) to += 2 + <usize>load<u8>(to, 1);
  if (to + 2 > end || load<u16>(to) !== VALUE) return NO_KEY;
  const key = find(at, <u32>(to + 2 - at));
  if (key === NO_KEY) return NO_KEY;
  store<u32>(FOLLOWERS + (last << 2), key);
  last = key;
  return key;
}

export function lengthOf(key: u32): usize {
  return load<u32>(entryOf(key), 4);
}

export function idOf(key: u32): i32 {
  return load<i32>(entryOf(key), 8);
}

export function bitsOf(key: u32): i32 {
  return load<i32>(entryOf(key), 12);
}

function isPiece(tag: u32): bool {
  return tag === NESTED || tag === WHOLE;
}

/** The number in a short text where that was the key's last; otherwise NaN. */
export function lastValue(key: u32, text: u64): f64 {
  const entry = entryOf(key);
  return load<u64>(entry, 24) === text ? load<f64>(entry, 32) : NaN;
}

export function keepValue(key: u32, text: u64, value: f64): void {
  const entry = entryOf(key);
  store<u64>(entry, text, 24);
  store<f64>(entry, value, 32);
}

function find(from: usize, length: u32): u32 {
  let next = load<u32>(HEADS + (hashOf(from, length) << 2));
  for (; next !== 0; next = load<u32>(entryOf(next - 1), 16))
    if (load<u32>(entryOf(next - 1), 4) === length && isAt(next - 1, from)) return next - 1;
  return NO_KEY;
}

function isAt(key: u32, at: usize): bool {
  const entry = entryOf(key);
  let own = <usize>load<u32>(entry);
  let left = load<u32>(entry, 4);
  for (; left >= 8; left -= 8) {
    if (load<u64>(own) !== load<u64>(at)) return false;
    own += 8;
    at += 8;
  }
  const difference = load<u64>(own) ^ load<u64>(at);
  const outside = <u64>(64 - 8 * left);
  return left === 0 || difference << outside === 0;
}

function entryOf(key: u32): usize {
  return ENTRIES + <usize>key * ENTRY_BYTES;
}

/** FNV-1a, folded. */
function hashOf(from: usize, length: u32): u32 {
  let hash: u32 = 0x811c9dc5;
  for (let at = from; at < from + length; at++) hash = (hash ^ load<u8>(at)) * 0x01000193;
  return (hash ^ (hash >> 16)) & (BUCKETS - 1);
}
