import { stat } from 'node:fs/promises';
import type Database from 'libsql';
import { readingError } from '../sample.ts';
import { withDatabase } from './open.ts';

/** Of larger databases the check would take longer than the reading. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/** A database that is looked into again only after it changed, and told apart from another that took its place. */
export class WatchedDatabase {
  readonly path: string;
  private signature = '';
  private inode = -1;

  constructor(path: string) {
    this.path = path;
  }

  /** Looks again the next time, whether anything changed or not. */
  forget(): void {
    this.signature = '';
  }

  /** Runs `use` where something changed since the last time. `rewritten`: another file lies there now. */
  async look<T>(use: (database: Database.Database) => T): Promise<T | 'same' | 'rewritten'> {
    const status = await stat(this.path).catch((error: unknown) => {
      throw readingError(this.path, error);
    });
    const isFirst = this.inode < 0;
    if (!isFirst && status.ino !== this.inode) return 'rewritten';
    this.inode = status.ino;
    // In WAL mode news comes in a file beside it.
    const wal = await stat(`${this.path}-wal`).catch(() => undefined);
    const signature = [status, wal].map((file) => `${file?.size} ${file?.mtimeMs}`).join();
    if (signature === this.signature) return 'same';
    const result = withDatabase(this.path, (database) => {
      if (isFirst && status.size <= CHECKED_BYTES) check(database);
      return use(database);
    });
    this.signature = signature;
    return result;
  }
}

/** SQLite has no checksums, but damage to its trees shows. */
function check(database: Database.Database): void {
  const found: unknown = database.pragma('quick_check(1)', { simple: true });
  const verdict =
    found !== null && typeof found === 'object' ? String(Object.values(found)[0]) : String(found);
  if (verdict !== 'ok') throw new Error(`database disk image is malformed: ${verdict}`);
}
