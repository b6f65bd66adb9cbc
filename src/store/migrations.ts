import { sql, type Kysely } from 'kysely';
import { storeError } from './errors.ts';
import type { Tables } from './schema.ts';

type Migration = (db: Kysely<Tables>) => Promise<void>;

/** Migration n brings a database from version n to n + 1. Released ones are never edited. */
const MIGRATIONS: readonly Migration[] = [
  async (db) => {
    const { schema } = db;
    await schema
      .createTable('studies')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('created_at', 'double precision', (c) => c.notNull())
      .addColumn('project', 'text', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await schema
      .createTable('events')
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('study', 'text', (c) => c.notNull())
      .addColumn('at', 'double precision', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute();
    await schema.createIndex('events_study').on('events').columns(['study', 'seq']).execute();
    await schema
      .createTable('trials')
      .addColumn('study', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('trials_key', ['study', 'id'])
      .execute();
    await schema
      .createTable('runs')
      .addColumn('study', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('trial', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('seed', 'double precision')
      .addColumn('value', 'double precision')
      .addColumn('started_at', 'double precision')
      .addColumn('ended_at', 'double precision')
      .addColumn('data', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('runs_key', ['study', 'id'])
      .execute();
    await schema.createIndex('runs_status').on('runs').columns(['study', 'status']).execute();
    await schema
      .createTable('iterations')
      .addColumn('study', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('iteration', 'integer', (c) => c.notNull())
      .addColumn('is_concluded', 'integer', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('iterations_key', ['study', 'position'])
      .execute();
    await schema
      .createTable('points')
      .addColumn('study', 'text', (c) => c.notNull())
      .addColumn('run', 'text', (c) => c.notNull())
      .addColumn('idx', 'integer', (c) => c.notNull())
      .addColumn('step', 'double precision')
      .addColumn('epoch', 'double precision')
      .addColumn('data', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('points_key', ['study', 'run', 'idx'])
      .execute();
  },
];

/** Whether the database has this version's schema. */
export async function isCurrent(db: Kysely<Tables>, file: string): Promise<boolean> {
  return (await versionOf(db, file)) === MIGRATIONS.length;
}

/** Brings the database to this version's schema; the caller holds it alone. */
export async function migrate(db: Kysely<Tables>, file: string): Promise<void> {
  await db.schema
    .createTable('meta')
    .ifNotExists()
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  const version = await versionOf(db, file);
  if (version === MIGRATIONS.length) return;
  for (const migration of MIGRATIONS.slice(version)) await migration(db);
  await sql`insert into meta (key, value) values ('schema', ${String(MIGRATIONS.length)})
    on conflict (key) do update set value = excluded.value`.execute(db);
}

async function versionOf(db: Kysely<Tables>, file: string): Promise<number> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where name = 'meta'`.execute(
    db,
  );
  if (rows.length === 0) return 0;
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'schema').executeTakeFirst();
  const version = Number(row?.value ?? 0);
  if (version <= MIGRATIONS.length) return version;
  throw storeError(
    'STORE_NEWER',
    `The study database has schema ${version}; this Pawl knows ${MIGRATIONS.length}.`,
    { file, remedy: 'Update Pawl, or move the .pawl folder aside to start over.' },
  );
}
