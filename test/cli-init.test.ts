import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const PAWL = fileURLToPath(new URL('../bin/pawl', import.meta.url));
const TRAIN = `import argparse, yaml, torch
parser = argparse.ArgumentParser()
parser.add_argument("--config", required=True)
parser.add_argument("--output-dir", required=True)
parser.add_argument("--seed", type=int)
args = parser.parse_args()
raise SystemExit("this script must never be run by init")
loss.backward()
`;
const CONFIG = 'seed: 42\nepochs: 3\noptimizer:\n  lr: 0.1\n';
const LOG = 'epoch,train_loss,val_loss,val_acc\n1,1.0,1.1,70\n2,0.8,0.9,75\n';
const REPORT = `# Diagnostic report

## Root cause
Overfitting: train accuracy 99 %, validation accuracy 75 %.

Target: 80% validation accuracy

## Recommendations
1. **Lower the learning rate**: \`optimizer.lr: 0.1 → 0.01\`
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function pawl(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [PAWL, ...args], { cwd: folder }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

const PROJECT = {
  'train.py': TRAIN,
  'configs/base.yaml': CONFIG,
  'results/baseline/metrics.csv': LOG,
  'diagnostic_report.md': REPORT,
};

describe('pawl init', () => {
  it('writes a pawl.yaml that the other commands read', async () => {
    lay(PROJECT);
    const { code, stderr, stdout } = await pawl('init');
    expect(stderr).not.toContain('✗');
    expect(code).toBe(0);
    expect(stdout).toContain('Wrote pawl.yaml');
    const written = parse(readFileSync(join(folder, 'pawl.yaml'), 'utf8')) as Record<string, unknown>;
    expect(written).toEqual({
      train: expect.stringMatching(
        /^\S*python3? train\.py --config \{config\} --output-dir \{output\} --seed \{seed\}$/,
      ) as string,
      baseline: { config: 'configs/base.yaml', results: 'results/baseline' },
      metric: 'val_acc',
      target: '80%',
    });
    const plan = await pawl('plan', '--json');
    expect(plan.code).toBe(0);
    expect(JSON.parse(plan.stdout)).toMatchObject({ changes: [{ path: 'optimizer.lr', to: 0.01 }] });
  });

  it('--json says what was guessed and what is missing', async () => {
    lay({ 'train.py': TRAIN, 'configs/base.yaml': CONFIG });
    const { code, stdout } = await pawl('init', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      file: 'pawl.yaml',
      written: true,
      complete: true,
      proposal: { baseline: { config: 'configs/base.yaml' }, metric: 'val_loss' },
      guesses: [{ key: 'train' }, { key: 'baseline.config', value: 'configs/base.yaml' }, { key: 'metric' }],
      missing: [{ key: 'metric' }],
    });
  });

  it('--dry-run writes nothing', async () => {
    lay(PROJECT);
    const { code, stdout } = await pawl('init', '--dry-run');
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({ metric: 'val_acc' });
    expect(readdirSync(folder)).not.toContain('pawl.yaml');
  });

  it('never overwrites without --force, and then keeps the old ones', async () => {
    lay({ ...PROJECT, 'pawl.yaml': '# mine\n' });
    const refused = await pawl('init', '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'INIT_EXISTS', file: 'pawl.yaml' } });
    expect(readFileSync(join(folder, 'pawl.yaml'), 'utf8')).toBe('# mine\n');
    expect((await pawl('init', '--force')).code).toBe(0);
    expect(readFileSync(join(folder, 'pawl.yaml.previous-1'), 'utf8')).toBe('# mine\n');
    const again = await pawl('init', '--force', '--metric', 'val_loss', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({
      kept: 'pawl.yaml.previous-2',
      proposal: { metric: 'val_loss' },
    });
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith('pawl.yaml'))
        .sort(),
    ).toEqual(['pawl.yaml', 'pawl.yaml.previous-1', 'pawl.yaml.previous-2']);
  });

  it('takes what is given before what is found', async () => {
    lay({ ...PROJECT, 'configs/other.toml': 'epochs = 3\n' });
    const { stdout } = await pawl(
      'init',
      '--json',
      '--train',
      './go.sh {config} {output}',
      '--config',
      'configs/other.toml',
      '--target',
      '0.9',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      written: true,
      proposal: {
        train: './go.sh {config} {output}',
        baseline: { config: 'configs/other.toml' },
        target: '0.9',
      },
    });
  });

  it.each([
    ['an empty folder', {}, [], 'INIT_NOTHING_FOUND'],
    ['a notebook alone', { 'train.ipynb': '{}' }, [], 'INIT_INCOMPLETE'],
    [
      'a script without a config file',
      { 'train.py': 'import keras\nmodel.fit(x, y, epochs=3)\n' },
      [],
      'INIT_INCOMPLETE',
    ],
    ['a config that does not exist', PROJECT, ['--config', 'no.yaml'], 'CONFIG_NOT_FOUND'],
    ['a target that is none', PROJECT, ['--target', 'high'], 'INIT_INVALID'],
    ['an unreadable command', PROJECT, ['--train', 'python "train.py'], 'COMMAND_UNREADABLE'],
    ['a folder that does not exist', PROJECT, ['--project', 'nowhere'], 'INIT_FOLDER_NOT_FOUND'],
  ])('refuses %s', async (_, files, args, code) => {
    lay(files);
    const result = await pawl('init', '--json', ...args);
    expect(result.code).toBe(2);
    expect(JSON.parse(result.stdout)).toMatchObject({
      error: { code, remedy: expect.any(String) as string },
    });
    expect(readdirSync(folder)).not.toContain('pawl.yaml');
  });
});

describe('pawl init --run-help', () => {
  const python = process.env['PAWL_TEST_PYTHON'] ?? 'python3';
  // Its flags are made in a loop, so that only running it tells them.
  const LOOP = `import argparse, os
