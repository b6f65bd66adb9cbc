import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const module_ = pathToFileURL(join(import.meta.dirname, '..', 'dist', 'store', 'sqlite.js')).href;

it('lets many processes open a new store at the same time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-store-'));
  const program = `const { openSqliteStore } = await import(${JSON.stringify(module_)});
    while (Date.now() < Number(process.argv[2]));
    const store = await openSqliteStore(process.argv[1]);
    console.log(JSON.stringify(await store.list()));
    await store.close();`;
  try {
    const start = String(Date.now() + 1500);
    const said = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const child = spawn(process.execPath, [
          '--input-type=module',
          '-e',
          program,
          join(folder, 'study.db'),
          start,
        ]);
        let text = '';
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        await new Promise((resolve) => child.once('close', resolve));
        return text;
      }),
    );
    expect(said).toEqual(Array.from({ length: 8 }, () => '[]\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
