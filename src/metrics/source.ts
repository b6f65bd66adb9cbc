import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Curve, Member, MetricFormat, MetricReader } from './_contract.ts';
import { CurveBuilder } from './curve-builder.ts';
import { metricsError } from './errors.ts';
import { FileTail } from './tail.ts';
import { walk } from './walk.ts';

/** Documents are parsed whole; a larger one would take gigabytes. */
const DOCUMENT_LIMIT = 256 * 1024 * 1024;

interface OpenMember {
  member: Member;
  reader: MetricReader;
  tail: FileTail;
}

/** A log being read: knows its files, what has been read of them, and starts again where they were written anew. */
export class CurveSource {
  builder: CurveBuilder;
  readonly path: string;
  readonly format: MetricFormat;
  private readonly members: readonly Member[];
  private readonly openMember: MetricFormat['open'];
  private readonly onWarning: ((text: string) => void) | undefined;
  private readonly chunk: { buffer: Buffer | undefined } = { buffer: undefined };
  private opened: OpenMember[];
  private isEnded = false;

  /** `path`: what the curve is called by; `members`: the files to read, or the folder where the format opens that itself. */
  constructor(
    path: string,
    format: MetricFormat,
    members: readonly Member[],
    onWarning?: (text: string) => void,
    openMember: MetricFormat['open'] = (member, sink) => format.open(member, sink),
  ) {
    this.path = path;
    this.format = format;
    this.members = members;
    this.openMember = openMember;
    this.onWarning = onWarning;
    this.builder = new CurveBuilder(onWarning);
    this.opened = this.open();
  }

  /**
   * Reads all that is new. `final`: nothing more will come, so that an unfinished end counts.
   * Returns whether anything was read; `builder` is another one where the source had been written anew.
   */
  async advance(final: boolean, signal: AbortSignal = new AbortController().signal): Promise<boolean> {
    if (this.isEnded) return false;
    let state = await this.readMembers(final, signal);
    if (state === 'rewritten') {
      await this.close();
      this.builder = new CurveBuilder(this.onWarning);
      this.opened = this.open();
      // Rewritten once more within these milliseconds: the next call sees it.
      state = await this.readMembers(final, signal);
    }
    if (!final) return state !== 'same';
    for (const { reader } of this.opened) if (reader.kind === 'stream') reader.end();
    this.isEnded = true;
    return true;
  }

  curve(): Curve {
    const curve = this.builder.build(this.format.name, this.path);
    return this.format.epochs === undefined ? curve : { ...curve, epochs: this.format.epochs };
  }

  async close(): Promise<void> {
    for (const { reader } of this.opened) if (reader.kind === 'polled') await reader.close();
  }

  private open(): OpenMember[] {
    return this.members.map((member) => ({
      member,
      reader: this.openMember(member, this.builder),
      tail: new FileTail(member.path, this.chunk),
    }));
  }

  private async readMembers(final: boolean, signal: AbortSignal): Promise<'same' | 'grown' | 'rewritten'> {
    let state: 'same' | 'grown' = 'same';
    for (const { member, reader, tail } of this.opened) {
      if (signal.aborted) return state;
      if (reader.kind === 'polled') {
        if ((await reader.poll(signal, final)) === 'rewritten') return 'rewritten';
        state = 'grown';
      } else if (reader.kind === 'stream') {
        const found = await tail.read((bytes) => reader.push(bytes), undefined, reader);
        if (found === 'rewritten') return 'rewritten';
        if (found === 'grown') state = 'grown';
      } else {
        if (tail.offset > 0 && (final || (await tail.hasChanged()))) return 'rewritten';
        const bytes = await readWhole(member.path, tail);
        if (bytes.length === 0) continue;
        reader.read(bytes, final);
        state = 'grown';
      }
    }
    return state;
  }
}

/** Opens a log: the one file of most formats, or all files of a format that is a folder. */
export async function openSource(
  path: string,
  format: MetricFormat,
  onWarning?: (text: string) => void,
): Promise<CurveSource> {
  const itself = [{ path, name: basename(path) }];
  const { openFolder } = format;
  if (openFolder && (await stat(path).catch(() => undefined))?.isDirectory() === true)
    return new CurveSource(path, format, itself, onWarning, (member, sink) => openFolder(member, sink));
  if (!format.members || openFolder) return new CurveSource(path, format, itself, onWarning);
  const { files } = await walk(path);
  const members = format.members(files.map(({ relative }) => relative));
  const opened = members.map((member) => ({ path: join(path, member), name: basename(member) }));
  return new CurveSource(path, format, opened, onWarning);
}

async function readWhole(path: string, tail: FileTail): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  await tail.read((bytes) => {
    size += bytes.length;
    if (size > DOCUMENT_LIMIT) {
      throw metricsError(
        'METRICS_TOO_LARGE',
        `${path} is larger than ${DOCUMENT_LIMIT / 1024 / 1024} MB and must be read whole.`,
        {
          file: path,
          remedy: 'Log one JSON object per line (JSONL) instead; such files are read in passing.',
        },
      );
    }
    chunks.push(Buffer.from(bytes));
  });
  return Buffer.concat(chunks);
}
