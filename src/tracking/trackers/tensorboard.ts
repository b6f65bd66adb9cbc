import { appendFile, mkdir, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { extname, join } from 'node:path';
import {
  type Artifact,
  type Held,
  type LoggedValue,
  type TrackedRun,
  type Tracker,
  TrackerFailure,
} from '../_contract.ts';
import type { TensorboardTarget } from '../targets.ts';
import {
  imageEvent,
  restartEvent,
  scalarEvent,
  sessionEndEvent,
  sessionStartEvent,
  START_TAG,
  textEvent,
  versionEvent,
} from '../tensorboard/events.ts';
import { readHeld } from '../tensorboard/held.ts';

const TEXTS = new Set(['.md', '.yaml', '.yml', '.toml']);
/** A browser chokes on more. */
const LONGEST_TEXT = 200_000;

interface OpenFile {
  folder: string;
  /** null: to be begun, since a write to the former one failed in the middle. */
  path: string | null;
  hasStart: boolean;
  describedAs: string;
}

/** Event files, one folder per study and one per run below it. A file is only ever appended to. */
export class TensorboardTracker implements Tracker {
  readonly name = 'tensorboard';
  readonly target: string;
  readonly batch = 5000;
  readonly #root: string;
  readonly #files = new Map<string, OpenFile>();
  /** Readers go through the files of a folder in the order of their names. */
  #lastSecond = 0;
  #count = 0;

  constructor(settings: TensorboardTarget) {
    this.#root = settings.folder;
    this.target = `TensorBoard files in ${settings.shown}`;
  }

  cleanName(name: string): string {
    return name;
  }

  /** A scalar is a 32-bit number, as PyTorch and most others write it. */
  cleanValue(value: number): number {
    return Math.fround(value);
  }

  async open(run: TrackedRun): Promise<Held> {
    const folder = join(this.#root, ...run.key.split('/').map(segment));
    return this.#guard(async () => {
      const names = await readdir(folder).catch(() => [] as string[]);
      const { held, tags, lastSecond } = await readHeld(folder, names);
      this.#lastSecond = Math.max(this.#lastSecond, lastSecond);
      this.#files.set(run.key, { folder, path: null, hasStart: tags.has(START_TAG), describedAs: '' });
      return held;
    });
  }

  async describe(run: TrackedRun): Promise<void> {
    const file = this.#fileOf(run);
    const events: Buffer[] = [];
    const begun = run.startedAt / 1000;
    if (!file.hasStart && run.group !== null) events.push(sessionStartEvent(begun, run.params, run.group));
    const facts = factsTable(run);
    if (facts !== file.describedAs) events.push(textEvent(Date.now() / 1000, 0, 'pawl', facts));
    if (run.endedAt !== null && run.group !== null)
      events.push(sessionEndEvent(run.endedAt / 1000, run.status));
    await this.#write(file, events);
    file.hasStart = true;
    file.describedAs = facts;
  }

  async log(run: TrackedRun, values: readonly LoggedValue[]): Promise<void> {
    const events = values.map(({ at, step, name, value }) => scalarEvent(at / 1000, step, name, value));
    await this.#write(this.#fileOf(run), events);
  }

  async restart(run: TrackedRun): Promise<void> {
    await this.#write(this.#fileOf(run), [restartEvent(Date.now() / 1000, 0)]);
  }

  async attach(run: TrackedRun, { name, bytes }: Artifact): Promise<void> {
    const kind = extname(name).toLowerCase();
    const now = Date.now() / 1000;
    if (TEXTS.has(kind) && bytes.length <= LONGEST_TEXT) {
      const text = bytes.toString('utf8');
      const shown = kind === '.md' ? text : `\`\`\`${kind.slice(1)}\n${text}\n\`\`\``;
      await this.#write(this.#fileOf(run), [textEvent(now, 0, name, shown)]);
    } else if (kind === '.png' && bytes.length > 24) {
      const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
      await this.#write(this.#fileOf(run), [imageEvent(now, name, { ...size, bytes })]);
    }
  }

  #fileOf({ key }: TrackedRun): OpenFile {
    const file = this.#files.get(key);
    if (!file) throw new Error(`the run ${key} is not open`);
    return file;
  }

  async #write(file: OpenFile, events: Buffer[]): Promise<void> {
    if (events.length === 0) return;
    await this.#guard(async () => {
      const isNew = file.path === null;
      if (isNew) await mkdir(file.folder, { recursive: true });
      const path = file.path ?? join(file.folder, this.#newName());
      file.path = null;
      await appendFile(path, Buffer.concat(isNew ? [versionEvent(this.#lastSecond), ...events] : events));
      file.path = path;
    });
  }

  #newName(): string {
    this.#lastSecond = Math.max(this.#lastSecond + 1, Math.floor(Date.now() / 1000));
    return `events.out.tfevents.${this.#lastSecond}.${hostname()}.${process.pid}.${this.#count++}.pawl`;
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new TrackerFailure('unavailable', `${this.target} cannot be written: ${why}.`, error);
    }
  }
}

/** Part of a path, whatever a run's id holds: never one that leads out of the folder. */
const segment = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N}._\-[\]' ]/gu, '_').replace(/^\.+$/, '_') || '_';

function factsTable({ name, status, tags }: TrackedRun): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  const rows = Object.entries(tags).map(([key, value]) => `| ${cell(key)} | ${cell(value)} |`);
  return [`**${cell(name)}**: ${status}`, '', '| fact | value |', '|---|---|', ...rows].join('\n');
}
