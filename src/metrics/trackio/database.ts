import type Database from 'libsql';
import type { Member, Sink } from '../_contract.ts';
import { parseLiteral } from '../literal.ts';
import { RecordReader } from '../record.ts';
import type { StoredRun } from '../run-choice.ts';
import { allRows, numberOf, textOf } from '../sqlite/open.ts';
import { CHUNK, RunRows } from '../sqlite/run-rows.ts';

/** One run of a trackio project: the one that is named, else the newest. */
export class ProjectReader extends RunRows {
  private readonly records: RecordReader;
  /** Of the last row that was read. */
  private id = 0;

  constructor(member: Member, sink: Sink) {
    super(member, sink, 'trackio');
    this.records = new RecordReader(sink);
  }

  protected override runs(database: Database.Database): StoredRun[] {
    const key = keyOf(database);
    return allRows(
      database,
      `SELECT ${key} AS id, run_name AS name FROM metrics GROUP BY ${key} ORDER BY min(id) DESC LIMIT 1000`,
    ).map(({ id, name }) => ({ id: textOf(id), name: textOf(name) }));
  }

  protected override readOn(database: Database.Database, run: string): number {
    const rows = allRows(
      database,
      // Later versions store the JSON as bytes.
      `SELECT id, timestamp, step, CAST(metrics AS TEXT) AS metrics FROM metrics WHERE ${keyOf(database)} = ? AND id > ? ORDER BY id LIMIT ${CHUNK}`,
      run,
      this.id,
    );
    for (const row of rows) {
      this.id = numberOf(row['id']);
      this.readRow(row);
    }
    return rows.length;
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
}

/** Early versions knew runs by their names alone. */
function keyOf(database: Database.Database): 'run_id' | 'run_name' {
  const columns = allRows(database, "SELECT name FROM pragma_table_info('metrics')");
  return columns.some(({ name }) => name === 'run_id') ? 'run_id' : 'run_name';
}
