import { dirname, join, sep } from 'node:path';
import type { Member, PolledReader, Sink } from '../_contract.ts';
import { mergeSources, type MergeSource } from '../scalars/merge.ts';
import { ScalarQueue } from '../scalars/queue.ts';
import type { ScalarRows } from '../scalars/scalar-rows.ts';
import { FileTail } from '../tail.ts';
import { walk } from '../walk.ts';
import { eventFiles } from './members.ts';
import { EventsFile } from './part.ts';
import { seriesName } from './series-name.ts';

/** Read of one file before the others get their turn. */
const TURN_BYTES = 262_144;
/** Looking for new files costs more than looking into the known ones. */
const LISTING_MS = 2000;

/** All event files of a run, in its folder and below it, merged by the time each value was logged. */
export class EventsFolder implements PolledReader {
  readonly kind = 'polled';
  private readonly path: string;
  private readonly sink: Sink;
  private readonly rows: ScalarRows;
  private readonly parts = new Map<string, EventsPart>();
  /** Tags by folder: a restart voids what any file of its folder holds. */
  private readonly tags = new Map<string, Set<number>>();
  private readonly chunk: { buffer: Buffer | undefined } = { buffer: undefined };
  private listedAt = Number.NEGATIVE_INFINITY;

  constructor(member: Member, sink: Sink, rows: ScalarRows) {
    this.path = member.path;
    this.sink = sink;
    this.rows = rows;
  }

  async poll(signal: AbortSignal, final: boolean): Promise<void | 'rewritten'> {
    if (final || performance.now() - this.listedAt > LISTING_MS) await this.list();
    const parts = [...this.parts.values()];
    if ((await mergeSources(parts, signal)) === 'rewritten') return 'rewritten';
    if (final && !signal.aborted) for (const part of parts) part.end();
    this.rows.flush();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async list(): Promise<void> {
    const { files } = await walk(this.path);
    for (const path of eventFiles(files.map((file) => file.relative))) {
      if (this.parts.has(path)) continue;
      const folder = dirname(path) === '.' ? '' : dirname(path).split(sep).join('/');
      const tags = this.tags.get(folder) ?? new Set();
      this.tags.set(folder, tags);
      const member = { path: join(this.path, path), name: path };
      this.parts.set(path, new EventsPart(member, folder, tags, this.sink, this.rows, this.chunk));
    }
    this.listedAt = performance.now();
  }
}

/** One file of a run. */
class EventsPart implements MergeSource {
  readonly queue = new ScalarQueue();
  private readonly file: EventsFile;
  private readonly tail: FileTail;
  private readonly rows: ScalarRows;
  private readonly tags: Set<number>;
  /** `add_hparams` leaves one last value of each metric in a folder of its own; that is no curve. */
  private isSession = false;

  constructor(
    member: Member,
    folder: string,
    tags: Set<number>,
    sink: Sink,
    rows: ScalarRows,
    chunk: { buffer: Buffer | undefined },
  ) {
    this.rows = rows;
    this.tags = tags;
    this.tail = new FileTail(member.path, chunk);
    this.file = new EventsFile(member, sink, {
      tag: (tag) => {
        const id = rows.tag(seriesName(folder, tag), tag);
        tags.add(id);
        return id;
      },
      put: (tag, step, value, seconds) => {
        if (!this.isSession) this.queue.push(tag, step, value, seconds);
      },
      restart: (step, seconds) => this.queue.push(-1, step, 0, seconds),
      other: (tag) => {
        this.isSession ||= folder !== '' && tag === '_hparams_/session_start_info';
      },
    });
  }

  async fill(): Promise<'more' | 'ended' | 'rewritten'> {
    const state = await this.tail.read((bytes) => this.file.push(bytes), TURN_BYTES);
    if (state === 'rewritten') return state;
    return state === 'grown' ? 'more' : 'ended';
  }

  take(tag: number, step: number, value: number, seconds: number): void {
    if (tag >= 0) this.rows.put(tag, step, value, seconds);
    else this.rows.purge(this.tags, step);
  }

  end(): void {
    this.file.end();
  }
}
