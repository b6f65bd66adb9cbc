import type Database from 'libsql';
import type { Member, PolledReader, Sink } from '../_contract.ts';
import { parseLiteral } from '../literal.ts';
import { RecordReader } from '../record.ts';
import { chooseRun } from '../run-choice.ts';
import { allRows, numberOf, textOf } from '../sqlite/open.ts';
import { targetOf } from '../sqlite/target.ts';
import { WatchedDatabase } from '../sqlite/watched.ts';

/** Rows read before other work gets its turn. */
const CHUNK = 5000;

/** One run of a trackio project: the one that is named, else the newest. */
export class ProjectReader implements PolledReader {
  readonly kind = 'polled';
  private readonly database: WatchedDatabase;
  private readonly which: string | undefined;
  private readonly sink: Sink;
  private readonly records: RecordReader;
  private run: string | undefined;
  /** Of the last row that was read. */
  private id = 0;

  constructor(member: Member, sink: Sink) {
    const { place, which } = targetOf(member.path, 'trackio');
    this.database = new WatchedDatabase(place);
    this.which = which;
    this.sink = sink;
    this.records = new RecordReader(sink);
  }

  async poll(signal: AbortSignal): Promise<void | 'rewritten'> {
    for (let isFull = true; isFull && !signal.aborted;) {
      const found = await this.database.look((database) => this.read(database));
      if (found === 'rewritten') return found;
      isFull = found === 'full';
      if (isFull) this.database.forget();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private read(database: Database.Database): 'full' | 'done' | 'rewritten' {
    // Early versions knew runs by their names alone.
    const hasIds = allRows(database, "SELECT name FROM pragma_table_info('metrics')").some(
      ({ name }) => name === 'run_id',
    );
    const key = hasIds ? 'run_id' : 'run_name';
    const run = this.choose(database, key);
    if (run === undefined) return 'done';
    if (this.run !== undefined && run !== this.run) return 'rewritten';
    this.run = run;
    const rows = allRows(
      database,
      // Later versions store the JSON as bytes.
      `SELECT id, timestamp, step, CAST(metrics AS TEXT) AS metrics FROM metrics WHERE ${key} = ? AND id > ? ORDER BY id LIMIT ${CHUNK}`,
      run,
      this.id,
    );
    for (const row of rows) {
      this.id = numberOf(row['id']);
      this.readRow(row);
    }
    return rows.length === CHUNK ? 'full' : 'done';
  }

  private readRow(row: Record<string, unknown>): void {
    const literal = parseLiteral(textOf(row['metrics']));
    const metrics = literal?.isCut === false ? literal.value : undefined;
    if (metrics === null || typeof metrics !== 'object' || Array.isArray(metrics)) {
      const message = `the metrics of row ${this.id} are no JSON object, left out`;
      this.sink.warn({ kind: 'trackio-row', message });
      return;
    }
    const seconds = Date.parse(textOf(row['timestamp'])) / 1000;
    // What trackio wraps (tables, images, histograms) says so by its _type.
    const own = Object.entries(metrics).filter(
      ([, value]) => value === null || typeof value !== 'object' || !('_type' in value),
    );
    if (Number.isFinite(seconds)) own.push(['timestamp', seconds]);
    this.records.read(Object.fromEntries(own), { step: numberOf(row['step']) });
  }

  private choose(database: Database.Database, key: 'run_id' | 'run_name'): string | undefined {
    if (this.run !== undefined && this.which !== undefined) return this.run;
    const runs = allRows(
      database,
      `SELECT ${key} AS id, run_name AS name FROM metrics GROUP BY ${key} ORDER BY min(id) DESC LIMIT 1000`,
    ).map(({ id, name }) => ({ id: textOf(id), name: textOf(name) }));
    const { path } = this.database;
    const { run, warning } = chooseRun(runs, this.which, { path, address: (id) => `trackio:${path}#${id}` });
    if (warning !== undefined && this.run === undefined)
      this.sink.warn({ kind: 'which-run', message: warning });
    return run?.id;
  }
}
