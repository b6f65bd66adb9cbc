import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderWatch } from './watch.ts';

test('what is closed stays closed: a late look at a folder keeps no process alive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-watch-'));
  try {
    const watchers = (): number =>
      process.getActiveResourcesInfo().filter((name) => /FSEvent/i.test(name)).length;
    const before = watchers();
    const watch = new FolderWatch(1000, () => {});
    watch.watch([folder]);
    expect(watchers()).toBe(before + 1);
    watch.close();
    watch.watch([folder]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(watchers()).toBe(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
