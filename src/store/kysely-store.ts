import type { Kysely, Transaction } from 'kysely';
import type { Point } from '../metrics/_contract.ts';
import type { StudyEvent } from '../study/events.ts';
import { createRecord, iterationOf, runOf, type IterationRecord, type StudyRecord } from '../study/record.ts';
import type { Run, RunStatus, Trial } from '../study/types.ts';
import type { Entry, IndexedPoint, Store, StudySummary } from './_contract.ts';
import { storeError } from './errors.ts';
import { parseJson, writeJson } from './json.ts';
import type { Tables } from './schema.ts';

/** The part of a study's row that no other table holds. */
type StudyData = Pick<StudyRecord, 'metric' | 'sessions' | 'finals'>;

/** SQLite allows 32,766 variables a statement; points have 6 columns. */
const CHUNK = 1000;

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
          await project(trx, record, event, this.#positions);
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
    const read = (table: 'trials' | 'runs' | 'iterations') =>
      this.#db.selectFrom(table).select('data').where('study', '=', study).orderBy('position').execute();
    for (const { data } of await read('trials')) {
      const trial = parseJson<Trial>(data);
      record.trials.set(trial.id, trial);
    }
    for (const { data } of await read('runs')) {
      const run = parseJson<Run>(data);
      record.runs.set(run.id, run);
    }
    for (const { data } of await read('iterations')) record.iterations.push(parseJson<IterationRecord>(data));
    return record;
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

async function savePoints(
  trx: Transaction<Tables>,
  study: string,
  run: string,
  points: readonly IndexedPoint[],
): Promise<void> {
  const rows = points.map(({ index, point }) => ({
    study,
    run,
    idx: index,
    step: point.step,
    epoch: point.epoch,
    data: writeJson(point.values),
  }));
  for (let at = 0; at < rows.length; at += CHUNK) {
    await trx
      .insertInto('points')
      .values(rows.slice(at, at + CHUNK))
      .onConflict((oc) =>
        oc.columns(['study', 'run', 'idx']).doUpdateSet((eb) => ({
          step: eb.ref('excluded.step'),
          epoch: eb.ref('excluded.epoch'),
          data: eb.ref('excluded.data'),
        })),
      )
      .execute();
  }
}

async function dropPoints(
  trx: Transaction<Tables>,
  study: string,
  run: string,
  fromIndex: number,
): Promise<void> {
  await trx
    .deleteFrom('points')
    .where('study', '=', study)
    .where('run', '=', run)
    .where('idx', '>=', fromIndex)
    .execute();
}

/** Writes the rows that an event changes. */
async function project(
  trx: Transaction<Tables>,
  record: StudyRecord,
  event: StudyEvent,
  positions: Positions,
): Promise<void> {
  const study = record.id;
  switch (event.type) {
    case 'study-created':
    case 'metric-chosen':
    case 'session-opened':
    case 'session-closed':
    case 'final-started':
    case 'test-read':
    case 'final-concluded': {
      const { metric, sessions, finals } = record;
      const data = writeJson({ metric, sessions, finals } satisfies StudyData);
      await trx
        .insertInto('studies')
        .values({ id: study, created_at: record.createdAt, project: record.project, data })
        .onConflict((oc) => oc.column('id').doUpdateSet({ data }))
        .execute();
      return;
    }
    case 'trial-added': {
      const data = writeJson(event.trial);
      await trx
        .insertInto('trials')
        .values({ study, id: event.trial.id, position: positions.of(record.trials, event.trial.id), data })
        .onConflict((oc) => oc.columns(['study', 'id']).doUpdateSet({ data }))
        .execute();
      return;
    }
    case 'run-starting':
    case 'run-started':
    case 'run-ended': {
      const run = runOf(record, typeof event.run === 'string' ? event.run : event.run.id);
      const row = {
        trial: run.trial,
        status: run.status,
        seed: run.seed,
        value: run.value?.value ?? null,
        started_at: run.startedAt,
        ended_at: run.endedAt,
        data: writeJson(run),
      };
      if (event.type === 'run-starting') {
        await trx
          .insertInto('runs')
          .values({ study, id: run.id, position: positions.of(record.runs, run.id), ...row })
          .onConflict((oc) => oc.columns(['study', 'id']).doUpdateSet(row))
          .execute();
      } else {
        await trx.updateTable('runs').set(row).where('study', '=', study).where('id', '=', run.id).execute();
      }
      return;
    }
    case 'iteration-started':
    case 'iteration-failed':
    case 'iteration-concluded':
    case 'preflight-done':
    case 'search-ended':
    case 'contender-chosen':
    case 'search-extended': {
      const number = event.type === 'iteration-started' ? event.start.iteration : event.iteration;
      const iteration = iterationOf(record, number);
      const row = { is_concluded: iteration.outcome ? 1 : 0, data: writeJson(iteration) };
      await trx
        .insertInto('iterations')
        .values({ study, position: record.iterations.indexOf(iteration), iteration: number, ...row })
        .onConflict((oc) => oc.columns(['study', 'position']).doUpdateSet(row))
        .execute();
      return;
    }
  }
}

/** Places of keys in maps that only grow. A map's iterator goes on as long as it has not come to the end. */
class Positions {
  readonly #known = new WeakMap<
    ReadonlyMap<string, unknown>,
    { keys: IterableIterator<string>; places: Map<string, number> }
  >();

  of(map: ReadonlyMap<string, unknown>, key: string): number {
    let known = this.#known.get(map);
    if (!known) {
      known = { keys: map.keys(), places: new Map() };
      this.#known.set(map, known);
    }
    const { keys, places } = known;
    while (places.size < map.size) {
      const next = keys.next();
      if (next.done === true) break;
      places.set(next.value, places.size);
    }
    return places.get(key) ?? map.size;
  }
}
