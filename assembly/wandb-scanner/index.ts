/**
 * Reads the common records of a W&B run log, many at once: see `src/metrics/wandb/scanner.ts`, which runs it, and
 * `src/metrics/leveldb-log/log-records.ts` for the format of the log. Compiled by `scripts/make-scanner.mjs`.
 */
import { readRecord } from './record';
import { beginRows, cellCount, dropRows, entryCount, hasRoom, leave } from './rows';
import { beginSeals, canSeal, pass, prepareSeals, seal } from './seal';

export { KEY_INPUT, KEY_INPUT_BYTES, putKey } from './keys';
export { cellCount, CELL_LIMIT, COUNTS, ENTRY_LIMIT, entryCount, IDS, MARKS, STEPS, VALUES } from './rows';
export { sealedChecksum, unseal } from './seal';

const BLOCK: usize = 32768;
const HEADER: usize = 7;
const FULL: u32 = 1;
const FIRST: u32 = 2;
const LAST: u32 = 4;

export const INPUT_BYTES: u32 = 1048576;
/** Room for what was left of the bytes before. */
export const LEFT_BYTES: u32 = 131072;
/** Where the bytes go; numbers are read from somewhat before and behind. */
export const INPUT: usize = memory.data(131072 + 1048576 + 64, 16) + 32 + LEFT_BYTES;
/** Longest record put together from pieces. */
export const RECORD_BYTES: u32 = 65536;
export const RECORD: usize = memory.data(65536 + 64, 16) + 32;

prepareSeals();

/**
 * Reads whole fragments from `from` to `to`, the first of which lies `left` bytes before the end of its block. `isOpen`: a record was
 * begun before. Ends early where it has left `leftLimit` of them to the caller, who may have keys to tell of then. Returns where it stopped. What it read counts only if the bytes up to there, which are sealed then, have the CRC-32
 * `sealedChecksum()`; they are no log again before `unseal()`.
 */
export function scan(from: usize, to: usize, left: usize, isOpen: bool, leftLimit: u32): usize {
  beginSeals();
  beginRows(leftLimit);
  let at = from;
  /** The last piece of this record has been read with its first. */
  let isRead = false;
  while (hasRoom() && canSeal()) {
    if (left < HEADER) {
      if (at + left > to) break;
      pass(at, at + left);
      at += left;
      left = BLOCK;
      continue;
    }
    if (at + HEADER > to) break;
    const type = <u32>load<u8>(at, 6);
    const size = HEADER + <usize>load<u16>(at, 4);
    if (type - FULL > LAST - FULL || size > left || at + size > to) break;
    if (isRead) isRead = false;
    else if (isOpen || type > FIRST) leave(at);
    else if (type === FULL) {
      if (!readRecord(at + HEADER, at + size)) leave(at);
    } else {
      isRead = size === left && readJoined(at, at + size, to);
      if (!isRead) leave(at);
    }
    isOpen = !isRead && type !== FULL && type !== LAST;
    seal(at);
    at += size;
    left -= size;
  }
  return at;
}

/**
 * Reads the record in the first `length` bytes at `RECORD`. Returns the number of its rows, which lie behind those that were scanned and
 * are not counted as such; −1 where it cannot be read.
 */
export function read(length: usize): i32 {
  const former = entryCount();
  const cells = cellCount();
  if (!hasRoom() || !readRecord(RECORD, RECORD + length)) return -1;
  const rows = entryCount() - former;
  dropRows(former, cells);
  return rows;
}

/** Reads a record of two pieces, which begin at `first` and `last`. */
function readJoined(first: usize, last: usize, to: usize): bool {
  if (last + HEADER > to || load<u8>(last, 6) !== LAST) return false;
  const end = last + HEADER + load<u16>(last, 4);
  if (end > to || end - last > BLOCK) return false;
  const length = last - first - HEADER;
  memory.copy(RECORD, first + HEADER, length);
  memory.copy(RECORD + length, last + HEADER, end - last - HEADER);
  return readRecord(RECORD, RECORD + length + (end - last - HEADER));
}
