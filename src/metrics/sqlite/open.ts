import Database from 'libsql';
import { metricsError } from '../errors.ts';

/** Waits for a writer that holds the database, ms. */
const PATIENCE_MS = 2000;

/**
 * Opens another program's database for reading only: nothing is written, migrated or created, and between two statements
 * nothing is locked. Errors of SQLite become the room's own.
 */
export function withDatabase<T>(path: string, use: (database: Database.Database) => T): T {
  let database: Database.Database | undefined;
  try {
    database = new Database(`file:${encodePath(path)}?mode=ro`);
    database.pragma(`busy_timeout = ${PATIENCE_MS}`);
    return use(database);
  } catch (error) {
    throw databaseError(path, error);
  } finally {
    database?.close();
  }
}

/** Rows of a statement, as foreign data. */
export function allRows(
  database: Database.Database,
  sql: string,
  ...parameters: readonly (string | number)[]
): Record<string, unknown>[] {
  return database.prepare(sql).all(...parameters) as Record<string, unknown>[];
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : Number.NaN;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** In a URI, these begin something else. */
function encodePath(path: string): string {
  return path.replaceAll(/[%?#]/g, encodeURIComponent);
}

function databaseError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || ('code' in error && String(error.code).startsWith('METRIC'))) return error;
  const { message } = error;
  const isDamaged = /malformed|not a database|corrupt|encrypted/i.test(message);
  const isBusy = /locked|busy/i.test(message);
  const why = isDamaged
    ? 'it is damaged, or no SQLite database'
    : isBusy
      ? 'another program holds it locked'
      : message;
  return metricsError('METRICS_UNREADABLE', `${path} cannot be read: ${why}.`, {
    file: path,
    remedy: isDamaged
      ? 'Restore it from a backup, or try what `sqlite3 FILE .recover` makes of it.'
      : isBusy
        ? 'Try again when that program has let go of it.'
        : 'Make the file, and where it is in WAL mode its folder, accessible to the user who runs Pawl.',
    cause: error,
  });
}
