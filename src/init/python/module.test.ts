import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spellingOf } from './flag.ts';
import { readModule } from './module.ts';
import { tokenize } from './tokens.ts';

const flagsOf = (source: string): string[] =>
  readModule('x.py', source).flags.map(
    (flag) =>
      `${flag.command === null ? '' : `${flag.command} `}${spellingOf(flag)}${flag.isRequired ? '!' : ''}${flag.isSwitch ? '?' : ''}`,
  );

describe('flags', () => {
  it.each<[string, string, string[]]>([
    [
      'comments and strings are no code',
      '# p.add_argument("--a")\n"""p.add_argument("--b")"""\np.add_argument("--c")',
      ['--c'],
    ],
    [
      'nested brackets and joined strings',
      'p.add_argument("--d" "ata", choices=[f(x, (1, 2))], help="a, (b")',
      ['--data'],
    ],
    [
      'argparse',
      'p.add_argument("-c", "--config", required=True)\np.add_argument("path")\np.add_argument("--fp16", action="store_true")',
      ['--config!', 'path!', '--fp16?'],
    ],
    ['constants', 'NAME = "--cfg"\np.add_argument(NAME, default=None)', ['--cfg']],
    [
      'sub-commands',
      's = p.add_subparsers()\nt = s.add_parser("train")\ng = t.add_argument_group("x")\ng.add_argument("--lr")',
      ['train --lr'],
    ],
    [
      'click',
      '@click.command()\n@click.option("--config", "cfg", required=True)\n@click.argument("out")\ndef main(cfg, out): pass',
      ['--config!', 'out!'],
    ],
    [
      'click group',
      '@click.group()\ndef cli(): pass\n@cli.command()\n@click.option("--config")\ndef train_model(config): pass',
      ['train-model --config'],
    ],
    [
      'Typer with Annotated',
      'import typer\nfrom typing import Annotated\napp = typer.Typer()\n@app.command()\ndef main(config: Annotated[Path, typer.Option("--cfg")], seed: int = 3): ...',
      ['--cfg!', '--seed'],
    ],
    [
      'Typer options',
      'import typer\ndef main(config: str = typer.Option(..., "--config"), out: str = typer.Option("o")): pass\ntyper.run(main)',
      ['--config!', '--out'],
    ],
    [
      'absl',
      'flags.DEFINE_string("config", None, "x")\nflags.DEFINE_integer("seed", 1, "y")',
      ['--config', '--seed'],
    ],
    [
      'Fire',
      'import fire\ndef train(config, out="x", seed=1): pass\nfire.Fire(train)',
      ['--config!', '--out', '--seed'],
    ],
    [
      'tyro',
      'import tyro\nfrom dataclasses import dataclass\n@dataclass\nclass Args:\n    """Doc."""\n    config: Path\n    out: str = "runs"  # where\n    seed: int = field(default=1)\n\n    def f(self): pass\nargs = tyro.cli(Args)',
      ['--config!', '--out', '--seed'],
    ],
    [
      'Tap',
      'from tap import Tap\nclass A(Tap):\n    config: str\n    debug: bool = False\nA().parse_args()',
      ['--config!', '--debug?'],
    ],
    [
      'jsonargparse',
      'from jsonargparse import CLI\ndef main(config_path: str, out_dir: str = "x"): pass\nCLI(main)',
      ['--config_path!', '--out_dir'],
    ],
    [
      'jsonargparse, whose CLI takes a config file besides',
      'from jsonargparse import CLI\ndef main(lr: float, epochs: int = 5): pass\nCLI(main)',
      ['--lr!', '--epochs', '--config'],
    ],
    [
      'tyro: classes within classes',
      'import tyro\n@dataclass\nclass Optim:\n    lr: float = 0.1\n@dataclass\nclass Args:\n    optim: Optim = field(default_factory=Optim)\n    seed: int = 0\ntyro.cli(Args)',
      ['--optim.lr', '--seed'],
    ],
    [
      'simple-parsing: classes within classes share their names',
      'from simple_parsing import ArgumentParser\n@dataclass\nclass Optim:\n    lr: float = 0.1\n@dataclass\nclass Options:\n    optim: Optim\nparser.add_arguments(Options, dest="options")',
      ['--lr'],
    ],
    [
      'looked for by hand',
      'import sys\ncfg = load(sys.argv[sys.argv.index("-c") + 1])\nif "--seed" in sys.argv:\n    seed = int(sys.argv[sys.argv.index("--seed") + 1])\nlr = float(sys.argv[sys.argv.index("--lr") + 1])',
      ['-c!', '--seed'],
    ],
    [
      'getopt',
      'import getopt, sys\nopts, args = getopt.getopt(sys.argv[1:], "hc:o:", ["config=", "outdir=", "help", "lr="])',
      ['--config', '--outdir'],
    ],
  ])('%s', (_, source, expected) => expect(flagsOf(source)).toEqual(expected));
});

