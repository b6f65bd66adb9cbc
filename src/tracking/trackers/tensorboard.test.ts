import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCurve } from '../../metrics/read.ts';
import type { TrackedRun, Tracker } from '../_contract.ts';
import { trackerConformance } from '../conformance.ts';
import { TensorboardTracker } from './tensorboard.ts';

const { signal } = new AbortController();
const root = mkdtempSync(join(tmpdir(), 'pawl-tensorboard-'));
const create = (folder = root): Tracker =>
  new TensorboardTracker({ kind: 'tensorboard', folder, shown: 'runs' });
afterAll(() => rmSync(root, { recursive: true }));

trackerConformance('TensorBoard', { create: () => create() });

const run: TrackedRun = {
  key: 'study-1/baseline-s1',
  parent: 'study-1',
  name: 'baseline-s1',
  group: 'baseline',
  params: { lr: 0.1 },
  tags: {},
  status: 'running',
  startedAt: 1_700_000_000_000,
  endedAt: null,
};
const at = 1_700_000_001_000;
const folderOf = (place: string): string => join(place, 'study-1', 'baseline-s1');

test("Pawl's own reader gets the curve", async () => {
  const place = mkdtempSync(join(root, 'own-'));
  const tracker = create(place);
  await tracker.open(run, signal);
  await tracker.describe(run, signal);
  const values = [1, 2, 3].flatMap((step) => [
    { name: 'loss', step, value: step / 4, at: at + step },
    { name: 'val/acc', step, value: 1 - step / 8, at: at + step },
  ]);
  await tracker.log(run, values, signal);
  const curve = await readCurve(folderOf(place));
  expect(curve.format).toBe('tfevents');
  expect(curve.warnings).toEqual([]);
  expect(curve.points.map(({ step, values: each }) => [step, each['loss'], each['val/acc']])).toEqual([
    [1, 0.25, 0.875],
    [2, 0.5, 0.75],
    [3, 0.75, 0.625],
  ]);
});

test('a file that was cut while it was written is left as it is, and another begun', async () => {
  const place = mkdtempSync(join(root, 'cut-'));
  const tracker = create(place);
  await tracker.open(run, signal);
  await tracker.log(
    run,
    [
      { name: 'loss', step: 1, value: 1, at },
      { name: 'loss', step: 2, value: 2, at },
    ],
    signal,
  );
  const folder = folderOf(place);
  const [first = ''] = readdirSync(folder);
  truncateSync(join(folder, first), readFileSync(join(folder, first)).length - 3);
  const before = readFileSync(join(folder, first));
  const other = create(place);
  expect(await other.open(run, signal)).toEqual(new Map([['loss', [{ step: 1, value: 1 }]]]));
  await other.log(run, [{ name: 'loss', step: 2, value: 2, at }], signal);
  expect(readFileSync(join(folder, first))).toEqual(before);
  const files = readdirSync(folder).sort();
  expect([files.length, files[0]]).toEqual([2, first]);
  expect((await readCurve(folder)).points.map(({ values }) => values['loss'])).toEqual([1, 2]);
});

test('a place that cannot be written is a failure that passes', async () => {
  const place = join(mkdtempSync(join(root, 'file-')), 'runs');
  writeFileSync(place, 'a file');
  appendFileSync(place, '.');
  const tracker = create(place);
  await tracker.open(run, signal);
  const failed = tracker.log(run, [{ name: 'loss', step: 1, value: 1, at }], signal);
  await expect(failed).rejects.toMatchObject({
    reason: 'unavailable',
    message: expect.stringContaining('TensorBoard files in runs cannot be written') as string,
  });
});
