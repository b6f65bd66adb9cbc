import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const TAIL_BYTES = 64 * 1024;

/** The end of a log as text (at most 64 KB, from the start of a line); empty when there is none. */
export function readTail(file: string, bytes = TAIL_BYTES): string {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(fd);
    if (size === 0) return '';
    const start = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(Math.min(size, bytes));
    const text = buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, start));
    const firstLineEnd = text.indexOf('\n');
    return start > 0 && firstLineEnd >= 0 ? text.slice(firstLineEnd + 1) : text;
  } catch {
    return '';
  } finally {
    closeSync(fd);
  }
}
