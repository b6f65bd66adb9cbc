import { readSync, type Stats } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { StreamReader } from './_contract.ts';
import { openFile } from './sample.ts';

const CHUNK_BYTES = 262_144;
/** For files of many chunks: fewer turns of the event loop. */
const LARGE_CHUNK_BYTES = 1_048_576;
/**
 * Of the chunks for a reader that is faster than a thread can hand them over, one of so many is read by another thread, so that other
 * work gets its turn.
 */
const SHARE = 8;
const HEAD_GUARD = 1024;
const END_GUARD = 64;

export type TailState =
  /** Nothing new. */
  | 'same'
  | 'grown'
  /** Replaced, truncated or written anew: what was read is void. */
  | 'rewritten'
  | 'absent';

/**
 * Reads what a file gained since the last time. A file that was written anew is noticed by its inode, its size, or its
 * text: the beginning and the bytes before the position must still be what they were, since trainers that rewrite their
 * log with one more column leave a longer file with the same inode.
 */
export class FileTail {
  readonly path: string;
  offset = 0;
  private last: Stats | undefined;
  private head = Buffer.alloc(0);
  private beforeOffset = Buffer.alloc(0);
  private readonly chunk: { buffer: Buffer | undefined };

  /** `chunk`: a buffer shared with tails that are read one after the other. */
  constructor(path: string, chunk: { buffer: Buffer | undefined } = { buffer: undefined }) {
    this.path = path;
    this.chunk = chunk;
  }

  /** Whether the file changed since it was last read, without opening it. */
  async hasChanged(): Promise<boolean> {
    const status = await stat(this.path).catch(() => undefined);
    const { last } = this;
    return !status || !last
      ? status !== undefined
      : status.ino !== last.ino || status.size !== last.size || status.mtimeMs !== last.mtimeMs;
  }

  /**
   * Hands all new bytes, or somewhat more than `limit` of them, to `push`, in chunks that are overwritten afterwards. `reader`: may have
   * the buffer to read them to, and some of them already.
   */
  async read(
    push: (bytes: Buffer) => void,
    limit = Number.POSITIVE_INFINITY,
    reader?: Pick<StreamReader, 'buffer' | 'pass'>,
  ): Promise<TailState> {
    let handle: FileHandle;
    try {
      handle = await openFile(this.path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'METRICS_NOT_FOUND') return 'absent';
      throw error;
    }
    try {
      const status = await handle.stat();
      if (await this.isRewritten(handle, status)) return 'rewritten';
      this.last = status;
      const start = this.offset;
      const buffer =
        reader?.buffer?.(status.size - start, status) ??
        (this.chunk.buffer ??= Buffer.allocUnsafe(
          status.size > 8 * LARGE_CHUNK_BYTES ? LARGE_CHUNK_BYTES : CHUNK_BYTES,
        ));
      let chunks = 0;
      for (;;) {
        const isDirect = buffer !== this.chunk.buffer && chunks++ % SHARE !== 0;
        const passed = reader?.pass?.(this.offset) ?? 0;
        if (passed > 0) {
          this.offset += passed;
          const guard = Buffer.allocUnsafe(END_GUARD);
          readSync(handle.fd, guard, 0, END_GUARD, this.offset - END_GUARD);
          this.remember(guard);
          if (!isDirect) await setImmediate();
          continue;
        }
        const bytesRead = isDirect
          ? readSync(handle.fd, buffer, 0, buffer.length, this.offset)
          : (await handle.read(buffer, 0, buffer.length, this.offset)).bytesRead;
        if (bytesRead === 0) break;
        const bytes = buffer.subarray(0, bytesRead);
        this.remember(bytes);
        this.offset += bytesRead;
        push(bytes);
        // A trainer that writes faster than this reads must not hold it for ever.
        if ((this.offset >= status.size && bytesRead < buffer.length) || this.offset - start >= limit) break;
      }
      return this.offset > start ? 'grown' : 'same';
    } finally {
      await handle.close();
    }
  }

  private async isRewritten(handle: FileHandle, status: Stats): Promise<boolean> {
    if (!this.last) return false;
    if (status.ino !== this.last.ino || status.size < this.offset) return true;
    if (status.mtimeMs === this.last.mtimeMs && status.size === this.last.size) return false;
    return (
      !(await holds(handle, this.head, 0)) ||
      !(await holds(handle, this.beforeOffset, this.offset - this.beforeOffset.length))
    );
  }

  private remember(bytes: Buffer): void {
    if (this.head.length < HEAD_GUARD)
      this.head = Buffer.concat([this.head, bytes.subarray(0, HEAD_GUARD - this.head.length)]);
    const end = bytes.length >= END_GUARD ? bytes : Buffer.concat([this.beforeOffset, bytes]);
    this.beforeOffset = Buffer.from(end.subarray(-END_GUARD));
  }
}

async function holds(handle: FileHandle, expected: Buffer, position: number): Promise<boolean> {
  if (expected.length === 0) return true;
  const found = Buffer.alloc(expected.length);
  const { bytesRead } = await handle.read(found, 0, found.length, position);
  return bytesRead === expected.length && found.equals(expected);
}
