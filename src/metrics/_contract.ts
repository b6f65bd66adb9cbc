/** One moment of a training: what was logged for a step or epoch. NaN and infinities are kept as numbers. */
export interface Point {
  step: number | null;
  epoch: number | null;
  values: Record<string, number>;
}

/** One run's metrics by step or epoch, whatever log they came from. */
export interface Curve {
  format: string;
  file: string;
  points: Point[];
  /** Every metric name seen, in order of first appearance. */
  metrics: string[];
  warnings: string[];
  /** Epochs the training means to run, where its log says so (`Epoch 3/20`); absent or null where it does not. */
  totalEpochs?: number | null;
  /** How the log counts epochs, where its format says so; absent: as its numbers suggest. */
  epochs?: EpochBase;
  /** How many points were logged, where `points` is a thinned selection of them (see `thin.ts`). */
  thinnedFrom?: number;
}

/** How a log counts epochs: from 0, from 1, or by what has passed of them (0.16, 1.0). */
export type EpochBase = 0 | 1 | 'elapsed';

export type Goal = 'max' | 'min';
/** Which value of a curve stands for the run. */
export type Select = 'best' | 'last';

/** All that detection may look at, whatever the size of the source. */
export interface Sample {
  /** As the user named it: a file, a directory or an address. */
  path: string;
  /** Last part of `path`. */
  name: string;
  kind: 'file' | 'directory' | 'address';
  /** Bytes of the whole file; 0 for anything else. */
  size: number;
  /** The first 64 KB of a file; empty for anything else. */
  head: Buffer;
  /** `head` as text, without BOM; null where it is not text. It ends in the middle of a line where `head` does. */
  text: string | null;
  /** File names beside a file; relative paths inside a directory. */
  listing: readonly string[];
  /** Names of the tables, where it is an SQLite database. */
  tables?: readonly string[];
}

export interface Detection {
  /** From 0 (not mine) to 1 (cannot be anything else). */
  confidence: number;
  /** What it was recognized by, for people. */
  why: string;
}

export interface Warning {
  /** Warnings of one kind are counted, and only the first few are shown. */
  kind: string;
  message: string;
  /** 1-based line of the file. */
  line?: number;
}

/** The point of one key with all its values, which lie from `from` to `to`. */
export interface WideRow {
  epoch: number;
  step: number;
  from: number;
  to: number;
  columns: Int32Array;
  values: Float64Array;
}

/**
 * Where a reader puts what it reads. A row is the point of one (epoch, step); NaN stands for "not logged".
 * Rows of the same key are merged, the later value winning; so sparse rows and epochs repeated after a resume need no care.
 */
export interface Sink {
  /** Column of a metric, made on first use; −1 where the name is refused (the values are then ignored). */
  column(name: string): number;
  /** The values that follow belong to this key. A row with neither epoch nor step is a point of its own. */
  row(epoch: number, step: number): void;
  set(column: number, value: number): void;
  /** A whole row: as `row`, then `set` of each value, but cheaper. It may be used again after the call. */
  put(row: WideRow): void;
  /** Gives the current row, so far without epoch and step, its key. */
  relabel(epoch: number, step: number): void;
  /** What these columns hold from this step on (epoch, in rows without one) is void: the training was restarted there. */
  purge(columns: readonly number[], from: number): void;
  /** How many epochs the training means to run. */
  total(epochs: number): void;
  warn(warning: Warning): void;
}

/** Which file is open, and its size. */
export interface OpenFile {
  readonly size: number;
  readonly dev: number;
  readonly ino: number;
}

/** Appended files, text or binary: bytes arrive in chunks cut anywhere; what is incomplete stays inside until more comes. */
export interface StreamReader {
  kind: 'stream';
  /** Where the next bytes are best read to, of which there are `size` to come, from `file`; absent or undefined: anywhere. */
  buffer?(size: number, file?: OpenFile): Buffer | undefined;
  /** Takes what it has found in the file already from `offset` on, the next byte. Returns how many bytes it does not need to be given. */
  pass?(offset: number): number;
  /** `bytes` may be overwritten after the call. */
  push(bytes: Buffer): void;
  /** Nothing more will come: a last line without newline counts now. */
  end(): void;
}

/** Files that are written anew each time: read whole, again after each change. */
export interface DocumentReader {
  kind: 'document';
  /** Fills the sink from the start. `final`: nothing more will come, so half a document is a fact and not a moment. */
  read(bytes: Buffer, final: boolean): void;
}

/** Sources that are asked: databases, REST. */
export interface PolledReader {
  kind: 'polled';
  /**
   * Puts what is new since the last call into the sink; `final`: the last call. `rewritten`: what was put before is void,
   * and the source is to be opened and polled anew.
   */
  poll(signal: AbortSignal, final: boolean): Promise<void | 'rewritten'>;
  close(): Promise<void>;
}

export type MetricReader = StreamReader | DocumentReader | PolledReader;

/** One file (or address) that a format has to read. */
export interface Member {
  path: string;
  name: string;
}

/** One way of logging metrics. One file per implementation in `formats/`; all pass `conformance.ts`. */
export interface MetricFormat {
  readonly name: string;
  /** For people: `CSV or TSV table`. */
  readonly title: string;
  /** How it counts epochs, where that is sure. */
  readonly epochs?: EpochBase;
  /** Whether a source is in this format; undefined where it is not. Pure. */
  detect(sample: Sample): Detection | undefined;
  /** For formats that are directories: the files to read, from all that is there. Each gets a reader of its own. */
  members?(listing: readonly string[]): string[];
  open(member: Member, sink: Sink): MetricReader;
  /** For formats whose folders gain files while they are read: reads the folder itself, in place of its `members`. */
  openFolder?: (member: Member, sink: Sink) => PolledReader;
}
