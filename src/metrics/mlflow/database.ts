import type Database from 'libsql';
import type { Member, Sink } from '../_contract.ts';
import type { StoredRun } from '../run-choice.ts';
import { allRows, numberOf, textOf } from '../sqlite/open.ts';
import { CHUNK, RunRows } from '../sqlite/run-rows.ts';
import { SeriesRows } from './series.ts';

/** One run of MLflow's SQL store in SQLite: the one that is named, else the newest that has metrics. */
export class StoreReader extends RunRows {
  private readonly rows: SeriesRows;
  /** Of the last metric that was read. */
  private rowid = 0;

  constructor(member: Member, sink: Sink) {
    super(member, sink, 'mlflow');
    this.rows = new SeriesRows(sink);
  }

  protected override runs(database: Database.Database, isNamed: boolean): StoredRun[] {
    return allRows(
      database,
      `SELECT run_uuid, name FROM runs
       WHERE lifecycle_stage = 'active' AND EXISTS (SELECT 1 FROM metrics WHERE metrics.run_uuid = runs.run_uuid)
       ORDER BY start_time DESC, rowid DESC LIMIT ${isNamed ? 100_000 : 1000}`,
    ).map((row) => ({ id: textOf(row['run_uuid']), name: textOf(row['name']) }));
  }

  protected override readOn(database: Database.Database, run: string): number {
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
    return rows.length;
  }

  protected override flush(): void {
    this.rows.flush();
  }
}
