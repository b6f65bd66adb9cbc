import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Point } from './_contract.ts';
import { followCurve, type Follower, type FollowOptions } from './follow.ts';

let root = '';
let folder = '';
let count = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pawl-follow-'));
});
beforeEach(() => {
  folder = join(root, String(count++));
  mkdirSync(folder);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const at = (epoch: number, values: Record<string, number>): Point => ({ epoch, step: null, values });

/** A follower with what it has given, as a consumer would hold it. */
function follow(options: Omit<FollowOptions, 'onPoints'>): {
  follower: Follower;
  points: Point[];
  replaced: () => number;
  warnings: string[];
} {
  const points: Point[] = [];
  const warnings: string[] = [];
  let replaced = 0;
  const follower = followCurve({
    ...options,
    onWarning: (text) => warnings.push(text),
    onPoints: (changes, isReplaced) => {
      if (isReplaced) {
        points.length = 0;
        replaced++;
      }
      for (const { index, point } of changes) points[index] = point;
    },
  });
  return { follower, points, replaced: () => replaced, warnings };
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await sleep(10);
  expect(condition()).toBe(true);
}

describe('followCurve', () => {
  it('reads a file that appears later, line by line, and not before a line is whole', async () => {
    const path = join(folder, 'later', 'metrics.csv');
    const { follower, points } = follow({ path });
    expect(follower.file).toBeUndefined();
    await sleep(20);
    mkdirSync(join(folder, 'later'));
    writeFileSync(path, 'epoch,loss\n1,0.5\n2,0.');
    await until(() => points.length === 1);
    await sleep(60);
    expect(points).toEqual([at(1, { loss: 0.5 })]);
    appendFileSync(path, '4\n');
    await until(() => points.length === 2);
    expect(points[1]).toEqual(at(2, { loss: 0.4 }));
    expect((await follower.finish())?.points).toEqual(points);
  });

  it('notices growth at once, not at the next poll', async () => {
    const path = join(folder, 'metrics.jsonl');
    writeFileSync(path, '{"epoch":1,"loss":0.5}\n');
    const { follower, points } = follow({ path, pollMs: 500 });
    await until(() => points.length === 1);
    await sleep(50);
    const begun = performance.now();
    appendFileSync(path, '{"epoch":2,"loss":0.4}\n');
    await until(() => points.length === 2);
    expect(performance.now() - begun).toBeLessThan(300);
    await follower.close();
  });

  it('finishes without waiting, and has the end', async () => {
    const path = join(folder, 'metrics.jsonl');
    const { follower } = follow({ path });
    writeFileSync(path, '{"epoch":1,"loss":0.5}\n{"epoch":2,"loss":0.4}');
    const begun = performance.now();
    const curve = await follower.finish();
    expect(performance.now() - begun).toBeLessThan(200);
    expect(curve?.points).toEqual([at(1, { loss: 0.5 }), at(2, { loss: 0.4 })]);
  });

  it('goes on where a file is replaced by one with the same beginning', async () => {
    const path = join(folder, 'metrics.csv');
    writeFileSync(path, 'epoch,loss\n1,0.5\n');
    const { follower, points, replaced } = follow({ path });
    await until(() => points.length === 1);
    writeFileSync(join(folder, 'new'), 'epoch,loss\n1,0.5\n2,0.4\n');
    renameSync(join(folder, 'new'), path);
    await until(() => points.length === 2);
    expect(replaced()).toBe(0);
    // One more column, the same file: the text before the position is another.
    writeFileSync(path, 'epoch,loss,val_acc\n1,0.5,0.8\n2,0.4,0.82\n3,0.3,0.83\n');
    await until(() => points.length === 3);
    expect(points).toEqual([
      at(1, { loss: 0.5, val_acc: 0.8 }),
      at(2, { loss: 0.4, val_acc: 0.82 }),
      at(3, { loss: 0.3, val_acc: 0.83 }),
    ]);
    expect(replaced()).toBe(0);
    await follower.close();
  });

  it('starts over where the training does', async () => {
    const path = join(folder, 'metrics.csv');
    writeFileSync(path, 'epoch,loss\n1,0.5\n2,0.4\n3,0.3\n');
    const { follower, points, replaced } = follow({ path });
    await until(() => points.length === 3);
    writeFileSync(path, 'epoch,loss\n1,0.7\n');
    await until(() => points.length === 1);
    expect(points).toEqual([at(1, { loss: 0.7 })]);
    expect(replaced()).toBe(1);
    await follower.close();
  });

  it('does not lose what it has while a document is written anew', async () => {
    const path = join(folder, 'metrics.json');
    writeFileSync(path, '{"epochs":[{"epoch":1,"loss":0.5},{"epoch":2,"loss":0.4}]}');
    const { follower, points, replaced } = follow({ path });
    await until(() => points.length === 2);
    writeFileSync(path, '');
    await sleep(60);
    writeFileSync(path, '{"epochs":[{"epoch":1,"loss":0.5},{"epoch":2,"lo');
    await sleep(60);
    expect(points).toHaveLength(2);
    writeFileSync(path, '{"epochs":[{"epoch":1,"loss":0.5},{"epoch":2,"loss":0.4},{"epoch":3,"loss":0.3}]}');
    await until(() => points.length === 3);
    expect(replaced()).toBe(0);
    await follower.close();
  });

  it('reads the captured output until a better log appears in the folder', async () => {
    const stdout = join(folder, 'stdout.log');
    const out = join(folder, 'out');
    const { follower, points, replaced } = follow({ path: out, stdout });
    writeFileSync(stdout, 'Epoch 1/3 loss: 0.5\n');
    await until(() => points.length === 1);
    expect(follower.file).toBe(stdout);
    mkdirSync(out);
    writeFileSync(join(out, 'args.json'), '{"lr": 0.1}');
    writeFileSync(join(out, 'metrics.csv'), 'epoch,loss,val_acc\n1,0.5,0.8\n2,0.4,0.82\n');
    await until(() => follower.file === join(out, 'metrics.csv') && points.length === 2);
    expect(replaced()).toBe(0);
    const curve = await follower.finish();
    expect(curve?.format).toBe('csv');
    expect(curve?.points).toHaveLength(2);
  });

  it('passes over what an earlier run left', async () => {
    writeFileSync(join(folder, 'metrics.csv'), 'epoch,loss\n1,0.5\n');
    const { follower } = follow({ path: folder, sinceMs: Date.now() + 60_000 });
    expect(await follower.finish()).toBeUndefined();
  });

  it('gives nothing where nothing ever appears', async () => {
    const { follower, warnings } = follow({
      path: join(folder, 'never', 'x.csv'),
      stdout: join(folder, 'stdout.log'),
    });
    await sleep(30);
    expect(await follower.finish()).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('stops on close and on a signal, and may be ended twice', async () => {
    const path = join(folder, 'metrics.csv');
    writeFileSync(path, 'epoch,loss\n1,0.5\n');
    const controller = new AbortController();
    const { follower, points } = follow({ path, signal: controller.signal });
    await until(() => points.length === 1);
    controller.abort();
    appendFileSync(path, '2,0.4\n');
    await sleep(60);
    expect(points).toHaveLength(1);
    await follower.close();
    expect((await follower.finish())?.points).toHaveLength(1);
  });

  it('passes on warnings once, and errors at the end', async () => {
    const path = join(folder, 'metrics.csv');
    writeFileSync(path, 'epoch,loss\n1,0.5\n2,oops\n3,oops\n');
    const { follower, warnings } = follow({ path });
    const curve = await follower.finish();
    expect(warnings).toEqual(["line 3: 'oops' in column 'loss' is no number, left out"]);
    expect(curve?.warnings).toHaveLength(2);
    writeFileSync(join(folder, 'y.csv'), 'x');
    const wrong = follow({ path: join(folder, 'y.csv'), format: 'xlsx' });
    await expect(wrong.follower.finish()).rejects.toMatchObject({ code: 'METRICS_FORMAT_UNKNOWN' });
  });
});
