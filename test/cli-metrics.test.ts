import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PAWL = fileURLToPath(new URL('../bin/pawl', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-metrics-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pawl(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [PAWL, ...args],
      { cwd: folder, maxBuffer: 1 << 28 },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

describe('pawl metrics', () => {
  it('prints the curve as JSON, NaN and infinities as strings', async () => {
    writeFileSync(
      join(folder, 'metrics.json'),
      '{"epochs": [{"epoch": 1, "val_acc": 0.83}, {"epoch": 2, "val_acc": NaN, "loss": -Infinity}]}',
    );
    const { code, stdout } = await pawl('metrics', 'metrics.json', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      format: 'json',
      file: 'metrics.json',
      points: [
        { step: null, epoch: 1, values: { val_acc: 0.83 } },
        { step: null, epoch: 2, values: { val_acc: 'NaN', loss: '-Infinity' } },
      ],
      metrics: ['val_acc', 'loss'],
      totalEpochs: null,
      warnings: expect.any(Array) as unknown[],
    });
  });

  it('prints a table; --format overrides what is recognised', async () => {
    writeFileSync(
      join(folder, 'train.log'),
      'Epoch 1/2 | train loss 0.9 | val acc: 0.5\nEpoch 2/2 | train loss 0.7 | val acc: 0.6\n',
    );
    const { stdout } = await pawl('metrics', 'train.log', '--format', 'stdout');
    expect(stdout).toMatch(/val_acc ↑/);
    expect(stdout).toMatch(/0\.6000\*/);
  });

  it.each([
    ['a missing file', 'nowhere.csv', [], 'METRICS_NOT_FOUND'],
    ['an empty file', 'empty.csv', [], 'METRIC_NOT_FOUND'],
    ['a binary file', 'model.bin', [], 'METRICS_BINARY'],
    ['prose', 'notes.txt', [], 'METRICS_UNRECOGNIZED'],
    ['an unknown format', 'notes.txt', ['--format', 'xls'], 'METRICS_FORMAT_UNKNOWN'],
  ])('refuses %s', async (_, name, args, error) => {
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'model.bin'), Buffer.from([0, 1, 2, 255, 254, 0, 7]));
    writeFileSync(join(folder, 'notes.txt'), 'Dear diary,\nnothing was trained today.\n');
    const { code, stdout, stderr } = await pawl('metrics', name, '--json', ...args);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: error } });
    expect(stderr).toContain(error);
  });

  it('reads a long log in bounded memory, and a reader that goes away is no failure', async () => {
    const file = join(folder, 'long.jsonl');
    const out = createWriteStream(file);
    for (let i = 0; i < 200; i++) {
      const lines = Array.from({ length: 5000 }, (_, j) => {
        const step = i * 5000 + j;
        return `{"step": ${step}, "epoch": ${i}, "train_loss": ${(2 / (step + 1)).toFixed(6)}, "val_acc": ${(step / 1e6).toFixed(6)}}\n`;
      });
      if (!out.write(lines.join(''))) await once(out, 'drain');
    }
    await new Promise<void>((resolve) => out.end(() => resolve()));
    const limited = await new Promise<{ code: number | null; stdout: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--max-old-space-size=96', PAWL, 'metrics', file, '--json'],
        { maxBuffer: 1 << 28 },
        (_, stdout) => resolve({ code: child.exitCode, stdout }),
      );
    });
    expect(limited.code).toBe(0);
    const document = JSON.parse(limited.stdout) as { points: unknown[]; thinnedFrom: number };
    expect(document.thinnedFrom).toBe(1_000_000);
    expect(document.points.length).toBeLessThan(50_000);

    const child = spawn('sh', [
      '-c',
      `"${process.execPath}" "${PAWL}" metrics "${file}" --json --quiet; echo "exit $?" >&2`,
    ]);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.once('close', resolve));
    expect(stderr).toBe('exit 0\n');
  });
});
