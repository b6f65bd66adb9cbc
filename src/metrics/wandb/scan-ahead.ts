import { readSync } from 'node:fs';
import { type Board, DONE, FREE, LEFT, SEGMENT, SLOTS, TAKEN } from './board.ts';
import { Scanner } from './scanner.ts';

/** Bytes of a block of the log. */
const BLOCK = 32_768;
/** A reader that stays away as long as that has better things to do, or none at all. */
const PATIENCE = 2000;
/** Segments in front of the reader; with fewer it gets one to scan itself, since it would have to wait otherwise. */
const LEAD = 2;

/** Scans segments of the open file `file`, in front of the reader, until that is past all of them. */
export function scanAhead(board: Board, file: number): void {
  const scanner = new Scanner();
  const { segments, states } = board;
  let segment = 1;
  while (segment < segments) {
    const { position } = board;
    if (segment <= position) segment = position + 1;
    else if (segment >= position + SLOTS) {
      if (!board.waitBehind(position, PATIENCE)) return;
    } else if (Atomics.compareExchange(states, segment, FREE, TAKEN) !== FREE) segment++;
    else {
      settle(board, scanner, file, segment);
      segment += segment - board.position < LEAD ? 2 : 1;
    }
  }
}

/** Scans a segment that was taken, with all keys that are known by now. */
export function settle(board: Board, scanner: Scanner, file: number, segment: number): void {
  board.takeKeys((bytes, id, bits) => void scanner.putKey(bytes, 0, bytes.length, id, bits));
  const state = scanSegment(board, scanner, file, segment) ? DONE : LEFT;
  Atomics.compareExchange(board.states, segment, TAKEN, state);
  Atomics.notify(board.states, segment);
}

/** Returns whether the segment's rows lie in its slot now. */
function scanSegment(board: Board, scanner: Scanner, file: number, segment: number): boolean {
  const { input, scanned: from } = scanner;
  if (readSync(file, input, 0, SEGMENT, segment * SEGMENT) !== SEGMENT) return false;
  const { end, holds } = scanner.scan(input, 0, BLOCK, false);
  if (!holds) return false;
  const { scanned: to, head } = board.slot(segment);
  const { entries } = scanner;
  const { counts } = from;
  let cells = 0;
  for (let entry = 0; entry < entries; entry++) cells += Math.max(0, counts[entry] as number);
  head.set([entries, input.byteOffset, end]);
  to.counts.set(counts.subarray(0, entries));
  to.marks.set(from.marks.subarray(0, entries));
  to.steps.set(from.steps.subarray(0, entries));
  to.ids.set(from.ids.subarray(0, cells));
  to.values.set(from.values.subarray(0, cells));
  return true;
}
