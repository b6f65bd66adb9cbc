import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const trainer = join(root, 'dist', 'trainer', 'main.js');
const example = join(root, 'examples', 'digits');
const baseline = join(example, 'configs', 'training_config.yaml');
let work: string;

beforeAll(() => (work = mkdtempSync(join(tmpdir(), 'pawl-train-'))));
afterAll(() => rmSync(work, { recursive: true }));

const run = (...options: string[]) =>
  spawnSync(process.execPath, [trainer, ...options], { cwd: example, encoding: 'utf8' });
const train = (out: string, ...options: string[]) =>
  run('--config', baseline, '--out', join(work, out), ...options);
/** All that the file says but the time it took. */
const metrics = (folder: string): string =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8').replaceAll(/, "seconds": [\d.e-]+/gu, '');

test('the committed baseline is what the trainer makes of its config, bit by bit', () => {
  expect(train('baseline', '--seed', '42').status).toBe(0);
  const committed = join(example, 'results', 'baseline');
  expect(metrics(join(work, 'baseline'))).toBe(metrics(committed));
  for (const file of ['predictions.jsonl', 'hparams.yaml', 'summary.json']) {
    expect(readFileSync(join(work, 'baseline', file), 'utf8')).toBe(
      readFileSync(join(committed, file), 'utf8'),
    );
  }
});

test('the test split is only read when asked for', () => {
  expect(train('untested', '--epochs', '1').status).toBe(0);
  expect(existsSync(join(work, 'untested', 'test_metrics.json'))).toBe(false);
  const { stdout } = train('tested', '--epochs', '1', '--test');
  const { test_acc } = JSON.parse(readFileSync(join(work, 'tested', 'test_metrics.json'), 'utf8')) as {
    test_acc: number;
  };
  expect(stdout).toContain(`test_acc=${test_acc.toFixed(4)}`);
});

describe('interrupted', () => {
  /** Starts a training of 40 epochs without early stopping and sends `signal` once three epochs are logged. */
  async function interrupt(
    out: string,
    signal: NodeJS.Signals,
  ): Promise<[number | null, NodeJS.Signals | null]> {
    const config = join(work, 'long.yaml');
    writeFileSync(config, readFileSync(baseline, 'utf8').replace('  enabled: true', '  enabled: false'));
    const options = ['--config', config, '--out', join(work, out), '--epochs', '40'];
    const child = spawn(process.execPath, [trainer, ...options], { cwd: example, stdio: 'ignore' });
    const log = join(work, out, 'metrics.jsonl');
    const deadline = Date.now() + 30_000;
    while (!existsSync(log) || metrics(join(work, out)).split('\n').length < 4) {
      if (Date.now() > deadline) throw new Error('no metrics');
      await sleep(2);
    }
    child.kill(signal);
    return (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  }

  test.each<[NodeJS.Signals, number | null, NodeJS.Signals | null]>([
    ['SIGTERM', 143, null],
    ['SIGINT', 130, null],
    ['SIGKILL', null, 'SIGKILL'],
  ])('by %s and resumed it equals the uninterrupted training', async (signal, code, killedBy) => {
    expect(await interrupt(signal, signal)).toEqual([code, killedBy]);
    const before = metrics(join(work, signal));
    expect(before.split('\n').length).toBeLessThan(41);
    const options = ['--config', join(work, 'long.yaml'), '--epochs', '40', '--resume', 'auto'];
    expect(run(...options, '--out', join(work, signal)).stdout).toMatch(
      /^resumed from .* after epoch \d+\n/u,
    );
    expect(run(...options, '--out', join(work, 'whole')).status).toBe(0);
    expect(metrics(join(work, signal))).toBe(metrics(join(work, 'whole')));
  });
});

test('it goes on when nobody reads its output', async () => {
  const out = join(work, 'unread');
  const child = spawn(process.execPath, [trainer, '--config', baseline, '--out', out, '--epochs', '5'], {
    cwd: example,
  });
  child.stdout.destroy();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(metrics(out).trimEnd().split('\n')).toHaveLength(5);
});

describe('messages', () => {
  const config = (text: string): string => {
    const file = join(work, 'config.yaml');
    writeFileSync(file, text);
    return file;
  };

  test('help', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /--resume auto\|PATH[^]*model\.dropout +a number in \[0, 1\); default 0\n/u,
      ) as string,
    });
  });

  test('an unknown key warns and changes nothing', () => {
    const text = `${readFileSync(baseline, 'utf8')}regularization:\n  mixup: 0.2\n`;
    const { status, stderr } = run('--config', config(text), '--out', join(work, 'mixup'), '--epochs', '2');
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: .*:\d+: unknown section 'regularization' is ignored\.\n$/u),
    ]);
    train('plain', '--epochs', '2');
    expect(metrics(join(work, 'mixup'))).toBe(metrics(join(work, 'plain')));
  });

  test.each<[string, () => string[], string]>([
    ['no config', () => ['--out', 'o'], '--config FILE is required'],
    [
      'an absent config',
      () => ['--config', 'absent.yaml', '--out', join(work, 'o')],
      'Cannot read the config absent.yaml',
    ],
    [
      'a wrong type',
      () => ['--config', config('data: {images: 3}'), '--out', join(work, 'o')],
      "config.yaml:1: 'data.images' must be text. Got 3 instead.",
    ],
    [
      'a folder that cannot be made',
      () => ['--config', baseline, '--out', join(baseline, 'o')],
      'Cannot make the folder',
    ],
  ])('%s: exit code 2 and one clear line', (_, options, message) => {
    const { status, stderr, stdout } = run(...options());
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^pawl-train: /u);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
