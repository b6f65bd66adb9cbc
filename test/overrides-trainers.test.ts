import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config/document.ts';
import { pawl } from './toy-project.ts';

/** Whole trainings whose changes arrive as arguments of real command lines: Hydra, jsonargparse, argparse, variables. */
const PYTHON = process.env['PAWL_TEST_PYTHON'] ?? 'python3';
const ENV = { PATH: `${dirname(PYTHON)}:${process.env['PATH'] ?? ''}` };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-overrides-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A "training" whose accuracy has its best at lr 0.01, dropout 0.3 and a wide model, with noise by seed. */
const TOY = `
import csv, math, os, random

def train(out, seed, lr, dropout, layers, epochs, act="relu"):
    rng = random.Random(seed)
    best = 0.9 - 0.05 * abs(math.log10(lr) + 2) - 0.3 * abs(dropout - 0.3) - (0.05 if len(layers) < 2 else 0) - (0.02 if act is None else 0)
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "metrics.csv"), "w") as f:
        w = csv.writer(f)
        w.writerow(["epoch", "train_loss", "val_loss", "val_acc"])
        for epoch in range(epochs):
            acc = best * (1 - 0.5 ** (epoch + 1)) + rng.gauss(0, 0.004)
            w.writerow([epoch + 1, 1 - acc / 1.1, 1 - acc, acc])
            f.flush()
`;

const REPORT = (changes: string[]): string => `# Diagnostic report

## Root cause

Overfitting, and a learning rate that is too high.

Target: 80% val_acc

## Recommendations

${changes.map((change, index) => `${index + 1}. **Change ${index + 1}**: \`${change}\``).join('\n')}
`;

interface Outcome {
  verdict: string;
  improvement: { absolute: number };
  changes: { path: string; kind: string; effect: { label: string } }[];
  runs: { id: string; trial: string; status: string }[];
  error?: unknown;
}

async function optimize(folder: string): Promise<Outcome> {
  const { code, stdout, stderr } = await pawl(['optimize', '--json', '--evidence', 'quick'], folder, ENV);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Outcome;
}

function runFolder(folder: string, prefix: string): string {
  const runs = join(folder, '.pawl', 'runs');
  const study = join(runs, readdirSync(runs)[0] as string);
  return join(study, readdirSync(study).find((name) => name.startsWith(prefix)) as string, 'output');
}

const HYDRA = {
  'toy.py': TOY,
  'train.py': `import hydra
from hydra.core.hydra_config import HydraConfig
from toy import train

@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    train(HydraConfig.get().runtime.output_dir, cfg.seed, cfg.optimizer.lr, cfg.model.get("dropout", 0.0), cfg.model.layers, cfg.epochs)
    print("val_acc")

if __name__ == "__main__":
    main()
