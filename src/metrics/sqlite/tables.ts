import { allRows, textOf, withDatabase } from './open.ts';

/** Names of a database's tables; none where they cannot be read. */
export function tableNames(path: string): string[] {
  try {
    return withDatabase(path, (database) =>
      allRows(database, "SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) =>
        textOf(name),
      ),
    );
  } catch {
    // Whoever reads the database will say why.
    return [];
  }
}