open("was-run", "a").write("x")
parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
for name, value in {"learning-rate": 0.1, "epochs": 3, "out-dir": "out", "seed": 0}.items():
    parser.add_argument(f"--{name}", type=type(value), default=value, help=name)
args = parser.parse_args()
for epoch in range(args.epochs):
    print(f"epoch {epoch} val_acc {args.learning_rate}", flush=True)
loss = args.learning_rate
loss.backward() if False else None
`;

  it('reads the flags of a script that has no config and whose source does not tell them', async () => {
    lay({ 'train.py': LOOP });
    const { code, stderr } = await pawl('init', '--train', `${python} train.py`, '--run-help');
    expect(stderr).not.toContain('✗');
    expect(code).toBe(0);
    const project = parse(readFileSync(join(folder, 'pawl.yaml'), 'utf8')) as Record<string, unknown>;
    expect(project).toMatchObject({
      train: `${python} train.py --seed {seed} --out-dir {output}`,
      overrides: { style: 'argparse', names: { learning_rate: '--learning-rate' } },
      baseline: { config: 'baseline_config.yaml' },
    });
    const config = parse(readFileSync(join(folder, 'baseline_config.yaml'), 'utf8')) as unknown;
    expect(config).toEqual({ learning_rate: 0.1, epochs: 3 });
    expect(readFileSync(join(folder, 'was-run'), 'utf8')).toBe('x');
  });

  it('runs nothing unless it is asked to, and says how to ask', async () => {
    lay({ 'train.py': LOOP });
    const { code, stdout } = await pawl('init', '--train', `${python} train.py`, '--json');
    expect(code).toBe(2);
    expect(stdout).toContain('--run-help');
    expect(readdirSync(folder)).toEqual(['train.py']);
  });

  it('says what came where there are no flags', async () => {
    lay({ 'train.py': 'raise SystemExit("no data here")\n' });
    const { code, stdout } = await pawl('init', '--train', `${python} train.py`, '--run-help', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INIT_HELP_FAILED' } });
    expect(stdout).toContain('no data here');
    expect(readdirSync(folder)).toEqual(['train.py']);
  });
});
