import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scenarios } from './fixtures/scenarios.ts';
import { writeKeeping } from './keep.ts';
import { writeReport } from './write.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pawl-report-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('writes everything once, and again only what differs', async () => {
  const outcome = scenarios.singleSeed();
  const first = await writeReport(outcome, root);
  const folder = join(root, 'results/optimization');
  expect((await readdir(folder)).sort()).toEqual([
    'comparison.png',
    'comparison.svg',
    'optimization_complete.md',
    'optimization_results.json',
    'optimization_results.md',
  ]);
  expect(first.notes).toEqual([]);
  expect(first.written.plot).toBe('results/optimization/comparison.png');
  const png = await readFile(join(folder, 'comparison.png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(2300);

  outcome.reason = 'Another reason.';
  const second = await writeReport(outcome, root);
  expect(second.notes).toEqual([
    'results/optimization/optimization_complete.md was there already and differs; it is kept as results/optimization/optimization_complete.previous-1.md.',
    'results/optimization/optimization_results.json was there already and differs; it is kept as results/optimization/optimization_results.previous-1.json.',
    'results/optimization/optimization_results.md was there already and differs; it is kept as results/optimization/optimization_results.previous-1.md.',
  ]);
});

test('an earlier file is kept under the first free name', async () => {
  const file = join(root, 'a.md');
  await writeFile(join(root, 'a.previous-1.md'), 'older');
  await writeFile(file, 'old');
  expect(await writeKeeping(file, 'new')).toBe(join(root, 'a.previous-2.md'));
  expect(await writeKeeping(file, 'new')).toBeNull();
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readFile(join(root, 'a.previous-2.md'), 'utf8')).toBe('old');
  expect((await readdir(root)).sort()).toEqual(['a.md', 'a.previous-1.md', 'a.previous-2.md']);
});

test.each(['../outside.md', '/etc/outside.md', '.', ''])('refuses to write to %j', async (report) => {
  const outcome = scenarios.goalMin();
  outcome.artifacts = { ...outcome.artifacts, report };
  await expect(writeReport(outcome, root)).rejects.toMatchObject({ code: 'REPORT_OUTSIDE', exit: 2 });
  expect(await readdir(root)).toEqual([]);
});

test('a folder in the place of a file is a clear error', async () => {
  const outcome = scenarios.goalMin();
  await mkdir(join(root, outcome.artifacts.json), { recursive: true });
  await expect(writeReport(outcome, root)).rejects.toMatchObject({
    code: 'REPORT_NOT_WRITABLE',
    file: outcome.artifacts.json,
  });
});
