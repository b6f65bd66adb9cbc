import { describe, expect, it } from 'vitest';
import type { ConfigMapping } from '../config/value.ts';
import { checkDerived, checkProject } from './check.ts';
import { proposeFrom } from './fixtures/propose-from.ts';
import { renderProject } from './render.ts';

interface Case {
  name: string;
  files: Record<string, string>;
  train: string;
  overrides?: unknown;
  config: string;
  stack: string;
  metric?: string;
  /** Some of the settings of the baseline config that is written. */
  derived?: ConfigMapping;
  /** Keys that must not be among them. */
  not?: string[];
}

const CASES: Case[] = [
  {
    name: 'argparse in groups, with a training function elsewhere',
    files: {
      'main.py': `import argparse
import torch
from engine import train_one_epoch
def get_args_parser():
    parser = argparse.ArgumentParser('DeiT training', add_help=False)
    parser.add_argument('--batch-size', default=64, type=int)
    parser.add_argument('--epochs', default=300, type=int)
    parser.add_argument('--drop', type=float, default=0.0, metavar='PCT', help='Dropout rate')
    parser.add_argument('--model-ema', action='store_true')
    parser.add_argument('--no-model-ema', action='store_false', dest='model_ema')
    parser.set_defaults(model_ema=True)
    parser.add_argument('--opt', default='adamw', type=str)
    parser.add_argument('--opt-betas', default=None, type=float, nargs='+')
    parser.add_argument('--lr', type=float, default=5e-4)
    parser.add_argument('--data-path', default='/datasets/imagenet', type=str)
    parser.add_argument('--output_dir', default='', help='path where to save')
    parser.add_argument('--device', default='cuda')
    parser.add_argument('--seed', default=0, type=int)
    parser.add_argument('--resume', default='')
    return parser
if __name__ == '__main__':
    args = get_args_parser().parse_args()
    main(args)
`,
      'README.md': '```\npython main.py --eval --model deit_tiny --resume x.pth\n```\n',
      'engine.py': 'def train_one_epoch(model):\n    loss.backward()\n    print(f"val_acc: {acc:.3f}")\n',
    },
    train: 'python main.py --output_dir {output} --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'PyTorch',
    derived: { batch_size: 64, epochs: 300, drop: 0, model_ema: true, opt: 'adamw', lr: 5e-4, seed: 0 },
    not: ['resume', 'device', 'output_dir', 'opt_betas'],
  },
  {
    name: 'click options only',
    files: {
      'train.py': `import click, xgboost as xgb
@click.command()
@click.option("--eta", default=0.3)
@click.option("--max-depth", default=6, type=int)
@click.option("--subsample", default=1.0, type=float)
@click.option("--out-dir", default="out")
@click.option("--random-state", default=0)
@click.option("--log/--no-log", default=True)
def main(eta, max_depth, subsample, out_dir, random_state, log):
    xgb.train({"eta": eta}, d)
if __name__ == "__main__":
    main()
`,
      'configs/readme.txt': '',
    },
    train: 'python train.py --out-dir {output} --random-state {seed}',
    overrides: 'argparse',
    config: 'configs/baseline_config.yaml',
    stack: 'XGBoost',
    derived: { eta: 0.3, max_depth: 6, subsample: 1 },
  },
  {
    name: 'a dataclass through tyro (CleanRL)',
    files: {
      'ppo.py': `from dataclasses import dataclass
import torch
import tyro
@dataclass
class Args:
    exp_name: str = "ppo"
    seed: int = 1
    torch_deterministic: bool = True
    learning_rate: float = 2.5e-4
    num_envs: int = 4
    anneal_lr: bool = True
    gamma: float = 0.99
    target_kl: float = None
if __name__ == "__main__":
    args = tyro.cli(Args)
    loss.backward()
    optimizer.step()
`,
    },
    train: 'python ppo.py --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'PyTorch',
    derived: { learning_rate: 2.5e-4, num_envs: 4, anneal_lr: true, gamma: 0.99 },
  },
  {
    name: 'a config looked for in sys.argv by hand, the command in the running text of the README',
    files: {
      'train.py':
        'import sys, yaml\ncfg = yaml.safe_load(open(sys.argv[sys.argv.index("-c") + 1]))\nmodel.fit(cfg["lr"], cfg["epochs"])\nprint(f"val_acc={acc}")\n',
      'config.yaml': 'lr: 0.1\nepochs: 5\n',
      'README.md': 'Run `python train.py -c config.yaml`, then look at `train.py`.\n',
    },
    train: 'python train.py -c {config}',
    config: 'config.yaml',
    stack: 'Python',
  },
  {
    name: 'a recipe of just that hands its arguments on',
    files: {
      'train.py':
        'import argparse\nap = argparse.ArgumentParser()\nap.add_argument("--lr", type=float, default=0.001)\nap.add_argument("--epochs", type=int, default=5)\na = ap.parse_args()\nmodel.fit(a.lr)\nprint(f"val_acc={acc}")\n',
      justfile: 'rate := "0.1"\n\nlint:\n    ruff check\n\ntrain *args:\n    python train.py --lr {{rate}} {{args}}\n',
    },
    train: 'python train.py --lr 0.1',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'Python',
    derived: { lr: 0.1, epochs: 5 },
  },
  {
    name: 'a module of a package that imports from the top',
    files: {
      'pkg/__init__.py': '',
      'pkg/cli.py':
        'import argparse\nfrom pkg.data import load\nap = argparse.ArgumentParser()\nap.add_argument("--lr", type=float, default=0.1)\na = ap.parse_args()\nmodel.fit(a.lr)\nprint(f"val_acc={acc}")\n',
      'pkg/data.py': 'def load(): pass\n',
      'pyproject.toml': '[project]\nname = "pkg"\n[project.scripts]\ntrain-pkg = "pkg.cli:main"\n',
    },
    train: 'python -m pkg.cli',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'Python',
    derived: { lr: 0.1 },
  },
  {
    name: 'fastai with call_parse',
    files: {
      'train_imagenette.py': `from fastai.vision.all import *
from fastcore.script import *
@call_parse
def main(
    lr: Param("Learning rate", float)=1e-2,
    epochs: Param("Number of epochs", int)=5,
    mixup: Param("Mixup", float)=0.,
    runs: Param("Number of runs", int)=1,
    fp16: Param("Mixed precision", store_true)=False,
    seed: int=0,
):
    learn.fit_one_cycle(epochs, lr)
`,
    },
    train: 'python train_imagenette.py --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'fastai',
    derived: { lr: 0.01, epochs: 5, mixup: 0 },
  },
  {
    name: 'Stable-Baselines3 with flags',
    files: {
      'train.py': `import argparse
from stable_baselines3 import PPO
p = argparse.ArgumentParser()
p.add_argument("--env", default="CartPole-v1")
p.add_argument("--learning-rate", type=float, default=3e-4)
p.add_argument("--n-steps", type=int, default=2048)
p.add_argument("--log-dir", default="logs")
p.add_argument("--seed", type=int, default=0)
a = p.parse_args()
model = PPO("MlpPolicy", a.env, learning_rate=a.learning_rate, n_steps=a.n_steps, seed=a.seed)
model.learn(100_000)
`,
    },
    train: 'python train.py --log-dir {output} --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'Stable-Baselines3',
    derived: { learning_rate: 3e-4, n_steps: 2048, env: 'CartPole-v1' },
  },
  {
    name: 'a Hugging Face example script by its README command',
    files: {
      'README.md': '```bash\nexport TASK_NAME=mrpc\n\npython run_glue.py \\\n  --model_name_or_path bert-base-cased \\\n  --task_name mrpc \\\n  --do_train \\\n  --do_eval \\\n  --max_seq_length 128 \\\n  --per_device_train_batch_size 32 \\\n  --learning_rate 2e-5 \\\n  --num_train_epochs 3 \\\n  --output_dir /tmp/mrpc/\n```\n',
      'run_glue.py': `from dataclasses import dataclass, field
from transformers import HfArgumentParser, Trainer, TrainingArguments
@dataclass
class DataTrainingArguments:
    max_seq_length: int = field(default=128, metadata={"help": "x"})
    pad_to_max_length: bool = field(default=True)
def main():
    parser = HfArgumentParser((DataTrainingArguments, TrainingArguments))
    data_args, training_args = parser.parse_args_into_dataclasses()
    trainer = Trainer()
    trainer.train()
if __name__ == "__main__":
    main()
`,
    },
    train:
      'python run_glue.py --model_name_or_path bert-base-cased --task_name mrpc --do_train --do_eval --max_seq_length 128 --per_device_train_batch_size 32 --learning_rate 2e-5 --num_train_epochs 3 --output_dir {output} --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'Hugging Face HfArgumentParser',
    derived: { learning_rate: 2e-5, num_train_epochs: 3, per_device_train_batch_size: 32, weight_decay: 0, max_seq_length: 128 },
    not: ['output_dir', 'do_train'],
  },
  {
    name: 'nanoGPT with the config of its README',
    files: {
      'README.md': '```\npython train.py config/train_shakespeare_char.py --compile=False\n```\n',
      'config/train_shakespeare_char.py': '# small\nout_dir = "out-shakespeare-char"\nlearning_rate = 1e-3 # with baby networks can afford to go a bit higher\nmax_iters = 5000\ndropout = 0.2\n',
      'configurator.py': 'for arg in sys.argv[1:]:\n    pass\n',
      'train.py': `import os, torch
# I/O
out_dir = 'out'
eval_interval = 2000
always_save_checkpoint = True # if True
# data
gradient_accumulation_steps = 5 * 8 # used to simulate larger batch sizes
batch_size = 12
dropout = 0.0 # for pretraining 0 is good
bias = False
learning_rate = 6e-4
grad_clip = 1.0
dtype = 'bfloat16' if torch.cuda.is_available() else 'float16'
compile = True
# -----
config_keys = [k for k,v in globals().items() if not k.startswith('_')]
exec(open('configurator.py').read()) # overrides from command line or config file
tokens_per_iter = gradient_accumulation_steps * batch_size
scaler.scale(loss).backward()
print(f"step {iter_num}: train loss {losses['train']:.4f}, val loss {losses['val']:.4f}")
`,
    },
    train: 'python train.py config/train_shakespeare_char.py --compile=False --out_dir={output}',
    overrides: { style: 'dotted', values: 'python' },
    config: 'baseline_config.yaml',
    stack: 'nanoGPT configurator',
    metric: 'val_loss',
    derived: { learning_rate: 1e-3, dropout: 0.2, gradient_accumulation_steps: 40, compile: false, bias: false, grad_clip: 1 },
    not: ['out_dir', 'dtype', 'tokens_per_iter', 'config_keys'],
  },
  {
    name: 'detectron2',
    files: {
      'train_net.py': `from detectron2.engine import DefaultTrainer, default_argument_parser, default_setup, launch
from detectron2.config import get_cfg
def setup(args):
    cfg = get_cfg()
    cfg.merge_from_file(args.config_file)
    cfg.merge_from_list(args.opts)
    return cfg
def main(args):
    trainer = DefaultTrainer(setup(args))
    return trainer.train()
if __name__ == "__main__":
    args = default_argument_parser().parse_args()
    launch(main, args.num_gpus, args=(args,))
`,
      'configs/base.yaml': 'MODEL:\n  MASK_ON: false\nSOLVER:\n  BASE_LR: 0.02\n  MAX_ITER: 90000\n',
    },
    train: 'python train_net.py --config-file {config} OUTPUT_DIR {output} SEED {seed}',
    overrides: 'yacs',
    config: 'configs/base.yaml',
    stack: 'detectron2',
  },
  {
    name: 'yacs with --opts (Swin)',
    files: {
      'main.py': `import argparse
import torch
from config import get_config
def parse_option():
    parser = argparse.ArgumentParser()
    parser.add_argument('--cfg', type=str, required=True, metavar="FILE", help='path to config file')
    parser.add_argument("--opts", help="Modify config options by adding 'KEY VALUE' pairs. ", default=None, nargs=argparse.REMAINDER)
    parser.add_argument('--output', default='output', type=str, metavar='PATH')
    args = parser.parse_args()
    return args, get_config(args)
if __name__ == '__main__':
    args, config = parse_option()
    loss.backward()
`,
      'config.py': 'from yacs.config import CfgNode as CN\n_C = CN()\n_C.SEED = 0\n_C.OUTPUT = ""\ndef get_config(args):\n    config = _C.clone()\n    config.merge_from_list(args.opts)\n    return config\n',
      'configs/swin/tiny.yaml': 'MODEL:\n  TYPE: swin\n  DROP_PATH_RATE: 0.2\nTRAIN:\n  EPOCHS: 300\n  BASE_LR: 0.0005\n',
    },
    train: 'python main.py --cfg {config} --output {output} --opts SEED {seed}',
    overrides: 'yacs',
    config: 'configs/swin/tiny.yaml',
    stack: 'yacs',
  },
  {
    name: 'mmengine with a config in Python over bases',
    files: {
      'README.md': '```\npython tools/train.py configs/resnet/resnet18_8xb16_cifar10.py\n```\n',
      'tools/train.py': `import argparse
from mmengine.config import Config, DictAction
from mmengine.runner import Runner
def parse_args():
    parser = argparse.ArgumentParser(description='Train a model')
    parser.add_argument('config', help='train config file path')
    parser.add_argument('--work-dir', help='the dir to save logs and models')
    parser.add_argument('--resume', nargs='?', type=str, const='auto')
    parser.add_argument('--cfg-options', nargs='+', action=DictAction, help='override some settings')
    return parser.parse_args()
def main():
    runner = Runner.from_cfg(cfg)
    runner.train()
if __name__ == '__main__':
    main()
`,
      'configs/resnet/resnet18_8xb16_cifar10.py': "_base_ = [\n    '../_base_/models/resnet18.py', '../_base_/schedules/cifar10.py'\n]\nrandomness = dict(seed=0)\n",
      'configs/_base_/models/resnet18.py': "model = dict(\n    type='ImageClassifier',\n    backbone=dict(type='ResNet_CIFAR', depth=18, out_indices=(3, )),\n    head=dict(type='LinearClsHead', num_classes=10, topk=(1, 5)))\n",
      'configs/_base_/schedules/cifar10.py': "optim_wrapper = dict(\n    optimizer=dict(type='SGD', lr=0.1, momentum=0.9, weight_decay=0.0001))\ntrain_cfg = dict(by_epoch=True, max_epochs=200, val_interval=1)\nval_cfg = dict()\nauto_scale_lr = dict(base_batch_size=16 * 8)\n",
    },
    train: 'python tools/train.py configs/resnet/resnet18_8xb16_cifar10.py --work-dir {output} --cfg-options randomness.seed={seed}',
    overrides: 'mmengine',
    config: 'configs/baseline_config.yaml',
    stack: 'mmengine',
    derived: {
      optim_wrapper: { optimizer: { type: 'SGD', lr: 0.1, momentum: 0.9, weight_decay: 0.0001 } },
      train_cfg: { by_epoch: true, max_epochs: 200, val_interval: 1 },
      auto_scale_lr: { base_batch_size: 128 },
      randomness: { seed: 0 },
    },
  },
  {
    name: 'Ultralytics from a script without arguments',
    files: {
      'train.py': `from ultralytics import YOLO
EPOCHS = 50
if __name__ == "__main__":
    model = YOLO("yolo11n.pt")
    results = model.train(data="coco8.yaml", epochs=EPOCHS, imgsz=640, cos_lr=True, project="runs")
`,
    },
    train: 'yolo train model=yolo11n.pt data=coco8.yaml epochs=50 imgsz=640 cos_lr=True project={output} name=run seed={seed}',
    overrides: { style: 'key-value', values: 'python' },
    config: 'baseline_config.yaml',
    stack: 'Ultralytics',
    metric: 'metrics/mAP50-95(B)',
    derived: { epochs: 50, imgsz: 640, cos_lr: true, optimizer: 'auto', lr0: 0.01 },
    not: ['project', 'data', 'model'],
  },
  {
    name: 'timm, by its --config file of defaults',
    files: {
      'train.py': `import argparse, yaml, torch
config_parser = parser = argparse.ArgumentParser(description='Training Config', add_help=False)
parser.add_argument('-c', '--config', default='', type=str, metavar='FILE', help='YAML config file specifying default arguments')
parser = argparse.ArgumentParser(description='PyTorch ImageNet Training')
group = parser.add_argument_group('Optimizer parameters')
group.add_argument('--opt', default='sgd', type=str)
group.add_argument('--lr', type=float, default=None)
group.add_argument('--drop', type=float, default=0.0)
group.add_argument('--output', default='', type=str, metavar='PATH')
group.add_argument('--seed', type=int, default=42)
group.add_argument('--amp', action='store_true', default=False)
if __name__ == '__main__':
    parser.set_defaults(**cfg)
    loss.backward()
`,
      'cfg/resnet.yaml': 'model: resnet50\nlr: 0.1\nepochs: 100\nbatch_size: 128\ndrop: 0.0\n',
    },
    train: 'python train.py --config {config} --output {output} --seed {seed}',
    config: 'cfg/resnet.yaml',
    stack: 'PyTorch',
  },
  {
    name: 'LightGBM with environment variables',
    files: {
      'train.py': `import os
import lightgbm as lgb
params = {
    "learning_rate": float(os.environ.get("LEARNING_RATE", "0.1")),
    "num_leaves": int(os.getenv("NUM_LEAVES", 31)),
    "objective": os.environ.get("OBJECTIVE", "binary"),
}
out = os.environ["PAWL_OUTPUT"]
booster = lgb.train(params, train, valid_sets=[valid])
`,
    },
    train: 'python train.py',
    overrides: 'env',
    config: 'baseline_config.yaml',
    stack: 'LightGBM',
    derived: { learning_rate: 0.1, num_leaves: 31 },
  },
  {
    name: 'OmegaConf with a fixed file and key=value',
    files: {
      'train.py': `from omegaconf import OmegaConf
import torch
def main():
    cfg = OmegaConf.merge(OmegaConf.load("configs/base.yaml"), OmegaConf.from_cli())
    loss.backward()
if __name__ == "__main__":
    main()
`,
      'configs/base.yaml':
        'seed: 1\nlogging:\n  output_dir: runs\nmodel:\n  dropout: 0.1\noptimizer:\n  lr: 0.1\n',
    },
    train: 'python train.py logging.output_dir={output} seed={seed}',
    overrides: 'key-value',
    config: 'configs/base.yaml',
    stack: 'PyTorch',
  },
  {
    name: 'Sacred',
    files: {
      'train.py': `from sacred import Experiment
import torch
ex = Experiment("digits")

@ex.config
def cfg():
    "Settings."
    lr = 1e-3
    epochs = 10  # enough
    model = dict(hidden=64, dropout=0.0)

    steps = epochs * 100

@ex.automain
def main(lr, epochs, model, _run):
    loss.backward()
    _run.log_scalar("val_acc", acc)
`,
    },
    train: 'python train.py -F {output} with seed={seed}',
    overrides: { style: 'key-value', values: 'python' },
    config: 'baseline_config.yaml',
    stack: 'Sacred, PyTorch',
    metric: 'val_acc',
    derived: { lr: 0.001, epochs: 10, model: { hidden: 64, dropout: 0 }, steps: 1000 },
  },
  {
    name: 'CatBoost with flags',
    files: {
      'src/train.py': `import argparse
from catboost import CatBoostClassifier
parser = argparse.ArgumentParser()
parser.add_argument("--iterations", type=int, default=500)
parser.add_argument("--learning-rate", type=float, default=0.03)
parser.add_argument("--depth", type=int, default=6)
parser.add_argument("--train-dir", default="catboost_info")
parser.add_argument("--random-seed", type=int, default=0)
args = parser.parse_args()
model = CatBoostClassifier(iterations=args.iterations)
model.fit(X, y, eval_set=(Xv, yv))
`,
    },
    train: 'python src/train.py --train-dir {output} --random-seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'CatBoost',
    derived: { iterations: 500, learning_rate: 0.03, depth: 6 },
  },
  {
    name: 'Keras with flags and a sub-command',
    files: {
      'cli.py': `import argparse, keras
parser = argparse.ArgumentParser()
sub = parser.add_subparsers()
t = sub.add_parser("train")
t.add_argument("--lr", type=float, default=1e-3)
t.add_argument("--epochs", type=int, default=10)
t.add_argument("--logdir", default="logs")
t.add_argument("--seed", type=int, default=7)
e = sub.add_parser("evaluate")
e.add_argument("--batch", type=int, default=9)
if __name__ == "__main__":
    model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
    model.fit(x, y, validation_data=(a, b))
`,
    },
    train: 'python cli.py train --logdir {output} --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'Keras',
    metric: 'val_accuracy',
    derived: { lr: 1e-3, epochs: 10, seed: 7 },
    not: ['batch'],
  },
  {
    name: 'LightGBM with sys.argv, of which the README gives only the first',
    files: {
      'train.py': `import sys
import lightgbm as lgb
params_file = sys.argv[1] if len(sys.argv) > 1 else "params.yaml"
seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
out_dir = sys.argv[3] if len(sys.argv) > 3 else "out"
booster = lgb.train(params, train_set, valid_sets=[train_set, val_set], valid_names=["train", "valid"])
`,
      'README.md': '```\npython train.py params.yaml\n```\n',
      'params.yaml': 'objective: regression\nmetric: rmse\nnum_leaves: 31\nlearning_rate: 0.1\n',
    },
    train: 'python train.py {config} {seed} {output}',
    config: 'params.yaml',
    stack: 'LightGBM',
    metric: 'valid_rmse',
  },
  {
    name: 'XGBoost that names no metric',
    files: {
      'train.py': `import argparse
from xgboost import XGBClassifier
p = argparse.ArgumentParser()
p.add_argument("--max-depth", type=int, default=6)
p.add_argument("--seed", type=int, default=0)
model = XGBClassifier(objective="binary:logistic")
model.fit(X, y, eval_set=[(X, y), (Xv, yv)])
`,
    },
    train: 'python train.py --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'XGBoost',
    metric: 'validation_0-logloss',
    derived: { max_depth: 6 },
  },
  {
    name: 'a Hugging Face script with metrics of its own',
    files: {
      'run.sh': 'python run_digits.py --output_dir out --do_train --disable_tqdm true --learning_rate 3e-4\n',
      'run_digits.py': `from transformers import HfArgumentParser, Trainer, TrainingArguments
def compute_metrics(prediction):
    return {"accuracy": float((prediction.predictions.argmax(-1) == prediction.label_ids).mean())}

def main():
    parser = HfArgumentParser((TrainingArguments,))
    (training_args,) = parser.parse_args_into_dataclasses()
    Trainer(args=training_args, compute_metrics=compute_metrics).train()
if __name__ == "__main__":
    main()
`,
    },
    train: 'python run_digits.py --output_dir {output} --do_train --disable_tqdm true --learning_rate 3e-4 --seed {seed}',
    overrides: 'argparse',
    config: 'baseline_config.yaml',
    stack: 'Hugging Face HfArgumentParser',
    metric: 'eval_accuracy',
    derived: { learning_rate: 3e-4, disable_tqdm: true },
  },
]; // prettier-ignore

describe('stacks', () => {
  it.each(CASES)('$name', async ({ files, train, overrides, config, stack, metric, derived, not = [] }) => {
    const proposal = await proposeFrom(files);
    expect(proposal?.settings.train).toBe(train);
    expect(proposal?.settings.overrides).toEqual(overrides);
    expect(proposal?.settings.baseline.config).toBe(config);
    expect(proposal?.stack).toBe(stack);
    expect(proposal?.isComplete).toBe(true);
    if (metric !== undefined) expect(proposal?.settings.metric).toBe(metric);
    if (!proposal) return;
    await checkProject(renderProject(proposal, 'schema.json'), proposal.settings);
    if (derived === undefined) expect(proposal.derived).toBeNull();
    else {
      expect(proposal.derived?.value).toMatchObject(derived);
      for (const key of not) expect(proposal.derived?.value).not.toHaveProperty(key);
      if (proposal.derived) await checkDerived(proposal.derived);
    }
  });
});
