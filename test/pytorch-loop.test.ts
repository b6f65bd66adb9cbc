import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pawl } from './toy-project.ts';

/** A Python that has PyTorch, scikit-learn and PyYAML. */
const PYTHON = process.env['PAWL_TEST_PYTHON'] ?? 'python3';
const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'pytorch-digits');
const BASELINE = readFileSync(join(EXAMPLE, 'configs', 'baseline.yaml'), 'utf8').replace(
  'label_noise: 0.2',
  'label_noise: 0.0',
);
const TARGET = 91;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'pytorch-loop-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const diagnosis = z.looseObject({
  primary: z.looseObject({ issue: z.string() }),
  decision: z.string(),
  target: z.looseObject({ isMet: z.boolean() }),
});
const outcome = z.looseObject({
  decision: z.string(),
  verdict: z.string(),
  next: z.string(),
  target: z.looseObject({ status: z.string() }),
  optimized: z.looseObject({ mean: z.number() }),
  auto: z.object({ rounds: z.number(), stopped: z.string() }),
});
const finalized = z.looseObject({
  test: z.looseObject({
    metric: z.string(),
    mean: z.number(),
    interval: z.looseObject({ low: z.number(), high: z.number() }),
    looks: z.number(),
  }),
});

/** The example with a config of its own, and a baseline that was trained with it. */
function plant(name: string, config: string): string {
  const project = join(folder, name);
  mkdirSync(join(project, 'configs'), { recursive: true });
  cpSync(join(EXAMPLE, 'train.py'), join(project, 'train.py'));
  writeFileSync(join(project, 'configs', 'baseline.yaml'), config);
  writeFileSync(
    join(project, 'pawl.yaml'),
    `train: [${JSON.stringify(PYTHON)}, train.py, --config, '{config}', --output-dir, '{output}', --checkpoint-dir, '{checkpoints}', --seed, '{seed}']
baseline: { config: configs/baseline.yaml, results: results/baseline }
metric: val_acc
target: ${TARGET}%
environment: { PYTHONDONTWRITEBYTECODE: 1 }
finalize: { arguments: --test, testSize: 397 }
`,
  );
  const { status } = spawnSync(
    PYTHON,
    ['train.py', '--config', 'configs/baseline.yaml', '--output-dir', 'results/baseline', '--seed', '42'],
    { cwd: project, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  expect(status).toBe(0);
  return project;
}

async function json<T>(schema: z.ZodType<T>, project: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await pawl([...args, '--json', '-q'], project);
  expect(code, stderr + stdout).toBe(0);
  return schema.parse(JSON.parse(stdout));
}

describe('pawl diagnose && pawl optimize --auto && pawl finalize', () => {
  it.each<[string, (text: string) => string, string[], string[]]>([
    [
      'a learning rate 300 times too high',
      (text) => text.replace('lr: 0.001', 'lr: 0.3').replace('epochs: 60', 'epochs: 20'),
      ['learning-rate-too-high', 'diverged'],
      [],
    ],
    // One run of each where the cure is plain: the verdict then is `unverified`, and the decision says so.
    [
      'a learning rate 200 times too low',
      (text) => text.replace('lr: 0.001', 'lr: 0.000005').replace('epochs: 60', 'epochs: 30'),
      ['learning-rate-too-low'],
      ['--evidence', 'quick', '--no-smoke'],
    ],
    [
      'three epochs',
      (text) => text.replace('epochs: 60', 'epochs: 3'),
      ['stopped-too-early'],
      ['--evidence', 'quick', '--no-smoke'],
    ],
  ])('cures %s', { timeout: 400_000 }, async (name, defect, issues, evidence) => {
    const project = plant(name.replaceAll(' ', '-'), defect(BASELINE));
    const found = await json(diagnosis, project, 'diagnose', '--no-plot');
    expect(found.target.isMet).toBe(false);
    expect(issues).toContain(found.primary.issue);
    expect(found.decision).toBe('iterate');

    const optimized = await json(outcome, project, 'optimize', '--auto', ...evidence);
    expect(optimized.decision).toBe('finalize');
    expect(optimized.verdict).toBe(evidence.length === 0 ? 'better' : 'unverified');
    expect(['confirmed', 'nominal']).toContain(optimized.target.status);
    expect(optimized.optimized.mean).toBeGreaterThanOrEqual(TARGET);
    expect(optimized.next).toBe('pawl finalize');

    const final = await json(finalized, project, 'finalize');
    expect(final.test).toMatchObject({ metric: 'test_acc', looks: 1 });
    expect(final.test.mean).toBeGreaterThan(TARGET - 8);
    expect(final.test.interval.low).toBeLessThan(final.test.mean);
    for (const file of ['test_results.md', 'model_card.md'])
      expect(existsSync(join(project, 'results', 'final', file)), file).toBe(true);
    const again = await pawl(['finalize', '--json', '-q'], project);
    expect(again.code).toBe(3);
    expect(again.stdout).toContain('unread test data');
  });
});
