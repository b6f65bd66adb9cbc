import { readSync } from 'node:fs';
import { type Board, DONE, FREE, LEFT, SEGMENT, type Slot, SLOTS, TAKEN } from './board.ts';
import type { Scanned } from './scanned.ts';
import { Scanner } from './scanner.ts';

/** Of the log: bytes of a block, and of a fragment's header; the type of a record's first fragment, of which further ones have higher. */
const BLOCK = 32_768;
const HEADER = 7;
const FIRST = 2;
/** With more fragments that the scanner leaves a segment is none of its own. */
const LEFT_LIMIT = 512;
/** A reader that stays away as long as that has better things to do, or none at all. */
const PATIENCE = 2000;
/** Segments in front of the reader; with fewer it gets every second to scan itself, since it would have to wait otherwise. */
const LEAD = 4;
/**
 * After that many segments in a row that had to be left the log is not of the common form. Fewer may have to be left where a new key
 * begins, which the reader has yet to come to.
 */
const FAILURES = 4 * SLOTS;

/** Scans segments of the open file `file`, in front of the reader, until that is past all of them. */
export function scanAhead(board: Board, file: number): void {
  const scanner = new Scanner();
  const { segments, states } = board;
  let segment = 1;
  let failures = 0;
  while (segment < segments && failures < FAILURES) {
    const { position } = board;
    // It knows no keys before the reader has been through the first segment.
    if (position === 0 || segment >= position + SLOTS) {
      if (!board.waitBehind(position, PATIENCE)) return;
    } else if (segment <= position) segment = position + 1;
    else if (Atomics.compareExchange(states, segment, FREE, TAKEN) !== FREE) segment++;
    else {
      failures = settle(board, scanner, file, segment) ? 0 : failures + 1;
      segment += segment - board.position < LEAD ? 2 : 1;
    }
  }
}

/** Scans a segment that was taken, with all keys that are known by now. Returns whether that brought anything. */
export function settle(board: Board, scanner: Scanner, file: number, segment: number): boolean {
  board.takeKeys((bytes, id, bits) => void scanner.putKey(bytes, 0, bytes.length, id, bits));
  const isDone = scanSegment(board, scanner, file, segment);
  Atomics.compareExchange(board.states, segment, TAKEN, isDone ? DONE : LEFT);
  Atomics.notify(board.states, segment);
  return isDone;
}

/** Returns whether the segment's rows lie in its slot now: all of them. */
function scanSegment(board: Board, scanner: Scanner, file: number, segment: number): boolean {
  const { input, scanned } = scanner;
  if (readSync(file, input, 0, SEGMENT, segment * SEGMENT) !== SEGMENT) return false;
  const { end, holds } = scanner.scan(input, 0, BLOCK, false, LEFT_LIMIT);
  if (!holds || end !== SEGMENT) return false;
  copy(scanned, scanner.entries, input, board.slot(segment));
  return true;
}

function copy(from: Scanned, entries: number, input: Buffer, { scanned, head, fragments }: Slot): void {
  const { counts, marks } = from;
  let cells = 0;
  for (let entry = 0; entry < entries; entry++) {
    const count = counts[entry] as number;
    if (count >= 0) {
      cells += count;
      continue;
    }
    const at = (marks[entry] as number) - input.byteOffset;
    input.copy(fragments, at, at, at + HEADER + input.readUInt16LE(at + 4));
  }
  const isRest = (input[6] as number) > FIRST;
  head.set([entries, input.byteOffset, isRest ? 1 : 0]);
  scanned.counts.set(counts.subarray(0, entries));
  scanned.marks.set(marks.subarray(0, entries));
  scanned.steps.set(from.steps.subarray(0, entries));
  scanned.ids.set(from.ids.subarray(0, cells));
  scanned.values.set(from.values.subarray(0, cells));
}
