import { basename, join, sep } from 'node:path';
import type { Member, PolledReader, StreamReader } from './_contract.ts';
import { FileTail } from './tail.ts';
import { walk } from './walk.ts';

/** Between two looks for new files. */
const LOOK_MS = 500;

export interface FolderTails {
  folder: string;
  /** The files to read, from all that is there (with forward slashes). */
  members: (listing: readonly string[]) => string[];
  open: (member: Member) => StreamReader;
}

/** Follows the text files of a folder, and those that appear while it does. */
export class FolderTailsReader implements PolledReader {
  readonly kind = 'polled';
  private readonly options: FolderTails;
  private readonly chunk: { buffer: Buffer | undefined } = { buffer: undefined };
  private readonly opened = new Map<string, { tail: FileTail; reader: StreamReader }>();
  private nextLookAt = 0;

  constructor(options: FolderTails) {
    this.options = options;
  }

  async poll(signal: AbortSignal, final: boolean): Promise<void | 'rewritten'> {
    if (final || performance.now() >= this.nextLookAt) await this.look();
    for (const { tail, reader } of this.opened.values()) {
      if (signal.aborted) return;
      if ((await tail.read((bytes) => reader.push(bytes))) === 'rewritten') return 'rewritten';
    }
    if (final) for (const { reader } of this.opened.values()) reader.end();
  }

  async close(): Promise<void> {
    this.opened.clear();
  }

  private async look(): Promise<void> {
    const { folder, members, open } = this.options;
    const begun = performance.now();
    const { files } = await walk(folder);
    this.nextLookAt = begun + Math.max(LOOK_MS, 20 * (performance.now() - begun));
    for (const relative of members(files.map((file) => file.relative.replaceAll(sep, '/')))) {
      if (this.opened.has(relative)) continue;
      const path = join(folder, relative);
      const reader = open({ path, name: basename(path) });
      this.opened.set(relative, { tail: new FileTail(path, this.chunk), reader });
    }
  }
}
