import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCurve } from './read.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pawl-read-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folder(name: string, files: Record<string, string | Buffer>): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  }
  return path;
}

const CSV = 'epoch,loss,val_acc\n1,0.5,0.8\n2,0.4,0.83\n';

describe('a file', () => {
  it.each([
    ['a.csv', CSV, 'csv'],
    ['a.log', CSV, 'csv'],
    ['a.txt', 'Epoch 1/2 loss: 0.5\n', 'stdout'],
    ['a.json', '{"epoch":1,"loss":0.5}\n{"epoch":2,"loss":0.4}\n', 'jsonl'],
    ['a.data', '{"epochs":[{"epoch":1,"loss":0.5},{"epoch":2,"loss":0.4}]}', 'json'],
    ['b.json', '{"loss":[0.5,0.4]}', 'json'],
  ])('%s is told by what it holds', async (name, content, format) => {
    const curve = await readCurve(join(folder('kinds', { [name]: content }), name));
    expect(curve.format).toBe(format);
    expect(curve.file).toBe(join(root, 'kinds', name));
    expect(curve.points.length).toBeGreaterThan(0);
  });

  it('is read in the format that is named', async () => {
    const path = join(folder('named', { 'x.csv': 'Epoch 1 loss: 0.5\n' }), 'x.csv');
    expect((await readCurve(path, { format: 'stdout' })).points).toHaveLength(1);
  });

  it.each([
    ['missing.csv', undefined, 'METRICS_NOT_FOUND'],
    ['archive.gz', gzipSync(CSV), 'METRICS_BINARY'],
    ['model.pt', Buffer.from([0x80, 2, 0, 1, 2, 3]), 'METRICS_BINARY'],
    ['readme.txt', 'Nothing to see here.\nNo numbers at all.\n', 'METRICS_UNRECOGNIZED'],
    ['page.html', '<!doctype html><p>loss: 0.5</p>', 'METRICS_UNRECOGNIZED'],
  ])('%s is refused with a code', async (name, content, code) => {
    const path = join(folder('refused', content === undefined ? {} : { [name]: content }), name);
    await expect(readCurve(path)).rejects.toMatchObject({
      code,
      exit: 2,
      file: path,
      remedy: expect.any(String),
    });
  });

  it('says what was tried', async () => {
    const path = join(folder('tried', { 'x.txt': 'hello\n' }), 'x.txt');
    await expect(readCurve(path)).rejects.toThrow(
      /\(tried: JSON lines, CSV or TSV table, printed lines\)\. It begins with 'hello'/,
    );
  });

  it('is refused where it is a device, a pipe or unreadable', async () => {
    await expect(readCurve('/dev/null')).rejects.toMatchObject({ code: 'METRICS_UNREADABLE' });
    const path = join(folder('locked', { 'x.csv': CSV }), 'x.csv');
    chmodSync(path, 0);
    // Root reads everything.
    if (process.getuid?.() !== 0)
      await expect(readCurve(path)).rejects.toMatchObject({ code: 'METRICS_UNREADABLE' });
    const loop = join(root, 'loop');
    symlinkSync(loop, loop);
    await expect(readCurve(loop)).rejects.toMatchObject({ code: 'METRICS_UNREADABLE' });
  });

  it('is refused in a format that does not exist', async () => {
    await expect(readCurve(root, { format: 'xlsx' })).rejects.toMatchObject({
      code: 'METRICS_FORMAT_UNKNOWN',
    });
  });

  it.each(['', '\n \n'])('of %j makes an empty curve and a warning', async (content) => {
    const curve = await readCurve(join(folder('empty', { 'x.csv': content }), 'x.csv'));
    expect(curve.points).toEqual([]);
    expect(curve.warnings.join()).toContain('is empty');
  });
});

describe('a folder', () => {
  it('gives the log that holds most, and says so', async () => {
    const path = folder('run', {
      'args.json': '{"lr": 0.1, "epochs": 20, "loss": 1}',
      'config.yaml': 'lr: 0.1\n',
      'predictions.csv': 'id,label,prob\n1,0,0.5\n2,1,0.8\n',
      'train.log': 'Epoch 1/2 loss: 0.5 val_acc: 0.8\nEpoch 2/2 loss: 0.4 val_acc: 0.83\n',
      'lightning_logs/version_0/metrics.csv': CSV,
      'checkpoints/last.pt': Buffer.from([0, 1, 2]),
    });
    const curve = await readCurve(path);
    expect(curve.file).toBe(join(path, 'lightning_logs/version_0/metrics.csv'));
    expect(curve.warnings[0]).toContain('took lightning_logs/version_0/metrics.csv');
    expect(curve.warnings[0]).toContain('train.log');
  });

  it('gives the newest of equals', async () => {
    const path = folder('versions', { 'version_0/metrics.csv': CSV, 'version_1/metrics.csv': CSV });
    utimesSync(join(path, 'version_1/metrics.csv'), 1000, 1000);
    expect((await readCurve(path)).file).toBe(join(path, 'version_0/metrics.csv'));
  });

  it('is no trap where links lead in circles', async () => {
    const path = folder('circle', { 'a/metrics.csv': CSV });
    symlinkSync(path, join(path, 'a/up'));
    symlinkSync(join(path, 'nowhere'), join(path, 'broken'));
    expect((await readCurve(path)).points).toHaveLength(2);
  });

  it('without a log is refused', async () => {
    await expect(readCurve(folder('bare', {}))).rejects.toMatchObject({ code: 'METRICS_NOT_FOUND' });
    const path = folder('other', { 'notes.txt': 'hello\n', 'labels.csv': 'id,label\n1,0\n2,1\n' });
    await expect(readCurve(path)).rejects.toMatchObject({
      code: 'METRICS_UNRECOGNIZED',
      message: expect.stringContaining('labels.csv'),
    });
  });

  it('is searched for the format that is named', async () => {
    const path = folder('both', { 'metrics.csv': CSV, 'train.log': 'Epoch 1/2 loss: 0.5\n' });
    expect((await readCurve(path, { format: 'stdout' })).file).toBe(join(path, 'train.log'));
  });
});