describe('names under which a source logs', () => {
  it.each<[string, string, string[]]>([
    [
      'printf formats',
      'log.info("epoch %d/%d train_loss=%.4f val_loss=%.4f val_acc=%6.2f%%", *row)',
      ['val_loss', 'val_acc'],
    ],
    [
      'a loop over splits',
      'for split, x in [("train", a), ("val", b)]:\n    row[f"{split}_loss"] = f(x)\n    row[f"{split}/acc"] = g(x)',
      ['val_loss', 'val/acc'],
    ],
    [
      'compute_metrics of the Hugging Face Trainer',
      'def compute_metrics(p):\n    return {"accuracy": a, "f1": f}\n\ndef other():\n    return {"weight": 1}\n',
      ['eval_accuracy', 'eval_f1'],
    ],
    [
      'evaluate',
      'metric = evaluate.load("accuracy")\ndef compute_metrics(p):\n    return metric.compute(predictions=p, references=r)\n',
      ['eval_accuracy'],
    ],
  ])('%s', (_, source, expected) => expect(readModule('x.py', source).logged).toEqual(expected));
});

describe('readModule', () => {
  it('reads defaults that are put together', () => {
    const [flag] = readModule(
      'x.py',
      'ROOT = "configs"\np.add_argument("--config", default=Path(ROOT) / "base.yaml")',
    ).flags;
    expect(flag?.default).toBe('configs/base.yaml');
  });

  it('reads what else there is to know', () => {
    const module = readModule(
      'train.py',
      `"""Train it.

    python train.py
"""
from __future__ import annotations
import os, torch.nn as nn
from .model import (Net,
    Other)
CONFIG = "./params.yaml"
cfg = yaml.safe_load(open(CONFIG))
json.dump(x, open("summary.json", "w"))
seed = int(sys.argv[2])
out = sys.argv[1]
where = os.environ.get("PAWL_OUTPUT", "out")
self.log("val/acc", acc)
print(f"Epoch {e}: valid loss: {v:.3f} | train acc {a}")
torch.save(m, "last.pt")
if __name__ == '__main__':
    main()
`,
    );
    expect(module.docstring).toContain('python train.py');
    expect([...module.packages]).toEqual(['__future__', 'os', 'torch']);
    expect(module.imports.at(-1)).toEqual({ module: '.model', names: ['Net', 'Other'] });
    expect(module.fixedConfigs).toEqual(['params.yaml']);
    expect(module.argv).toEqual([
      { index: 1, target: 'out' },
      { index: 2, target: 'seed' },
    ]);
    expect([...module.environment]).toEqual(['PAWL_OUTPUT']);
    expect(module.logged).toEqual(['val/acc', 'valid_loss']);
    expect(module.checkpointNames).toEqual(['last.pt']);
    expect(module.hasMain).toBe(true);
  });

  it('never fails or hangs on any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '[',
        '{',
        '"',
        "'",
        '"""',
        '\\',
        '\n',
        ' ',
        '#',
        'def ',
        'class ',
        'p.add_argument(',
        '@',
        '=',
        ',',
        'f"',
        '\r\n',
        'é',
        '0x',
        '1e',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        readModule('x.py', pieces.join(''));
      }),
      { numRuns: 500 },
    );
    const deep = `${'f('.repeat(60_000)}1`;
    const started = performance.now();
    readModule('x.py', deep);
    readModule('x.py', 'class A:\n' + '  x: int = 1\n'.repeat(15_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('keeps the lines of tokens behind strings and continued lines', () => {
    const lines = tokenize('a = """x\ny"""\nb = 1 + \\\n  2\nc').filter(({ kind }) => kind === 'name');
    expect(lines.map(({ text, line }) => [text, line])).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 5],
    ]);
  });
});
