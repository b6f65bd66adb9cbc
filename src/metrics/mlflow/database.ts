import type Database from 'libsql';
import type { Member, PolledReader, Sink } from '../_contract.ts';
import { chooseRun, type StoredRun } from '../run-choice.ts';
import { allRows, numberOf, textOf } from '../sqlite/open.ts';
import { targetOf } from '../sqlite/target.ts';
import { WatchedDatabase } from '../sqlite/watched.ts';
import { SeriesRows } from './series.ts';

/** Rows read before other work gets its turn. */
const CHUNK = 5000;

/** One run of MLflow's SQL store in SQLite: the one that is named, else the newest that has metrics. */
export class StoreReader implements PolledReader {
  readonly kind = 'polled';
  private readonly database: WatchedDatabase;
  private readonly which: string | undefined;
  private readonly sink: Sink;
  private readonly rows: SeriesRows;
  private run: string | undefined;
  /** Of the last metric that was read. */
  private rowid = 0;

  constructor(member: Member, sink: Sink) {
    const { place, which } = targetOf(member.path, 'mlflow');
    this.database = new WatchedDatabase(place);
    this.which = which;
    this.sink = sink;
    this.rows = new SeriesRows(sink);
  }

  async poll(signal: AbortSignal): Promise<void | 'rewritten'> {
    for (let isFull = true; isFull && !signal.aborted;) {
      const found = await this.database.look((database) => this.read(database));
      if (found === 'rewritten') return found;
      isFull = found === 'full';
      if (isFull) this.database.forget();
    }
    this.rows.flush();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private read(database: Database.Database): 'full' | 'done' | 'rewritten' {
    const run = this.choose(database);
    if (run === undefined) return 'done';
    if (this.run !== undefined && run !== this.run) return 'rewritten';
    this.run = run;
    const rows = allRows(
      database,
      `SELECT rowid AS id, key, value, timestamp, step, is_nan FROM metrics
       WHERE run_uuid = ? AND rowid > ? ORDER BY rowid LIMIT ${CHUNK}`,
      run,
      this.rowid,
    );
    for (const row of rows) {
      const value = numberOf(row['is_nan']) === 1 ? Number.NaN : numberOf(row['value']);
      this.rows.put(textOf(row['key']), numberOf(row['step']), value, numberOf(row['timestamp']));
      this.rowid = numberOf(row['id']);
    }
    return rows.length === CHUNK ? 'full' : 'done';
  }

  private choose(database: Database.Database): string | undefined {
    const { place, which } = { place: this.database.path, which: this.which };
    // A newer run may begin at any time, but only where none is named.
    if (this.run !== undefined && which !== undefined) return this.run;
    const runs: StoredRun[] = allRows(
      database,
      `SELECT run_uuid, name FROM runs
       WHERE lifecycle_stage = 'active' AND EXISTS (SELECT 1 FROM metrics WHERE metrics.run_uuid = runs.run_uuid)
       ORDER BY start_time DESC, rowid DESC LIMIT ${which === undefined ? 1000 : 100_000}`,
    ).map((row) => ({ id: textOf(row['run_uuid']), name: textOf(row['name']) }));
    const { run, warning } = chooseRun(runs, which, {
      path: place,
      address: (id) => `mlflow:${place}#${id}`,
    });
    if (warning !== undefined && this.run === undefined)
      this.sink.warn({ kind: 'which-run', message: warning });
    return run?.id;
  }
}