`,
  'conf/config.yaml':
    'defaults:\n  - model: mlp\n  - optimizer: sgd\n  - _self_\n  - data@dataset: digits\nseed: 3\nepochs: 5\nmodel:\n  name: "my model: v1"\n',
  'conf/model/mlp.yaml': 'defaults:\n  - base\nlayers: [64]\nname: mlp\n',
  'conf/model/base.yaml': 'act: relu\nlayers: [1]\n',
  'conf/optimizer/sgd.yaml': 'lr: 0.1\nmomentum: 0.9\n',
  'conf/data/digits.yaml': 'root: data\n',
};

describe('overrides in whole trainings', () => {
  test('Hydra: proposed by pawl init, its config composed as Hydra composes it, changes arrive', async () => {
    const folder = project({
      ...HYDRA,
      'diagnostic_report.md': REPORT([
        'optimizer.lr: 0.1 → 0.01',
        'model.dropout: 0.3',
        'model.layers: [64] → [64, 32]',
      ]),
    });
    const init = await pawl(['init', '--yes', '--metric', 'val_acc'], folder, ENV);
    expect(init.code, init.stderr).toBe(0);
    const composed = spawnSync(PYTHON, ['train.py', '--cfg', 'job'], { cwd: folder, encoding: 'utf8' });
    writeFileSync(join(folder, 'composed.yaml'), composed.stdout);
    const [derived, real] = await Promise.all(
      ['baseline_config.yaml', 'composed.yaml'].map(
        async (name) => (await readConfig(join(folder, name))).value,
      ),
    );
    // Beside what Hydra composes: the choices of its groups, so that a report can ask for another.
    const { defaults, ...settings } = derived ?? {};
    expect(settings).toEqual(real);
    expect(defaults).toEqual([{ model: 'mlp' }, { optimizer: 'sgd' }]);

    const dry = await pawl(['optimize', '--dry-run', '--json'], folder, ENV);
    const { command } = JSON.parse(dry.stdout) as { command: string };
    expect(command).toContain("seed=3 'model.layers=[64,32]' ++model.dropout=0.3 optimizer.lr=0.01");
    expect(existsSync(join(folder, 'optimization_config.yaml'))).toBe(false);

    const outcome = await optimize(folder);
    expect(outcome.improvement.absolute).toBeGreaterThan(0.1);
    const seen = (await readConfig(join(runFolder(folder, 'optimized-1'), '.hydra', 'config.yaml'))).value;
    expect(seen).toMatchObject({
      seed: 3,
      optimizer: { lr: 0.01, momentum: 0.9 },
      model: { dropout: 0.3, layers: [64, 32], name: 'my model: v1' },
    });
    const report = readFileSync(join(folder, 'results/optimization/optimization_results.md'), 'utf8');
    expect(report).toContain('++model.dropout=0.3');
    expect(report).toMatch(/config\.yaml:\d+ shows that it arrived/);
    expect(readFileSync(join(folder, 'optimization_config.yaml'), 'utf8')).toMatch(
      /lr: 0\.01 .*# CHANGED: from 0\.1/,
    );
  });

  test('jsonargparse as LightningCLI uses it: typed values, a seed, an inert key seen in its own config', async () => {
    const folder = project({
      'toy.py': TOY,
      'main.py': `import os
from typing import List, Optional
from jsonargparse import ArgumentParser
from toy import train

class Model:
    def __init__(self, lr: float = 0.1, dropout: float = 0.0, layers: List[int] = [64], act: Optional[str] = "relu", width: int = 8):
        pass

parser = ArgumentParser()
parser.add_argument("--config", action="config")
parser.add_argument("--seed_everything", type=int, default=1)
parser.add_argument("--epochs", type=int, default=5)
parser.add_argument("--out", default="out")
parser.add_class_arguments(Model, "model")
args = parser.parse_args()
os.makedirs(args.out, exist_ok=True)
# A bug of the training: whatever is asked for, the width stays 8.
args.model.width = 8
parser.save(args, os.path.join(args.out, "config.yaml"), overwrite=True)
m = args.model
train(args.out, args.seed_everything, m.lr, m.dropout, m.layers, args.epochs, m.act)
`,
      'config.yaml':
        'seed_everything: 1\nepochs: 5\nmodel:\n  lr: 0.1\n  dropout: 0.0\n  layers: [64]\n  act: relu\n  width: 8\n',
      'pawl.yaml':
        'train: python main.py --config {config} {overrides} --out {output} --seed_everything {seed}\noverrides: dotted\nbaseline:\n  config: config.yaml\nmetric: val_acc\n',
      'diagnostic_report.md': REPORT([
        'model.lr: 0.1 → 0.01',
        'model.layers: [64] → [64, 32]',
        'model.dropout: 0.0 → 0.3',
        'model.width: 8 → 16',
      ]),
    });
    const outcome = await optimize(folder);
    expect(outcome.improvement.absolute).toBeGreaterThan(0.1);
    const seen = (await readConfig(join(runFolder(folder, 'optimized-1'), 'config.yaml'))).value;
    expect(seen).toMatchObject({ model: { lr: 0.01, layers: [64, 32], dropout: 0.3 } });
    expect(Object.fromEntries(outcome.changes.map(({ path, effect }) => [path, effect.label]))).toMatchObject(
      {
        'model.width': 'inert',
      },
    );
    const report = readFileSync(join(folder, 'results/optimization/optimization_results.md'), 'utf8');
    expect(report).toMatch(/config\.yaml:\d+ still says 8, as the baseline does, instead of 16/);
  });

  test('argparse only: the defaults are the baseline, flags bring the changes', async () => {
    const folder = project({
      'toy.py': TOY,
      'train.py': `import argparse
