import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '../src/metrics/_contract.ts';
import { followCurve } from '../src/metrics/follow.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-follow-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes of a log; undefined while there is none. */
const sizeOf = (name: string): number | undefined =>
  statSync(join(folder, name), { throwIfNoEntry: false })?.size;

/** Follows what a Python program logs, to its end. `seen` is what a listener holds at the end. */
async function followProgram(name: string, program: string, end?: (child: ChildProcess) => void) {
  const path = join(folder, name);
  const child = spawn('python3', ['-c', program, path], { stdio: ['ignore', 'inherit', 'inherit'] });
  const seen: Point[] = [];
  let calls = 0;
  const follower = followCurve({
    path,
    onPoints: (points, isReplaced) => {
      calls++;
      if (isReplaced) seen.length = 0;
      for (const { index, point } of points) seen[index] = point;
    },
  });
  end?.(child);
  await once(child, 'exit');
  const curve = await follower.finish();
  return { curve, seen, calls };
}

describe('a real training is followed', () => {
  it('that appends JSON lines in pieces', async () => {
    const { curve, seen, calls } = await followProgram(
      'pieces.jsonl',
      `
import json, random, sys, time
random.seed(7)
with open(sys.argv[1], "wb", buffering=0) as out:
    for epoch in range(1, 101):
        line = (json.dumps({"epoch": epoch, "loss": float("nan") if epoch == 50 else 1 / epoch, "val_acc": epoch / 100}) + "\\n").encode()
        cut = random.randrange(len(line))
        out.write(line[:cut]); time.sleep(0.01); out.write(line[cut:])
`,
    );
    expect(curve?.points).toHaveLength(100);
    expect(curve?.points[49]?.values['loss']).toBeNaN();
    expect(curve?.points[99]?.values).toEqual({ loss: 1 / 100, val_acc: 1 });
    expect(seen).toEqual(curve?.points);
    expect(calls).toBeGreaterThan(3);
  });

  it('that rewrites its table when a column is added, as Lightning does', async () => {
    const { curve, seen } = await followProgram(
      'rewritten.csv',
      `
import csv, sys, time
rows = []
for epoch in range(30):
    rows.append({"epoch": epoch, "step": epoch * 10 + 9, "train_loss": 1 / (epoch + 1)})
    if epoch % 3 == 2:
        rows.append({"epoch": epoch, "step": epoch * 10 + 9, "val_loss": 2 / (epoch + 1)})
    keys = sorted({key for row in rows for key in row})
    with open(sys.argv[1], "w", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=keys)
        writer.writeheader()
        writer.writerows(rows)
    time.sleep(0.01)
`,
    );
    expect(curve?.points).toHaveLength(30);
    expect(curve?.points[2]).toEqual({ epoch: 2, step: 29, values: { train_loss: 1 / 3, val_loss: 2 / 3 } });
    expect(seen).toEqual(curve?.points);
  });

  it('that replaces a JSON document at once', async () => {
    const { curve, seen } = await followProgram(
      'metrics.json',
      `
import json, os, sys, time
epochs = []
for epoch in range(1, 41):
    epochs.append({"epoch": epoch, "val_acc": epoch / 40})
    with open(sys.argv[1] + ".tmp", "w") as out:
        json.dump({"epochs": epochs}, out, indent=2)
    os.replace(sys.argv[1] + ".tmp", sys.argv[1])
    time.sleep(0.01)
`,
    );
    expect(curve?.points).toHaveLength(40);
    expect(seen).toEqual(curve?.points);
  });

  it('that is killed in the middle of a line', async () => {
    const { curve } = await followProgram(
      'killed.jsonl',
      `
import sys, time
with open(sys.argv[1], "w", buffering=1) as out:
    out.write('{"epoch": 1, "loss": 0.5}\\n{"epoch": 2, "lo'); out.flush(); time.sleep(60)
`,
      (child) => {
        const timer = setInterval(() => {
          if (!sizeOf('killed.jsonl')) return;
          clearInterval(timer);
          child.kill('SIGKILL');
        }, 20);
      },
    );
    expect(curve?.points).toEqual([{ epoch: 1, step: null, values: { loss: 0.5 } }]);
    expect(curve?.warnings.join()).toContain('incomplete');
  });
});

it('a follower that is closed keeps no process alive', async () => {
  const module = new URL('../dist/metrics/follow.js', import.meta.url).href;
  const program = `
    import { followCurve } from '${module}';
    const follower = followCurve({ path: process.argv[1], onPoints() {} });
    setTimeout(() => follower.close(), 50);
  `;
  const args = ['--input-type=module', '-e', program, join(folder, 'never.csv')];
  await promisify(execFile)(process.execPath, args, { timeout: 10_000 });
});
