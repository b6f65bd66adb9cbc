import Database from 'libsql';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Point } from '../_contract.ts';
import { followCurve } from '../follow.ts';
import { readCurve } from '../read.ts';

const fixture = fileURLToPath(new URL('../trackio/fixtures/digits.db', import.meta.url));
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pawl-trackio-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function timeless(points: readonly Point[]): Point[] {
  return points.map(({ step, epoch, values }) => {
    const { timestamp, ...others } = values;
    expect(timestamp).toBeGreaterThan(1.6e9);
    return { step, epoch, values: others };
  });
}
const rows = (scale: number): Point[] =>
  [0, 1, 2, 3].map((epoch) => ({
    epoch,
    step: epoch,
    values: { 'train/loss': scale / (epoch + 1), 'val/acc': 0.5 + epoch / 8 },
  }));

it('reads the newest run, and says which others there are', async () => {
  const before = readFileSync(fixture);
  const curve = await readCurve(fixture);
  expect(curve.format).toBe('trackio');
  expect(timeless(curve.points)).toEqual([
    ...rows(2),
    { epoch: null, step: 20, values: { loss: Number.NaN, up: Infinity, down: -Infinity } },
  ]);
  expect(curve.warnings[0]).toMatch(
    /took the run 'second' \(\w+\), the newest of 2; name another as trackio:/,
  );
  expect(readFileSync(fixture).equals(before)).toBe(true);
});

it('reads the run that is named', async () => {
  expect(timeless((await readCurve(`trackio:${fixture}#first`)).points)).toEqual(rows(1));
});

it('is followed while the trainer holds it open in WAL mode', async () => {
  const path = join(root, 'live.db');
  const writer = new Database(path);
  writer.pragma('journal_mode = WAL');
  // As the first versions laid it out: no ids of runs, JSON as text.
  writer.exec(
    'CREATE TABLE metrics (id INTEGER PRIMARY KEY, timestamp TEXT, project_name TEXT, run_name TEXT, step INTEGER, metrics TEXT)',
  );
  const log = (step: number): unknown =>
    writer
      .prepare('INSERT INTO metrics (timestamp, run_name, step, metrics) VALUES (?, ?, ?, ?)')
      .run(
        `2026-01-01T00:00:0${step}`,
        'run',
        step,
        JSON.stringify({ loss: 1 / (step + 1), table: { _type: 'trackio.table', size: 3 } }),
      );
  log(0);
  const seen: Point[] = [];
  const follower = followCurve({
    path,
    format: 'trackio',
    pollMs: 20,
    onPoints: (points) => points.forEach(({ index, point }) => (seen[index] = point)),
  });
  for (const step of [1, 2]) {
    await new Promise((resolve) => setTimeout(resolve, 80));
    log(step);
  }
  await vi.waitFor(() => expect(seen).toHaveLength(3), { timeout: 5000, interval: 10 });
  const curve = await follower.finish();
  expect(timeless(curve?.points ?? [])).toEqual(
    [0, 1, 2].map((step) => ({ epoch: null, step, values: { loss: 1 / (step + 1) } })),
  );
  writer.close();
});