from toy import train
p = argparse.ArgumentParser()
p.add_argument("--learning-rate", dest="lr", type=float, default=0.1)
p.add_argument("--dropout", type=float, default=0)
p.add_argument("--layers", type=int, nargs="+", default=[64])
p.add_argument("--epochs", type=int, default=5)
p.add_argument("--no-act", dest="act", action="store_false")
p.add_argument("--out", default="out", help="where metrics.csv with val_acc goes")
p.add_argument("--seed", type=int, default=11)
a = p.parse_args()
if __name__ == "__main__":
    train(a.out, a.seed, a.lr, a.dropout, a.layers, a.epochs, "relu" if a.act else None)
`,
      'diagnostic_report.md': REPORT([
        'lr: 0.1 → 0.01',
        'dropout: 0.0 → 0.3',
        'layers: [64] → [64, 32]',
        'act: true → false',
      ]),
    });
    const init = await pawl(['init', '--yes', '--metric', 'val_acc'], folder, ENV);
    expect(init.code, init.stderr).toBe(0);
    expect(readFileSync(join(folder, 'baseline_config.yaml'), 'utf8')).toContain(
      'lr: 0.1  # --learning-rate, train.py:4',
    );
    const plan = await pawl(['plan', '--json'], folder, ENV);
    expect((JSON.parse(plan.stdout) as { passed: unknown }).passed).toEqual({
      argv: ['--learning-rate=0.01', '--dropout=0.3', '--layers', '64', '32', '--no-act'],
      environment: {},
    });
    const outcome = await optimize(folder);
    expect(outcome.improvement.absolute).toBeGreaterThan(0.1);
    expect(outcome.changes.map(({ effect }) => effect.label)).not.toContain('inert');
  });

  test('environment variables, and what cannot be said is refused before anything is trained', async () => {
    const files = {
      'toy.py': TOY,
      'train.py': `import os
from toy import train
train(os.environ["PAWL_OUTPUT"], int(os.environ["PAWL_SEED"]), float(os.environ.get("OPT_LR", "0.1")), float(os.environ.get("DROPOUT", "0.0")), [1, 2], int(os.environ.get("EPOCHS", "4")))
`,
      'c.yaml': 'opt:\n  lr: 0.1\ndropout: 0.0\nepochs: 4\n',
      'pawl.yaml':
        'train: python train.py\noverrides: { style: env, prefix: "" }\nbaseline: { config: c.yaml, seed: 5 }\nmetric: val_acc\n',
      'diagnostic_report.md': REPORT(['opt.lr: 0.1 → 0.01', 'dropout: 0.0 → 0.3']),
    };
    const folder = project(files);
    const dry = await pawl(['optimize', '--dry-run', '--json'], folder, ENV);
    expect((JSON.parse(dry.stdout) as { command: string }).command).toBe(
      'env OPT_LR=0.01 DROPOUT=0.3 python train.py',
    );
    const outcome = await optimize(folder);
    expect(outcome.improvement.absolute).toBeGreaterThan(0.1);

    const removing = project({
      ...files,
      'diagnostic_report.md': REPORT(['remove `dropout`', 'opt.lr: 0.1 → 0.01']),
    });
    writeFileSync(
      join(removing, 'diagnostic_report.md'),
      `# Report\n\n## Root cause\n\nToo much noise.\n\n## Recommendations\n\n1. **Remove dropout**\n\n\`\`\`diff\n- dropout: 0.0\n\`\`\`\n`,
    );
    const refused = await pawl(['optimize', '--json'], removing, ENV);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'OVERRIDE_NOT_EXPRESSIBLE' } });
    expect(existsSync(join(removing, '.pawl', 'runs'))).toBe(false);
  });
});
