import type { Transaction } from 'kysely';
import type { IndexedPoint } from './_contract.ts';
import { writeJson } from './json.ts';
import type { Tables } from './schema.ts';

/** SQLite allows 32,766 variables a statement; points have 6 columns. */
const CHUNK = 1000;

export async function savePoints(
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

export async function dropPoints(
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
