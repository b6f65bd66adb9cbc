import type Database from 'libsql';
import type { Member, PolledReader, Sink } from '../_contract.ts';
import { chooseRun, type StoredRun } from '../run-choice.ts';
import { targetOf } from './target.ts';
import { WatchedDatabase } from './watched.ts';

/** Rows read before other work gets its turn. */
export const CHUNK = 5000;

/** One run of a tracker's database, followed row by row: the run that is named, else the newest. */
export abstract class RunRows implements PolledReader {
  readonly kind = 'polled';
  protected readonly sink: Sink;
  private readonly database: WatchedDatabase;
  private readonly which: string | undefined;
  private readonly scheme: string;
  private run: string | undefined;

  /** `scheme`: how the tracker's databases are named, as in `mlflow:runs.db#run`. */
  constructor(member: Member, sink: Sink, scheme: string) {
    const { place, which } = targetOf(member.path, scheme);
    this.database = new WatchedDatabase(place);
    this.which = which;
    this.scheme = scheme;
    this.sink = sink;
  }

  async poll(signal: AbortSignal): Promise<void | 'rewritten'> {
    for (let isFull = true; isFull && !signal.aborted;) {
      const found = await this.database.look((database) => this.look(database));
      if (found === 'rewritten') return found;
      isFull = found === 'full';
      if (isFull) this.database.forget();
    }
    this.flush();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Runs that hold something, newest first; `isNamed`: one of them is asked for, perhaps an old one. */
  protected abstract runs(database: Database.Database, isNamed: boolean): StoredRun[];

  /** Reads on in a run, at most `CHUNK` rows; how many there were. */
  protected abstract readOn(database: Database.Database, run: string): number;

  /** After all that is there was read. */
  protected flush(): void {}

  private look(database: Database.Database): 'full' | 'done' | 'rewritten' {
    const run = this.choose(database);
    if (run === undefined) return 'done';
    if (this.run !== undefined && run !== this.run) return 'rewritten';
    this.run = run;
    return this.readOn(database, run) === CHUNK ? 'full' : 'done';
  }

  private choose(database: Database.Database): string | undefined {
    // A newer run may begin at any time, but only where none is named.
    if (this.run !== undefined && this.which !== undefined) return this.run;
    const { path } = this.database;
    const { run, warning } = chooseRun(this.runs(database, this.which !== undefined), this.which, {
      path,
      address: (id) => `${this.scheme}:${path}#${id}`,
    });
    if (warning !== undefined && this.run === undefined)
      this.sink.warn({ kind: 'which-run', message: warning });
    return run?.id;
  }
}
