import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { makeToyProject, pawl, PAWL, TOY_CONFIG, TOY_REPORT, type ToyOptions } from './toy-project.ts';

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const project of made.splice(0)) project.remove();
});

function toy(options?: ToyOptions): string {
  const project = makeToyProject(options);
  made.push(project);
  return project.folder;
}

interface Outcome {
  schemaVersion: number;
  decision: string;
  verdict: string;
  iteration: number;
  target: { value: number; status: string | null };
  baseline: { train: number; val: number; gap: number };
  optimized: { train: number; val: number; gap: number };
  improvement: { absolute: number; relative: number; n: number };
  changes: {
    path: string;
    kind: string;
    from: unknown;
    to: unknown;
    effect: { label: string };
    onBothSides?: boolean;
  }[];
  artifacts: Record<'config' | 'report' | 'plot' | 'checklist' | 'json', string>;
  runs: { id: string; trial: string; seed: number; status: string; value: number }[];
  incumbent: string;
  reason: string;
  next: string;
}

async function optimize(folder: string, ...args: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await pawl(['optimize', '--json', '-q', ...args], folder);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Outcome;
}

const slow = TOY_CONFIG.replace('epochs: 6', 'epochs: 30').replace('epoch_ms: 20', 'epoch_ms: 100');

describe('one iteration', () => {
  test('one run of each: unverified, and every figure adds up', async () => {
    const folder = toy();
    const outcome = await optimize(folder, '--evidence', 'quick');
    expect(outcome).toMatchObject({
      schemaVersion: 1,
      verdict: 'unverified',
      decision: 'finalize',
      iteration: 1,
    });
    expect(outcome.target).toMatchObject({ value: 0.8, status: 'nominal' });
    const { baseline, optimized, improvement } = outcome;
    expect(improvement.absolute).toBeCloseTo(optimized.val - baseline.val, 12);
    expect(improvement.relative).toBeCloseTo(((optimized.val - baseline.val) / baseline.val) * 100, 10);
    expect(baseline.gap).toBeCloseTo(baseline.train - baseline.val, 12);
    expect(outcome.changes.map(({ path, kind, from, to }) => ({ path, kind, from, to }))).toEqual([
      { path: 'model.dropout', kind: 'changed', from: 0, to: 0.4 },
      { path: 'optimizer.weight_decay', kind: 'changed', from: 0, to: 0.01 },
      { path: 'optimizer.learning_rate', kind: 'changed', from: 0.1, to: 0.05 },
    ]);
    expect(outcome.changes.at(-1)?.effect.label).toBe('inert');
    expect(outcome.runs.filter((run) => run.trial === 'optimized-1')).toHaveLength(1);
    for (const file of Object.values(outcome.artifacts))
      expect(existsSync(join(folder, file)), file).toBe(true);
    const report = readFileSync(join(folder, outcome.artifacts.report), 'utf8');
    expect(report).toContain('not verified');
    for (const section of [
      'Configuration Changes',
      'Performance Comparison',
      'Target Achievement',
      'Training Profile',
      'Learning Curves',
      'Analysis',
      'Reproducibility',
      'Decision',
      'Checkpoints',
      'Checklist',
    ]) {
      expect(report).toContain(`## ${section}`);
    }
    const config = readFileSync(join(folder, outcome.artifacts.config), 'utf8');
    expect(config).toMatch(/dropout: 0\.4.*# .*CHANGED: from 0\.0/);
    expect(JSON.parse(readFileSync(join(folder, outcome.artifacts.json), 'utf8'))).toMatchObject({
      verdict: 'unverified',
    });
    expect(readFileSync(join(folder, outcome.artifacts.plot)).subarray(1, 4).toString()).toBe('PNG');
  });

  test('several seeds: pairs, an interval, and no run more than needed', async () => {
    const outcome = await optimize(toy());
    expect(outcome.verdict).toBe('better');
    expect(outcome.improvement.n).toBe(3);
    const finished = outcome.runs.filter((run) => run.status === 'finished');
    expect(finished.map((run) => run.seed).toSorted((a, b) => a - b)).toEqual([42, 42, 43, 43, 44, 44]);
  });

  test('a change that does nothing is not called better', async () => {
    const report =
      '# R\n\nRoot cause: slow learning\n\n## Recommendations\n\n1. `optimizer.learning_rate: 0.1 → 0.05`\n2. collect more data\n3. look at the labels\n';
    const outcome = await optimize(toy({ report }));
    expect(outcome.verdict).toBe('not-better');
    expect(outcome.decision).toBe('rediagnose');
    expect(outcome.improvement.absolute).toBe(0);
  });

  test('--attribute separates the changes', async () => {
    const outcome = await optimize(toy(), '--attribute');
    const labels = Object.fromEntries(outcome.changes.map((change) => [change.path, change.effect.label]));
    expect(labels).toEqual({
      'model.dropout': 'helped',
      'optimizer.weight_decay': 'helped',
      'optimizer.learning_rate': 'inert',
    });
  });

  test('other validation data is given to both sides', async () => {
    const config = `${TOY_CONFIG}data:\n  val_samples: 100\n`;
    const report = TOY_REPORT.replace(
      '`optimizer.learning_rate: 0.1 → 0.05`',
      '`data.val_samples: 100 → 400`',
    );
    const folder = toy({ config, report });
    const outcome = await optimize(folder, '--attribute');
    const baseline = readFileSync(join(folder, 'configs', 'optimization_baseline.yaml'), 'utf8');
    expect(baseline).toMatch(/dropout: 0\.0[^]*val_samples: 400 .*CHANGED: from 100/);
    expect(readFileSync(join(folder, 'configs', 'training_config.yaml'), 'utf8')).toBe(config);
    expect(outcome.changes.at(-1)).toMatchObject({
      path: 'data.val_samples',
      onBothSides: true,
      effect: { label: 'not-separated' },
    });
    expect(outcome.runs.some(({ trial }) => trial === 'without-1-3')).toBe(false);
    expect(readFileSync(join(folder, outcome.artifacts.report), 'utf8')).toContain('made on both sides');
  });

  test('--exit-code tells scripts the decision', async () => {
    const { code } = await pawl(
      ['optimize', '-q', '--exit-code', '--evidence', 'quick'],
      toy({ project: 'target: 99%\n' }),
    );
    expect(code).toBe(10);
  });

  test('the seed goes into the config where the command takes none', async () => {
    const config = `seed: 7\n${TOY_CONFIG}`;
    const train = 'node seeded.mjs {config} {output}';
    const folder = toy({ config, train, project: 'seeds: [7, 8, 9]\nsmoke: false\n' });
    writeFileSync(
      join(folder, 'seeded.mjs'),
      `import { readFileSync, writeFileSync } from 'node:fs';
       const seed = Number(/seed: (\\d+)/.exec(readFileSync(process.argv[2], 'utf8'))[1]);
       writeFileSync(process.argv[3] + '/metrics.json', JSON.stringify({ epochs: [{ epoch: 1, val_acc: 0.5 + seed / 100 }] }));`,
    );
    const outcome = await optimize(folder);
    const baseline = outcome.runs
      .filter((run) => run.trial === 'baseline')
      .map(({ seed, value }) => [seed, value]);
    expect(baseline).toEqual(
      expect.arrayContaining([
        [7, expect.closeTo(0.57)],
        [8, expect.closeTo(0.58)],
      ]),
    );
  });

  test('`pawl report` rebuilds what was deleted, byte for byte', async () => {
    const folder = toy();
    const { artifacts } = await optimize(folder, '--evidence', 'quick');
    const before = readFileSync(join(folder, artifacts.report), 'utf8');
    rmSync(join(folder, 'results'), { recursive: true });
    expect((await pawl(['report', '-q'], folder)).code).toBe(0);
    expect(readFileSync(join(folder, artifacts.report), 'utf8')).toBe(before);
    expect(existsSync(join(folder, artifacts.plot))).toBe(true);
  });
});

describe('iterations', () => {
  const second =
    '# R2\n\nRoot cause: still too little regularization\n\n## Recommendations\n\n1. `model.dropout: 0.4 → 0.6`\n2. collect data\n3. clean labels\n';

  test('the second starts from the best config so far, the fourth is refused', async () => {
    const folder = toy({ project: 'target: 99%\n' });
    const one = await optimize(folder);
    expect(one).toMatchObject({ decision: 'iterate', incumbent: 'optimized-1' });
    expect(one.next).toContain('--iteration 2');
    writeFileSync(join(folder, 'second.md'), second);
    const two = await optimize(folder, '--iteration', '2', '--diagnostic', 'second.md');
    expect(two).toMatchObject({ iteration: 2, verdict: 'better', incumbent: 'optimized-2' });
    expect(two.artifacts.config).toBe('configs/optimization_config_2.yaml');
    const config = readFileSync(join(folder, two.artifacts.config), 'utf8');
    expect(config).toMatch(/dropout: 0\.6/);
    expect(config).toMatch(/weight_decay: 0\.01/);
    // Against the original baseline it is the gain of both iterations.
    expect(two.improvement.absolute).toBeGreaterThan(one.improvement.absolute);
    writeFileSync(join(folder, 'third.md'), second.replace('0.4 → 0.6', '0.6 → 0.61'));
    const three = await optimize(folder, '--iteration', '3', '--diagnostic', 'third.md');
    expect(three.decision).toBe('accept');
    const { code, stdout } = await pawl(['optimize', '--iteration', '4', '--json', '-q'], folder);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'ITERATION_LIMIT' } });
  });

  test('a worse second iteration leaves the incumbent where it is', async () => {
    const folder = toy({ project: 'target: 99%\n' });
    await optimize(folder);
    writeFileSync(join(folder, 'second.md'), second.replace('0.4 → 0.6', '0.4 → 0.1'));
    const two = await optimize(folder, '--iteration', '2', '--diagnostic', 'second.md');
    expect(two).toMatchObject({ verdict: 'not-better', decision: 'rediagnose', incumbent: 'optimized-1' });
  });
});

