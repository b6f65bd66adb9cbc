import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import type { Store } from './_contract.ts';
import { storeError } from './errors.ts';
import { KyselyStore } from './kysely-store.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './schema.ts';

/**
 * Opens (and creates) the SQLite store. WAL with `synchronous = NORMAL`: what was committed survives a killed process;
 * readers such as `pawl status` never wait for the writer.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true });
  try {
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('busy_timeout = 10000');
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    await migrate(db, file);
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
