import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PAWL = fileURLToPath(new URL('../bin/pawl', import.meta.url));

let folder: string;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lay(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function pawl(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [PAWL, ...args], { cwd: folder }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

async function json(...args: string[]): Promise<{ code: number; document: Document }> {
  const { code, stdout } = await pawl('compare', '--json', ...args);
  return { code, document: JSON.parse(stdout) as Document };
}

interface Document {
  metric: { name: string; goal: string; scale: string };
  baseline: { runs: { seed: number | null; value: number | string }[]; mean: number | null };
  optimized: { runs: { seed: number | null; value: number | string }[]; mean: number | null };
  effect: Record<string, unknown>;
  verdict: string;
  pairing: string;
  notes: string[];
  error: { code: string; message: string; remedy: string };
}

const csv = (values: readonly number[], name = 'val_acc'): string =>
  `epoch,train_loss,${name}\n${values.map((value, i) => `${i + 1},${1 / (i + 1)},${value}`).join('\n')}\n`;
const jsonl = (values: readonly number[], name: string): string =>
  values.map((value, i) => `${JSON.stringify({ epoch: i, [name]: value })}\n`).join('');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-compare-'));
  for (const [i, seed] of [42, 43, 44].entries()) {
    lay(`runs/base-${seed}/metrics.csv`, csv([0.5, 0.7 + i / 100, 0.6]));
    lay(`runs/opt-${seed}/log.jsonl`, jsonl([50, 60, 75 + 1.1 * i], 'val/accuracy'));
    lay(`groups/base/seed${seed}/metrics.csv`, csv([0.5, 0.7 + i / 100]));
    lay(`groups/opt/seed${seed}/metrics.csv`, csv([0.5, 0.72 + i / 90]));
    lay(`hp/a${i}/metrics.csv`, csv([0.5, 0.7 + i / 100]));
    lay(`hp/a${i}/hparams.yaml`, `training:\n  seed: ${seed}\n`);
    lay(`hp/b${i}/metrics.csv`, csv([0.5, 0.72 + i / 90]));
    lay(`hp/b${i}/config.json`, `{"seed": ${44 - i}}`);
  }
  lay('other/metrics.csv', csv([1, 0.5], 'val_loss'));
  lay('nan/metrics.csv', csv([0.5, Number.NaN]));
  lay('constant/a.csv', csv([0.5, 0.5]));
  lay('odd/metrics.csv', csv([0.2, 0.9, 3], 'val_acc'));
  lay('empty.csv', '');
});

describe('pawl compare --values', () => {
  it('pairs by position', async () => {
    const { code, document } = await json('--values', '78.1,78.9,77.6', '--', '82.0,81.1,83.0');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      verdict: 'better',
      pairing: 'position',
      metric: { name: 'value', goal: 'max' },
    });
    expect(document.effect).toMatchObject({ n: 3, alpha: 0.05, paired: true });
    expect(document.effect['absolute']).toBeCloseTo(23 / 6, 12);
    expect(document.effect['low']).toBeCloseTo(1.1342, 3);
    expect(JSON.stringify(document.effect)).not.toContain('NaN');
  });

  it('knows which way is better, and says it', async () => {
    const { document } = await json(
      '--values',
      '1.2,1.3,1.25',
      '--metric',
      'val_loss',
      '--',
      '1.0,1.12,1.05',
    );
    expect(document).toMatchObject({ metric: { name: 'val_loss', goal: 'min' }, verdict: 'better' });
    expect(document.effect['difference']).toBeCloseTo(-0.1933, 3);
  });

  it('never subtracts a fraction from a percentage', async () => {
    expect((await json('--values', '0.78,0.79', '--', '82,81')).document.error.code).toBe('COMPARE_SCALES');
    const { document } = await json('--values', '0.78,0.79,0.77', '--metric', 'val_acc', '--', '82,81,83');
    expect(document.effect['absolute']).toBeCloseTo(4, 9);
    expect(document.notes.join(' ')).toContain('multiplied by 100');
  });

  it('takes options behind --, and unequal numbers', async () => {
    const { stdout } = await pawl('compare', '--values', '1,2,3', '--', '5,6', '--json', '--goal', 'min');
    expect(JSON.parse(stdout)).toMatchObject({
      pairing: 'none',
      metric: { goal: 'min' },
      verdict: 'not-better',
    });
  });

  it('a single pair is not verified; a NaN is a run that diverged', async () => {
    expect((await json('--values', '1', '--', '2')).document).toMatchObject({
      verdict: 'unverified',
      effect: { n: 1, alpha: null, low: null },
    });
    expect((await json('--values', '1,2,3', '--', '2,nan,4')).document.verdict).toBe('unstable');
    expect((await json('--values', '1', '--', 'nan')).document).toMatchObject({
      verdict: 'unstable',
      effect: { absolute: null },
    });
  });
});