describe('while it runs', () => {
  function start(folder: string, ...args: string[]) {
    const child = spawn(process.execPath, [PAWL, 'optimize', '--no-smoke', ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
      child.on('exit', (code) => resolve({ code, stderr }));
    });
    return { child, ended };
  }

  async function untilTraining(folder: string): Promise<void> {
    for (let i = 0; i < 200; i++) {
      const runs = join(folder, '.pawl', 'runs');
      if (existsSync(runs)) {
        const logs = readdirSync(runs, { recursive: true }).filter((name) =>
          String(name).endsWith('metrics.jsonl'),
        );
        if (logs.length > 0) return;
      }
      await sleep(50);
    }
    throw new Error('no training started');
  }

  test('a second optimize is refused, status is not', async () => {
    const folder = toy({ config: slow });
    const { child, ended } = start(folder);
    await untilTraining(folder);
    const { code, stdout } = await pawl(['optimize', '--json', '-q'], folder);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'STUDY_LOCKED' } });
    const status = JSON.parse((await pawl(['status', '--json'], folder)).stdout) as {
      state: string;
      pid: number;
    };
    expect(status).toMatchObject({ state: 'running', pid: child.pid });
    expect((await pawl(['stop'], folder)).code).toBe(0);
    expect((await ended).code).toBe(130);
  });

  test.each([
    ['once', 1],
    ['twice', 2],
  ])('Ctrl-C %s: exit 130, nothing left behind, resumable', async (_name, times) => {
    const folder = toy({ config: slow, project: 'seeds: [1]\n' });
    const { child, ended } = start(folder);
    await untilTraining(folder);
    for (let i = 0; i < times; i++) {
      child.kill('SIGINT');
      await sleep(30);
    }
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('--resume');
    const left = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(join(folder, '.pawl'));
        } catch {
          return false;
        }
      });
    expect(left).toEqual([]);
    const resumed = await pawl(['optimize', '--resume', '--json', '-q', '--no-smoke'], folder);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ verdict: 'unverified' });
  });

  test('what a killed pawl left behind, `pawl stop` ends', async () => {
    const folder = toy({ config: slow });
    const { child, ended } = start(folder);
    await untilTraining(folder);
    child.kill('SIGKILL');
    await ended;
    const { stdout } = await pawl(['stop', '--json'], folder);
    expect((JSON.parse(stdout) as { ended: string[] }).ended.length).toBeGreaterThan(0);
  });
});
