import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MetricFormat, Point, PolledReader, Sink } from './_contract.ts';
import { followCurve } from './follow.ts';
import { csv } from './formats/csv.ts';
import { readCurve } from './read.ts';
import { registerFormat } from './registry.ts';

/** A log that is a folder: one table a metric. */
const tables: MetricFormat = {
  name: 'tables',
  title: 'folder of tables',
  detect: ({ listing }) =>
    listing.some((file) => /^plots.[^/\\]+\.tsv$/.test(file))
      ? { confidence: 0.95, why: 'plots/*.tsv' }
      : undefined,
  members: (listing) => listing.filter((file) => /^plots.[^/\\]+\.tsv$/.test(file)),
  open: (member, sink) => csv.open(member, sink),
};

/** A log that is asked: a file stands for the server. */
function asked(answer: () => string, name: string): MetricFormat {
  return {
    name,
    title: 'something that is asked',
    detect: ({ path }) => (path.includes('asked') ? { confidence: 1, why: 'its name' } : undefined),
    open: (_member, sink) => new AskedReader(answer, sink),
  };
}

class AskedReader implements PolledReader {
  readonly kind = 'polled';
  private readonly answer: () => string;
  private readonly sink: Sink;
  private seen = 0;

  constructor(answer: () => string, sink: Sink) {
    this.answer = answer;
    this.sink = sink;
  }

  poll(): Promise<void> {
    const losses = this.answer()
      .split(' ')
      .filter((text) => text !== '')
      .map(Number);
    for (; this.seen < losses.length; this.seen++) {
      this.sink.row(this.seen + 1, Number.NaN);
      this.sink.set(this.sink.column('loss'), losses[this.seen] as number);
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

let root = '';
const undo: (() => void)[] = [];
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pawl-contract-'));
});
afterEach(() => {
  for (const remove of undo.splice(0)) remove();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const at = (step: number | null, values: Record<string, number>, epoch: number | null = null): Point => ({
  epoch,
  step,
  values,
});
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a format that is a folder', () => {
  it('is found among other files, read from all its files, and followed', async () => {
    undo.push(
      registerFormat({
        name: 'tables',
        lives: 'directory',
        suits: () => true,
        load: () => Promise.resolve(tables),
      }),
    );
    const run = join(root, 'run');
    mkdirSync(join(run, 'live', 'plots'), { recursive: true });
    writeFileSync(join(run, 'notes.txt'), 'hello\n');
    const write = (name: string, rows: string) =>
      writeFileSync(join(run, 'live', 'plots', name), `step\t${name.slice(0, -4)}\n${rows}`);
    write('loss.tsv', '0\t0.5\n');
    write('acc.tsv', '0\t0.8\n');
    expect((await readCurve(run)).points).toEqual([at(0, { acc: 0.8, loss: 0.5 })]);
    const seen: Point[] = [];
    const follower = followCurve({
      path: run,
      pollMs: 20,
      onPoints: (points) => points.forEach(({ index, point }) => (seen[index] = point)),
    });
    await sleep(60);
    write('loss.tsv', '0\t0.5\n1\t0.4\n');
    write('acc.tsv', '0\t0.8\n1\t0.9\n');
    const curve = await follower.finish();
    expect(curve).toMatchObject({ format: 'tables', file: join(run, 'live') });
    expect(curve?.points).toEqual([at(0, { acc: 0.8, loss: 0.5 }), at(1, { acc: 0.9, loss: 0.4 })]);
    expect(seen).toEqual(curve?.points);
  });
});

describe('a format that is asked', () => {
  it('is read and followed as a file', async () => {
    const file = join(root, 'asked.db');
    const format = asked(() => readFileSync(file, 'utf8'), 'asked');
    undo.push(
      registerFormat({
        name: 'asked',
        lives: 'file',
        suits: () => true,
        load: () => Promise.resolve(format),
      }),
    );
    writeFileSync(file, '0.5 0.4');
    expect((await readCurve(file)).points).toEqual([at(null, { loss: 0.5 }, 1), at(null, { loss: 0.4 }, 2)]);
    const follower = followCurve({ path: file, pollMs: 20, onPoints: () => undefined });
    await sleep(40);
    writeFileSync(file, '0.5 0.4 0.3');
    expect((await follower.finish())?.points).toHaveLength(3);
  });

  it('is read and followed at an address', async () => {
    let losses = '0.5';
    const format = asked(() => losses, 'server');
    undo.push(
      registerFormat({
        name: 'server',
        lives: 'address',
        suits: () => true,
        load: () => Promise.resolve(format),
      }),
    );
    expect((await readCurve('asked://host/run')).points).toHaveLength(1);
    const seen: Point[] = [];
    const follower = followCurve({
      path: 'asked://host/run',
      pollMs: 20,
      onPoints: (points) => points.forEach(({ index, point }) => (seen[index] = point)),
    });
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 5000, interval: 10 });
    losses = '0.5 0.4';
    await vi.waitFor(() => expect(seen).toHaveLength(2), { timeout: 5000, interval: 10 });
    await follower.close();
  });

  it('is refused where no format reads such addresses', async () => {
    await expect(readCurve('aim://host/run')).rejects.toMatchObject({ code: 'METRICS_UNRECOGNIZED' });
  });
});