describe('pawl compare', () => {
  it('reads any format, matches names and scales, and pairs by the seeds in names', async () => {
    const seeds = [42, 43, 44];
    const { document } = await json(
      ...seeds.map((s) => `runs/base-${s}`),
      '--',
      ...seeds.map((s) => `runs/opt-${s}`),
    );
    expect(document).toMatchObject({
      metric: { name: 'val_acc', goal: 'max', scale: 'percent' },
      pairing: 'seed',
      verdict: 'better',
    });
    expect(document.baseline.runs).toMatchObject([
      { seed: 42, value: 70 },
      { seed: 43, value: 71 },
      { seed: 44, value: 72 },
    ]);
    expect(document.effect['absolute']).toBeCloseTo(5.1, 9);
    expect(document.notes.join('\n')).toMatch(/Paired by seed \(42, 43, 44\)/);
  });

  it('takes the runs in a folder, one a seed', async () => {
    const { document } = await json('groups/base', 'groups/opt');
    expect(document.baseline.runs.map(({ seed }) => seed)).toEqual([42, 43, 44]);
    expect(document).toMatchObject({ pairing: 'seed', verdict: 'better' });
  });

  it('reads seeds from the configs beside the logs', async () => {
    const { document } = await json('hp/a0', 'hp/a1', 'hp/a2', '--', 'hp/b0', 'hp/b1', 'hp/b2');
    expect(document.baseline.runs.map(({ seed }) => seed)).toEqual([42, 43, 44]);
    expect(document.optimized.runs.map(({ seed }) => seed)).toEqual([44, 43, 42]);
    expect(document.pairing).toBe('seed');
  });

  it('--select last takes the last value', async () => {
    const { document } = await json('runs/base-42', 'runs/base-43', '--select', 'last');
    expect(document.baseline.mean).toBe(0.6);
    expect(document.verdict).toBe('unverified');
  });

  it('a run that ended in NaN makes the verdict unstable', async () => {
    const { document } = await json('runs/base-42', 'nan');
    expect(document).toMatchObject({
      verdict: 'unstable',
      effect: { absolute: null },
      optimized: { mean: null },
    });
  });

  it('draws the curves', async () => {
    const { code } = await pawl('compare', 'runs/base-42', 'runs/opt-42', '--plot', 'plots/c.png');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'plots/c.png')).subarray(1, 4).toString()).toBe('PNG');
    await pawl('compare', 'runs/base-42', 'runs/opt-42', '--plot', 'plots/c.svg');
    expect(readFileSync(join(folder, 'plots/c.svg'), 'utf8')).toContain('<svg');
  });

  it.each([
    ['one run', ['runs/base-42'], 'COMPARE_GROUPS'],
    ['three without --', ['runs/base-42', 'runs/base-43', 'runs/opt-42'], 'COMPARE_GROUPS'],
    ['nothing', [], 'COMPARE_GROUPS'],
    [
      'validation metrics of which each run has another',
      ['constant/a.csv', 'other'],
      'COMPARE_NO_SHARED_METRIC',
    ],
    ['no shared metric', ['constant/a.csv', 'other', '--metric', 'val_acc'], 'COMPARE_NO_SHARED_METRIC'],
    ['an unknown metric', ['runs/base-42', 'runs/base-43', '--metric', 'bleu'], 'COMPARE_NO_SHARED_METRIC'],
    ['a run twice', ['runs/base-42', 'runs/base-42/metrics.csv', '--', 'runs/opt-42'], 'COMPARE_SEED_TWICE'],
    ['a seed twice', ['hp/a0', 'hp/b2', '--', 'hp/a1'], 'COMPARE_SEED_TWICE'],
    ['scales that cannot be told', ['constant/a.csv', 'odd'], 'COMPARE_SCALES'],
    ['an empty log', ['empty.csv', 'runs/base-42'], 'METRIC_NOT_FOUND'],
    ['a missing file', ['runs/none', 'runs/base-42'], 'METRICS_NOT_FOUND'],
    ['a plot of another kind', ['runs/base-42', 'runs/opt-42', '--plot', 'x.pdf'], 'COMPARE_PLOT'],
    ['words for numbers', ['--values', '1,x', '--', '2'], 'COMPARE_VALUE_INVALID'],
  ])('refuses %s', async (_, args, error) => {
    const { code, document } = await json(...args);
    expect(document.error.code).toBe(error);
    expect(document.error.remedy).not.toBe('');
    expect(code).toBe(2);
  });

  it('prints a table and a verdict for people', async () => {
    const { stdout } = await pawl('compare', 'groups/base', 'groups/opt');
    expect(stdout).toMatch(/groups\/base +3 +71\.0%/);
    expect(stdout).toContain('Verdict: better');
    expect(stdout).toContain('Paired by seed');
  });
});
