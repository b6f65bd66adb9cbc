import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import Database from 'libsql';
import type { Store } from './_contract.ts';
import { storeError } from './errors.ts';
import { KyselyStore } from './kysely-store.ts';
import { isCurrent, migrate } from './migrations.ts';
import type { Tables } from './schema.ts';

/** How long one process waits for another. */
const PATIENCE_MS = 10_000;
/** More than a study's own; lists of many lengths make a new one each. */
const MOST_PREPARED = 50;

/**
 * Opens (and creates) the SQLite store. WAL with `synchronous = NORMAL`: what was committed survives a killed process;
 * readers such as `pawl status` never wait for the writer.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true });
  try {
    const database = new Database(file);
    database.pragma(`busy_timeout = ${PATIENCE_MS}`);
    await patiently(() => database.pragma('journal_mode = WAL'));
    database.pragma('synchronous = NORMAL');
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: remembering(database) }) });
    if (!(await isCurrent(db, file))) {
      // Taken at once: a transaction that begins by reading cannot wait for another process that migrates too.
      await patiently(() => database.exec('BEGIN IMMEDIATE'));
      try {
        await migrate(db, file);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    }
    return new KyselyStore(db, file);
  } catch (error) {
    if (error instanceof Error && /not a database|malformed|corrupt/i.test(error.message)) {
      throw storeError('STORE_DAMAGED', `${file} is not a readable study database: ${error.message}`, {
        file,
        remedy: 'Restore it from a backup, or move the .pawl folder aside to start over.',
        cause: error,
      });
    }
    throw error;
  }
}

/** Prepares a statement once: a study runs the same few again and again, and preparing them took a third of its time here. */
function remembering(database: SqliteDatabase): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = prepared.get(sql);
      if (known) return known;
      const statement = database.prepare(sql);
      if (prepared.size < MOST_PREPARED) prepared.set(sql, statement);
      return statement;
    },
  };
}

/** The change to WAL does not wait by itself when two processes open a new database at once. */
async function patiently(attempt: () => unknown): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    try {
      attempt();
      return;
    } catch (error) {
      const isBusy = error instanceof Error && /locked|busy/i.test(error.message);
      if (!isBusy || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
