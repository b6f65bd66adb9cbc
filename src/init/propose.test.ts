import { describe, expect, it } from 'vitest';
import { checkDerived } from './check.ts';
import { proposeFrom } from './fixtures/propose-from.ts';

const CONFIG =
  'seed: 42\nmodel:\n  hidden: 64\n  dropout: 0.0\ntraining:\n  epochs: 20\n  batch_size: 32\noptimizer:\n  lr: 0.001\n';
const LOG =
  'epoch,train_loss,train_acc,val_loss,val_acc\n1,1.0,0.5,1.1,0.48\n2,0.8,0.6,0.9,0.57\n3,0.6,0.7,0.8,0.62\n';

interface Case {
  name: string;
  files: Record<string, string>;
  train: string | null;
  config: string | null;
  metric: string;
  results?: string;
  stack?: string;
  overrides?: unknown;
  /** The config that is written with pawl.yaml. */
  derived?: unknown;
  /** Keys of what is missing. */
  missing?: string[];
  isComplete?: boolean;
}

const CASES: Case[] = [
  {
    name: 'PyTorch with argparse and YAML',
    files: {
      'train.py': `import argparse, yaml, torch
def main():
    p = argparse.ArgumentParser()
    p.add_argument("--config", "-c", required=True, help="YAML file")
    p.add_argument("--output_dir", default="results")
    p.add_argument('--seed', type=int, default=0)
    # p.add_argument("--not-this", required=True)
    args = p.parse_args()
    loss.backward()
if __name__ == "__main__":
    main()
`,
      'configs/training_config.yaml': CONFIG,
      'results/baseline/metrics.csv': LOG,
    },
    train: 'python train.py --config {config} --output_dir {output} --seed {seed}',
    config: 'configs/training_config.yaml',
    metric: 'val_acc',
    results: 'results/baseline',
    stack: 'PyTorch',
    missing: [],
  },
  {
    name: 'arguments over several lines, in a module of their own, JSON config, no log',
    files: {
      'src/train.py': `from options import get_options
import torch
opts = get_options()
for epoch in range(3):
    loss.backward()
    print(f"epoch {epoch}: val_f1={f1:.4f} val loss: {loss:.3f}")
`,
      'src/options.py': `import argparse
def get_options():
    parser = argparse.ArgumentParser(
        description="Train (a model)",
    )
    group = parser.add_argument_group("io")
    group.add_argument(
        "--cfg-file",
        dest="cfg",
        type=str,
        help="config, see configs/",
        required=True,
    )
    group.add_argument("--save-dir", type=str, required=True)
    parser.add_argument("--manual-seed", type=int)
    return parser.parse_args()
`,
      'configs/default.json': '{"epochs": 3, "batch_size": 8, "optimizer": {"lr": 0.1}}',
    },
    train: 'python src/train.py --cfg-file {config} --save-dir {output} --manual-seed {seed}',
    config: 'configs/default.json',
    metric: 'val_f1',
    missing: [],
  },
  {
    name: 'sub-command of argparse, TOML',
    files: {
      'main.py': `import argparse
parser = argparse.ArgumentParser()
sub = parser.add_subparsers(dest="cmd")
evaluate = sub.add_parser("eval")
evaluate.add_argument("--checkpoint", required=True)
fit = sub.add_parser("train", help="train")
fit.add_argument("--config", required=True)
fit.add_argument("--out", required=True)
fit.add_argument("--seed", type=int)
if __name__ == "__main__":
    run(parser.parse_args())
    model.fit(x, y)
`,
      'config.toml': 'epochs = 3\n[optimizer]\nlr = 0.1\n',
      'runs/log.jsonl':
        '{"epoch": 1, "train_loss": 1.0, "val_loss": 1.2}\n{"epoch": 2, "train_loss": 0.9, "val_loss": 1.1}\n',
    },
    train: 'python main.py train --config {config} --out {output} --seed {seed}',
    config: 'config.toml',
    metric: 'val_loss',
    results: 'runs',
  },
  {
    name: 'click',
    files: {
      'train.py': `import click
@click.command()
@click.option("--config", "config_path", type=click.Path(exists=True), required=True)
@click.option("-o", "--out-dir", default="out")
@click.option("--seed", default=1, show_default=True)
@click.option("--debug/--no-debug", default=False)
def main(config_path, out_dir, seed, debug):
    trainer.fit()
if __name__ == '__main__':
    main()
`,
      'conf.yaml': CONFIG,
    },
    train: 'python train.py --config {config} --out-dir {output} --seed {seed}',
    config: 'conf.yaml',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'Typer with positional config',
    files: {
      'train.py': `from pathlib import Path
import typer
def main(config: Path, output_dir: Path = Path("out"), seed: int = 0, verbose: bool = False):
    model.fit()
if __name__ == "__main__":
    typer.run(main)
`,
      'config.yaml': CONFIG,
    },
    train: 'python train.py {config} --output-dir {output} --seed {seed}',
    config: 'config.yaml',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'sys.argv',
    files: {
      'train.py': `import sys, yaml
config_path = sys.argv[1]
out_dir = sys.argv[2]
model.fit(x, y, validation_data=(a, b))
model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
`,
      'config.yaml': CONFIG,
    },
    train: 'python train.py {config} {output}',
    config: 'config.yaml',
    metric: 'val_accuracy',
    missing: [],
  },
  {
    name: 'Hydra with a single config',
    files: {
      'train.py': `import hydra
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    trainer.fit(model)
if __name__ == "__main__":
    main()
`,
      'conf/config.yaml': CONFIG,
    },
    train: 'python train.py hydra.run.dir={output} seed={seed}',
    config: 'conf/config.yaml',
    metric: 'val_loss',
    stack: 'Hydra',
    overrides: 'hydra',
    missing: ['metric'],
  },
  {
    name: 'Hydra with groups, put together',
    files: {
      'src/train.py': `import hydra
@hydra.main(config_path="../conf", config_name="main.yaml")
def main(cfg):
    trainer.fit(model)
main()
`,
      'conf/main.yaml':
        'defaults:\n  - model: mlp\n  - optimizer: adam\n  - trainer@train: fast\n  - _self_\n  - experiment: x\n  - override hydra/job_logging: none\nepochs: 3\nseed: 1\nmodel:\n  dropout: 0.2\n',
      'conf/model/mlp.yaml': 'defaults:\n  - base\n  - _self_\nhidden: 64\ndropout: 0.1\n',
      'conf/model/base.yaml': 'hidden: 1\nactivation: relu\n',
      'conf/optimizer/adam.yaml': 'lr: 0.001\n',
      'conf/trainer/fast.yaml': 'steps: 5\n',
      'conf/experiment/x.yaml': '# @package _global_\nepochs: 7\n',
    },
    train: 'python src/train.py hydra.run.dir={output} seed={seed}',
    config: 'baseline_config.yaml',
    metric: 'val_loss',
    overrides: 'hydra',
    derived: {
      defaults: [{ model: 'mlp' }, { optimizer: 'adam' }, { experiment: 'x' }],
      model: { hidden: 64, activation: 'relu', dropout: 0.2 },
      optimizer: { lr: 0.001 },
      train: { steps: 5 },
      epochs: 7,
      seed: 1,
    },
    missing: ['metric'],
  },
  {
    name: 'Hydra with choices that only Hydra can follow: the config that it wrote itself',
    files: {
      'train.py':
        'import hydra\n@hydra.main(config_path="conf", config_name="config")\ndef main(cfg):\n    trainer.fit(model)\nmain()\n',
      'conf/config.yaml': 'defaults:\n  - model: ${oc.env:MODEL}\nseed: 1\nlr: 0.1\n',
      'outputs/2026-01-01/12-00-00/.hydra/config.yaml': 'seed: 1\nlr: 0.1\nmodel:\n  hidden: 3\n',
    },
    train: 'python train.py hydra.run.dir={output} seed={seed}',
    config: 'outputs/2026-01-01/12-00-00/.hydra/config.yaml',
    metric: 'val_loss',
    overrides: 'hydra',
    missing: ['metric'],
  },
  {
    name: 'LightningCLI',
    files: {
      'main.py': `from lightning.pytorch.cli import LightningCLI
def cli_main():
    LightningCLI(Model, DataModule)
if __name__ == "__main__":
    cli_main()
`,
      'model.py':
        'class Model:\n    def validation_step(self, b):\n        self.log("val_acc", acc)\n        self.log("val_loss", loss)\n',
      'config.yaml':
        'seed_everything: 1\ntrainer:\n  max_epochs: 3\n  logger:\n    class_path: lightning.pytorch.loggers.CSVLogger\nmodel:\n  lr: 0.1\ndata:\n  batch_size: 3\n',
    },
    train:
      'python main.py fit --config {config} --seed_everything {seed} --trainer.logger.init_args.save_dir {output}',
    config: 'config.yaml',
    metric: 'val_acc',
    stack: 'LightningCLI',
    missing: [],
  },
  {
    name: 'LightningCLI with the default logger',
    files: {
      'main.py':
        'from lightning.pytorch.cli import LightningCLI\nif __name__ == "__main__":\n    LightningCLI(Model)\n',
      'config.yaml': 'trainer:\n  max_epochs: 3\nmodel:\n  lr: 0.1\n',
    },
    train:
      'python main.py fit --config {config} --seed_everything {seed} --trainer.default_root_dir {output}',
    config: 'config.yaml',
    metric: 'val_loss',
    stack: 'LightningCLI',
    missing: ['metric'],
  },
  {
    name: 'LightningCLI with several loggers',
    files: {
      'main.py':
        'from lightning.pytorch.cli import LightningCLI\nif __name__ == "__main__":\n    LightningCLI(Model)\n',
      'config.yaml':
        'trainer:\n  max_epochs: 3\n  logger:\n    - class_path: CSVLogger\n    - class_path: TensorBoardLogger\nmodel:\n  lr: 0.1\n',
    },
    train:
      'python main.py fit --config {config} --seed_everything {seed} --trainer.default_root_dir {output}',
    config: 'config.yaml',
    metric: 'val_loss',
    stack: 'LightningCLI',
    missing: ['train', 'metric'],
  },
  {
    name: 'Hugging Face with a JSON argument',
    files: {
      'run_glue.py': `import sys
from transformers import HfArgumentParser, TrainingArguments, Trainer
def main():
    parser = HfArgumentParser((ModelArguments, TrainingArguments))
    if len(sys.argv) == 2 and sys.argv[1].endswith(".json"):
        args = parser.parse_json_file(json_file=sys.argv[1])
    else:
        args = parser.parse_args_into_dataclasses()
    trainer = Trainer()
    trainer.train()
if __name__ == "__main__":
    main()
`,
      'args.json':
        '{"model_name_or_path": "x", "output_dir": "out", "num_train_epochs": 3, "learning_rate": 0.00002, "seed": 42}',
    },
    train: 'python run_glue.py {config}',
    config: 'args.json',
    metric: 'eval_loss',
    stack: 'Hugging Face HfArgumentParser',
    missing: ['train'],
  },
  {
    name: 'Hugging Face with flags only',
    files: {
      'train.py': `from transformers import HfArgumentParser, TrainingArguments
parser = HfArgumentParser(TrainingArguments)
(args,) = parser.parse_args_into_dataclasses()
trainer.train()
`,
    },
    train: 'python train.py --output_dir {output} --seed {seed}',
    config: 'baseline_config.yaml',
    overrides: 'argparse',
    metric: 'eval_loss',
    missing: [],
  },
  {
    name: 'TRL',
    files: {
      'sft.py': `from trl import SFTTrainer, TrlParser
parser = TrlParser((ScriptArguments, SFTConfig))
trainer = SFTTrainer()
trainer.train()
if __name__ == "__main__": main()
`,
      'recipes/sft.yaml':
        'model_name_or_path: x\nlearning_rate: 0.00002\nnum_train_epochs: 1\noutput_dir: out\n',
    },
    train: 'python sft.py --config {config} --output_dir {output} --seed {seed}',
    config: 'recipes/sft.yaml',
    metric: 'eval_loss',
    missing: [],
  },
  {
    name: 'XGBoost with a config flag and a metrics file',
    files: {
      'train_xgb.py': `import argparse, json
import xgboost as xgb
ap = argparse.ArgumentParser()
ap.add_argument("--params", required=True, help="JSON with parameters")
ap.add_argument("--metrics-out", default="metrics.json")
ap.add_argument("--model-out", default="model.ubj")
ap.add_argument("--random-state", type=int, default=0)
a = ap.parse_args()
booster = xgb.train(params, dtrain, evals=[(dtrain, "train"), (dval, "val")])
`,
      'params.json': '{"eta": 0.3, "max_depth": 6, "num_boost_round": 100, "eval_metric": "auc"}',
    },
    train:
      'python train_xgb.py --params {config} --metrics-out {output}/metrics.json --random-state {seed} --model-out {checkpoints}/model.ubj',
    config: 'params.json',
    metric: 'val-auc',
    stack: 'XGBoost',
    missing: [],
  },
  {
    name: 'scikit-learn that reads a fixed config',
    files: {
      'train.py': `import yaml
from sklearn.ensemble import RandomForestClassifier
with open("params.yaml") as f:
    params = yaml.safe_load(f)
model.fit(X, y)
print("val_accuracy:", acc)
`,
      'params.yaml': 'train:\n  n_estimators: 100\n  max_depth: 4\n  seed: 3\n',
    },
    train: 'python train.py',
    config: 'params.yaml',
    metric: 'val_accuracy',
    stack: 'scikit-learn',
    missing: ['train'],
    isComplete: false,
  },
  {
    name: 'Keras with constants only',
    files: {
      'train.py': `import keras
EPOCHS = 10
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=EPOCHS, validation_split=0.2)
`,
    },
    train: 'python train.py',
    config: null,
    metric: 'val_accuracy',
    stack: 'Keras',
    missing: ['train', 'baseline.config'],
    isComplete: false,
  },
  {
    name: 'nothing but a notebook',
    files: { 'train.ipynb': '{"cells": []}' },
    train: null,
    config: null,
    metric: 'val_loss',
    missing: ['train', 'baseline.config', 'metric'],
    isComplete: false,
  },
  {
    name: 'the embedded trainer',
    files: {
      'configs/training_config.yaml':
        'experiment: { seed: 42 }\ndata: { images: a.gz, labels: b.gz }\nmodel: { hidden: [128] }\ntraining: { epochs: 60 }\n',
    },
    train: 'pawl-train --config {config} --out {output} --seed {seed} --checkpoints {checkpoints}',
    config: 'configs/training_config.yaml',
    metric: 'val_acc',
    stack: 'pawl-train',
    missing: [],
  },
  {
    name: 'the command of a Makefile',
    files: {
      'train.py': `import argparse
p = argparse.ArgumentParser()
p.add_argument("--config"); p.add_argument("--data-dir", required=True); p.add_argument("--output-dir"); p.add_argument("--seed", type=int)
if __name__ == "__main__":
    loss.backward()
`,
      'configs/a.yaml': CONFIG,
      'configs/b.yaml': CONFIG,
      Makefile:
        'PYTHON ?= python3\nDATA = /srv/data\n\ntrain: deps\n\t@CUDA_VISIBLE_DEVICES=0 OMP_NUM_THREADS=4 $(PYTHON) train.py --config configs/b.yaml \\\n\t\t--data-dir $(DATA) --seed 7 2>&1 | tee train.log\n',
    },
    train: 'python3 train.py --config {config} --data-dir /srv/data --seed {seed} --output-dir {output}',
    config: 'configs/b.yaml',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'a README command of an installed package, started with -m',
    files: {
      'README.md':
        '# x\n```bash\n$ python -m mypkg.train --config experiments/base.yaml --workdir runs/a\n```\nNot this: `python other.py`\n',
      'src/mypkg/__init__.py': '',
      'src/mypkg/train.py': `from absl import app, flags
from . import model
flags.DEFINE_string("config", None, "path of the config", required=True)
flags.DEFINE_string("workdir", None, "where to write")
def main(_):
    state = train_step()
if __name__ == "__main__":
    app.run(main)
`,
      'src/mypkg/model.py': 'x = 1\n',
      'experiments/base.yaml': CONFIG,
    },
    train: 'python -m mypkg.train --config {config} --workdir {output}',
    config: 'experiments/base.yaml',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'an outdated README is not believed',
    files: {
      'README.md': '```\npython train.py --conf old.yaml --gpu 0\n```\n',
      'train.py': `import argparse
p = argparse.ArgumentParser()
p.add_argument("--config", default="configs/x.yaml")
p.add_argument("--logdir", default="logs")
p.parse_args()
loss.backward()
`,
      'configs/x.yaml': CONFIG,
      'configs/y.yaml': CONFIG,
    },
    train: 'python train.py --config {config} --logdir {output}',
    config: 'configs/x.yaml',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'npm script',
    files: {
      'package.json':
        '{"name": "x", "scripts": {"train": "node train.mjs --config config.json --out runs/a --seed 1"}}',
      'train.mjs': 'train()',
      'config.json': '{"epochs": 3, "lr": 0.1, "batch_size": 2}',
    },
    train: 'node train.mjs --config {config} --out {output} --seed {seed}',
    config: 'config.json',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'a shell script with variables, one of which only running could tell',
    files: {
      'train.sh':
        '#!/bin/bash\nCFG=${1:-configs/base.yaml}\nOUT=runs/$(date +%s)\npython -u src/train.py --config "$CFG" --out "$OUT" --seed 0 "$@"\n',
      'src/train.py':
        'import argparse\nfor n in ("--config", "--out", "--seed"): p.add_argument(n)\nloss.backward()\n',
      'configs/base.yaml': CONFIG,
    },
    train: 'python -u src/train.py --config {config} --out {output} --seed {seed}',
    config: 'configs/base.yaml',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'R, by its Makefile',
    files: {
      Makefile: 'train:\n\tRscript train.R --config config.json --seed 1 --out out/\n',
      'train.R': 'x',
      'config.json': '{"eta": 0.1, "nrounds": 100, "max_depth": 3}',
    },
    train: 'Rscript train.R --config {config} --seed {seed} --out {output}',
    config: 'config.json',
    metric: 'val_loss',
    stack: 'Rscript',
    missing: ['metric'],
  },
  {
    name: 'a script that reads PAWL_CONFIG and PAWL_OUTPUT',
    files: {
      'train.py':
        'import os, yaml\ncfg = yaml.safe_load(open(os.environ.get("PAWL_CONFIG", "c.yaml")))\nout = os.environ["PAWL_OUTPUT"]\nloss.backward()\n',
      'c.yaml': CONFIG,
    },
    train: 'python train.py',
    config: 'c.yaml',
    metric: 'val_loss',
    missing: ['metric'],
  },
  {
    name: 'no flag for the output: what lies there may be overwritten, and settings in JSON are no log',
    files: {
      'train.py': `import argparse
p = argparse.ArgumentParser()
p.add_argument("-c", "--config", default="configs/base.json")
p.add_argument("--local_rank", required=True)
p.add_argument("-m", "--model", required=True)
loss.backward()
`,
      'README.md':
        '```sh\ntorchrun train.py -c configs/base.json -m base\npython train.py -c configs/base.json -m base  # one GPU\n```\n',
      'configs/base.json':
        '{"train": {"seed": 1, "epochs": 20, "learning_rate": 0.1, "betas": [0.8, 0.9]}, "model": {"upsample_rates": [8, 8, 2, 2]}}',
      'metrics.csv': LOG,
    },
    train: 'python train.py -c {config} -m base',
    config: 'configs/base.json',
    metric: 'val_acc',
    results: 'metrics.csv',
    missing: ['train', 'baseline.results'],
  },
  {
    name: 'several runs: the one with the same config is the baseline',
    files: {
      'train.py': `import argparse
p = argparse.ArgumentParser()
p.add_argument("--config"); p.add_argument("--out"); p.add_argument("--seed")
loss.backward()
`,
      'config.yaml': CONFIG,
      'runs/1/metrics.csv': LOG,
      'runs/1/config.yaml': CONFIG.replace('0.001', '0.01'),
      'runs/2/metrics.csv': LOG,
      'runs/2/config.yaml': CONFIG.replace('42', '43'),
    },
    train: 'python train.py --config {config} --out {output} --seed {seed}',
    config: 'config.yaml',
    metric: 'val_acc',
    results: 'runs/2',
    missing: [],
  },
];

describe('propose', () => {
  it.each(CASES)(
    '$name',
    async ({
      files,
      train,
      config,
      metric,
      results,
      stack,
      missing,
      overrides,
      derived,
      isComplete = true,
    }) => {
      const proposal = await proposeFrom(files);
      expect(proposal?.settings.train ?? null).toBe(train);
      expect(proposal?.settings.baseline).toEqual({ config, ...(results === undefined ? {} : { results }) });
      expect(proposal?.settings.metric).toBe(metric);
      expect(proposal?.isComplete).toBe(isComplete);
      expect(proposal?.settings.overrides).toEqual(overrides);
      if (proposal?.derived) await checkDerived(proposal.derived);
      if (derived !== undefined) expect(proposal?.derived?.value).toEqual(derived);
      if (stack !== undefined) expect(proposal?.stack).toBe(stack);
      if (missing !== undefined) expect(proposal?.missing.map(({ key }) => key)).toEqual(missing);
    },
  );

  it('finds nothing in a folder of other things', async () => {
    expect(
      await proposeFrom({ 'notes.txt': 'x', 'setup.py': 'from setuptools import setup\nsetup()\n' }),
    ).toBeUndefined();
  });
});
