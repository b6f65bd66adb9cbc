import type { Kysely, Transaction } from 'kysely';
import type { Point } from '../metrics/_contract.ts';
import type { StudyEvent } from '../study/events.ts';
import { createRecord, type IterationRecord, type StudyRecord } from '../study/record.ts';
import type { Run, RunStatus, Trial } from '../study/types.ts';
import type { Entry, IndexedPoint, Store, StudySummary } from './_contract.ts';
import { storeError } from './errors.ts';
import { parseJson, writeJson } from './json.ts';
import type { Tables } from './schema.ts';
import { type StudyData, writeEvent } from './write-event.ts';
import { savePoints, dropPoints } from './points.ts';
import { Positions } from './positions.ts';

const PAGE = 500;

/** The store over any Kysely dialect. */
export class KyselyStore implements Store {
  readonly #db: Kysely<Tables>;
  readonly #file: string;
  readonly #positions = new Positions();

  constructor(db: Kysely<Tables>, file: string) {
    this.#db = db;
    this.#file = file;
  }

  async append(record: StudyRecord, event: StudyEvent): Promise<void> {
    await this.appendAll(record, [{ event }]);
  }

  async appendAll(record: StudyRecord, entries: readonly Entry[]): Promise<void> {
    await this.#write(async (trx) => {
      for (const entry of entries) {
        if ('dropFrom' in entry) await dropPoints(trx, record.id, entry.run, entry.dropFrom);
        else if ('points' in entry) await savePoints(trx, record.id, entry.run, entry.points);
        else {
          const { event } = entry;
          await trx
            .insertInto('events')
            .values({ study: record.id, at: event.at, type: event.type, data: writeJson(event) })
            .execute();
          await writeEvent(trx, record, event, this.#positions);
        }
      }
    });
  }

  async list(): Promise<string[]> {
    const rows = await this.#db.selectFrom('studies').select('id').orderBy('created_at', 'desc').execute();
    return rows.map((row) => row.id);
  }

  async latest(): Promise<string | undefined> {
    // A study that was killed before its first iteration began has nothing to show.
    const row = await this.#db
      .selectFrom('studies')
      .select('id')
      .where('id', 'in', this.#db.selectFrom('iterations').select('study'))
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.id;
  }

  async load(study: string): Promise<StudyRecord> {
    const row = await this.#db.selectFrom('studies').selectAll().where('id', '=', study).executeTakeFirst();
    if (!row) throw this.#unknown(study);
    const record = createRecord(row.id, row.project, row.created_at);
    Object.assign(record, parseJson<StudyData>(row.data));
    for await (const data of this.#rows('trials', study)) {
      const trial = parseJson<Trial>(data);
      record.trials.set(trial.id, trial);
    }
    for await (const data of this.#rows('runs', study)) {
      const run = parseJson<Run>(data);
      record.runs.set(run.id, run);
    }
    const iterations = await this.#db
      .selectFrom('iterations')
      .select('data')
      .where('study', '=', study)
      .orderBy('position')
      .execute();
    for (const { data } of iterations) record.iterations.push(parseJson<IterationRecord>(data));
    return record;
  }

  /** In order, a page at a time: the text of a large study takes far more room than what is made of it. */
  async *#rows(table: 'trials' | 'runs', study: string): AsyncGenerator<string> {
    const rows = this.#db.selectFrom(table).where('study', '=', study);
    const ids = (await rows.select('id').orderBy('position').execute()).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += PAGE) {
      const page = await rows
        .select(['data'])
        .where('id', 'in', ids.slice(at, at + PAGE))
        .orderBy('position')
        .execute();
      for (const { data } of page) yield data;
    }
  }

  async events(study: string): Promise<StudyEvent[]> {
    const rows = await this.#db
      .selectFrom('events')
      .select('data')
      .where('study', '=', study)
      .orderBy('seq')
      .execute();
    return rows.map((row) => parseJson<StudyEvent>(row.data));
  }

  async summarize(study: string): Promise<StudySummary> {
    const row = await this.#db.selectFrom('studies').selectAll().where('id', '=', study).executeTakeFirst();
    if (!row) throw this.#unknown(study);
    const counts = await this.#db
      .selectFrom('runs')
      .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
      .where('study', '=', study)
      .groupBy('status')
      .execute();
    const last = await this.#db
      .selectFrom('iterations')
      .select(['iteration', 'is_concluded'])
      .where('study', '=', study)
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    const runs: Record<RunStatus, number> = {
      starting: 0,
      running: 0,
      finished: 0,
      adopted: 0,
      failed: 0,
      diverged: 0,
      stopped: 0,
      interrupted: 0,
    };
    for (const { status, count } of counts) runs[status as RunStatus] = count;
    return {
      id: row.id,
      createdAt: row.created_at,
      runs,
      iteration: last?.iteration ?? 0,
      isConcluded: last?.is_concluded === 1,
    };
  }

  async savePoints(study: string, run: string, points: readonly IndexedPoint[]): Promise<void> {
    await this.#write((trx) => savePoints(trx, study, run, points));
  }

  async dropPoints(study: string, run: string, fromIndex: number): Promise<void> {
    await this.#write((trx) => dropPoints(trx, study, run, fromIndex));
  }

  async curve(study: string, run: string): Promise<Point[]> {
    const rows = await this.#db
      .selectFrom('points')
      .select(['step', 'epoch', 'data'])
      .where('study', '=', study)
      .where('run', '=', run)
      .orderBy('idx')
      .execute();
    return rows.map((row) => ({ step: row.step, epoch: row.epoch, values: parseJson(row.data) }));
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  #unknown(study: string): Error {
    return storeError('STUDY_NOT_FOUND', `There is no study '${study}'.`, {
      file: this.#file,
      remedy: 'List the studies with `pawl status --all`.',
    });
  }

  async #write(work: (trx: Transaction<Tables>) => Promise<void>): Promise<void> {
    try {
      await this.#db.transaction().execute(work);
    } catch (error) {
      if (error instanceof Error && /disk is full|disk I\/O error|ENOSPC/i.test(error.message)) {
        throw storeError('STORE_DISK_FULL', 'The disk is full: the study cannot be stored any further.', {
          file: this.#file,
          remedy: 'Free space, then continue with `pawl optimize --resume`.',
          cause: error,
        });
      }
      throw error;
    }
  }
}
