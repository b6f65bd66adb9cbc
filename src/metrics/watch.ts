import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Says when something may have happened in folders: at once where the system reports it, else at each poll. Folders, and
 * not files, are watched: a watch on a file ends with its atomic replacement.
 */
export class FolderWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly timer: NodeJS.Timeout;
  private readonly onSign: () => void;
  private names: ReadonlySet<string> | undefined;
  private isClosed = false;

  constructor(pollMs: number, onSign: () => void) {
    this.onSign = onSign;
    this.timer = setInterval(onSign, pollMs);
  }

  /**
   * Watches these folders and no others; for one that does not exist yet, the nearest above it. `names`: the only files in
   * them that matter, so that a hundred logs of one folder do not wake one another's readers.
   */
  watch(folders: Iterable<string>, names?: ReadonlySet<string>): void {
    // Who looks through a folder while this is closed would open it again, and keep the process alive for ever.
    if (this.isClosed) return;
    this.names = names;
    const wanted = new Set([...folders].map(existing));
    for (const [folder, watcher] of this.watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.watchers.delete(folder);
    }
    for (const folder of wanted) if (!this.watchers.has(folder)) this.add(folder);
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private add(folder: string): void {
    try {
      const watcher = watch(folder, (_, file) => {
        if (file === null || !this.names || this.names.has(file)) this.onSign();
      });
      // A folder that goes away, or a system without room for one more watch: the poll remains.
      const forget = (): void => {
        watcher.close();
        this.watchers.delete(folder);
      };
      watcher.on('error', forget);
      this.watchers.set(folder, watcher);
    } catch {
      // Not watchable, as on some network file systems.
    }
  }
}

function existing(folder: string): string {
  let path = folder;
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  return path;
}
