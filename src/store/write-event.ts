import type { Transaction } from 'kysely';
import type { StudyEvent } from '../study/events.ts';
import { iterationOf, runOf, type StudyRecord } from '../study/record.ts';
import { writeJson } from './json.ts';
import type { Tables } from './schema.ts';
import type { Positions } from './positions.ts';

/** The part of a study's row that no other table holds. */
export type StudyData = Pick<StudyRecord, 'metric' | 'sessions' | 'finals'>;

/** Writes the rows that an event changes. */
export async function writeEvent(
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
