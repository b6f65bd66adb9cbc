/** What was read: rows and, between them, fragments that are left to the caller. JavaScript reads these arrays in place. */
export const ENTRY_LIMIT: u32 = 16384;
export const CELL_LIMIT: u32 = 131072;
/** Cells of one record at most: an item takes at least eight bytes. */
const RECORD_CELLS: u32 = 8192;

/** Of each entry: cells of a row, or −1 for a fragment. */
export const COUNTS: usize = memory.data(16384 * 4, 16);
/** Of each entry: the bits of a row's keys, or where the fragment begins. */
export const MARKS: usize = memory.data(16384 * 4, 16);
export const STEPS: usize = memory.data(16384 * 8, 16);
export const IDS: usize = memory.data(131072 * 4, 16);
export const VALUES: usize = memory.data(131072 * 8, 16);

let entries: u32 = 0;
/** More fragments that may be left to the caller. */
let patience: u32 = 0;
/** Cells of all rows, and of those that are complete. */
let cells: u32 = 0;
let settled: u32 = 0;

export function beginRows(leftLimit: u32): void {
  entries = 0;
  patience = leftLimit;
  settled = 0;
}

export function entryCount(): u32 {
  return entries;
}

/** Cells of all rows. */
export function cellCount(): u32 {
  return settled;
}

/** Counts only the first `rows` and the first `count` cells from now on. */
export function dropRows(rows: u32, count: u32): void {
  entries = rows;
  settled = count;
}

export function hasRoom(): bool {
  return entries < ENTRY_LIMIT && patience > 0 && settled + RECORD_CELLS < CELL_LIMIT;
}

export function beginRow(): void {
  cells = settled;
}

export function addCell(id: i32, value: f64): void {
  store<i32>(IDS + ((<usize>cells) << 2), id);
  store<f64>(VALUES + ((<usize>cells) << 3), value);
  cells++;
}

export function endRow(bits: i32, step: f64): void {
  put(cells - settled, bits);
  store<f64>(STEPS + ((<usize>(entries - 1)) << 3), step);
  settled = cells;
}

export function leave(fragment: usize): void {
  patience--;
  put(-1, <i32>fragment);
}

function put(count: i32, mark: i32): void {
  store<i32>(COUNTS + ((<usize>entries) << 2), count);
  store<i32>(MARKS + ((<usize>entries) << 2), mark);
  entries++;
}
