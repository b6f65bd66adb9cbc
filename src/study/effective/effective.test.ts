import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/document.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Change } from '../../diagnosis/types.ts';
import { judgeArrival } from './arrival.ts';
import { findEffectiveConfigs } from './files.ts';
import { testify } from './findings.ts';
import { findSaidIgnored } from './said.ts';

const YOLO = `task: detect
mode: train
model: yolo11n.pt
data: coco8.yaml
epochs: 100
close_mosaic: 10
optimizer: auto
lr0: 0.005
momentum: 0.937
dropout: 0.2
`;
const CLI = `seed_everything: 1
trainer:
  max_epochs: 3
model:
  class_path: models.Net
  init_args:
    dropout: 0.4
    layers: [64, 32]
`;

interface Case {
  what: string;
  text: string;
  file?: string;
  path: string;
  from: ConfigValue;
  to: ConfigValue | undefined;
  kind: string | undefined;
  where?: string;
}

function changeOf(path: string, from: ConfigValue, to: ConfigValue): Change {
  const kind = from === null ? 'new' : 'changed';
  return { path, kind, from, to, recommendation: 1, line: 3, why: 'lower' };
}

const CASES: Case[] = [
  { what: 'Ultralytics takes lr0 and ignores it with optimizer=auto', text: YOLO, path: 'lr0', from: 0.01, to: 0.005, kind: 'ignored', where: 'args.yaml:8' },
  { what: 'with an optimizer named it counts', text: YOLO.replace('auto', 'AdamW'), path: 'lr0', from: 0.01, to: 0.005, kind: 'arrived', where: 'args.yaml:8' },
  { what: 'dropout is for classification', text: YOLO, path: 'dropout', from: 0, to: 0.2, kind: 'ignored', where: 'args.yaml:10' },
  { what: 'dropout where it is used', text: YOLO.replace('detect', 'classify'), path: 'dropout', from: 0, to: 0.2, kind: 'arrived' },
  { what: 'through init_args', text: CLI, path: 'model.dropout', from: 0, to: 0.4, kind: 'arrived', where: 'args.yaml:7' },
  { what: 'under a shorter path', text: 'dropout: 0.4\n', path: 'model.dropout', from: 0, to: 0.4, kind: 'arrived' },
  { what: 'under a longer path', text: 'cfg: {model: {dropout: 0.1}}\n', path: 'model.dropout', from: 0, to: 0.4, kind: 'other' },
  { what: 'flattened', text: 'model/dropout: 0.4\n', path: 'model.dropout', from: 0, to: 0.4, kind: 'arrived' },
  { what: 'under another name', text: 'learning_rate: 0.01\n', path: 'optimizer.lr', from: 0.1, to: 0.01, kind: 'arrived' },
  { what: 'the dropout of something else says nothing', text: 'attention: {dropout: 0.1}\n', path: 'model.dropout', from: 0.1, to: 0.4, kind: undefined },
  { what: 'several places say nothing', text: 'a: {dropout: 0.1}\nb: {dropout: 0.1}\n', path: 'dropout', from: 0.1, to: 0.4, kind: undefined },
  { what: 'the value of the baseline did not change', text: 'opt: {lr: 0.1}\n', path: 'opt.lr', from: 0.1, to: 0.01, kind: 'absent', where: 'args.yaml:1' },
  { what: 'a number that became a text', text: 'lr: "1e-4"\n', path: 'lr', from: 0.1, to: 0.0001, kind: 'other' },
  { what: '32-bit floats are the same number', text: 'lr: 0.00009999999747378752\n', path: 'lr', from: 0.1, to: 0.0001, kind: 'arrived' },
  { what: 'a list', text: CLI, path: 'model.layers', from: [1], to: [64, 32], kind: 'arrived' },
  { what: 'a mapping filled up with defaults', text: 'opt: {lr: 0.1, eps: 1.0e-8}\n', path: 'opt', from: null, to: { lr: 0.1 }, kind: 'arrived' },
  { what: 'a removal that did not arrive', text: 'lr: 0.1\n', path: 'lr', from: 0.1, to: undefined, kind: 'absent' },
  { what: 'max_steps of Hugging Face', text: 'per_device_train_batch_size: 8\nnum_train_epochs: 5\nmax_steps: 100\n', path: 'num_train_epochs', from: 3, to: 5, kind: 'ignored' },
  { what: 'max_steps unset', text: 'per_device_train_batch_size: 8\nnum_train_epochs: 5\nmax_steps: -1\n', path: 'num_train_epochs', from: 3, to: 5, kind: 'arrived' },
  { what: 'a record that writes everything as text', text: '{"lr": "0.0001", "epochs": "5"}', file: 'args.json', path: 'lr', from: 0.1, to: 0.0001, kind: 'arrived' },
  { what: 'a switch in such a record', text: '{"lr": "0.1", "amp": "True"}', file: 'args.json', path: 'amp', from: false, to: true, kind: 'arrived' },
  { what: 'a tuple in such a record', text: '{"lr": "0.1", "layers": "(64, 32)"}', file: 'args.json', path: 'layers', from: [1], to: [64, 32], kind: 'arrived' },
  { what: 'None in such a record', text: '{"lr": "0.1", "act": "None"}', file: 'args.json', path: 'act', from: 'relu', to: null, kind: 'arrived' },
  { what: 'the old value in such a record', text: '{"lr": "0.1", "epochs": "5"}', file: 'args.json', path: 'lr', from: 0.1, to: 0.0001, kind: 'absent', where: 'args.json:1' },
  { what: 'one text among numbers', text: 'lr: "1e-4"\nepochs: 5\n', path: 'lr', from: 0.1, to: 0.0001, kind: 'other' },
  { what: 'a tuple of PyYAML', text: 'layers: !!python/tuple\n- 64\n- 32\n', file: 'hparams.yaml', path: 'model.layers', from: [1], to: [64, 32], kind: 'arrived' },
  { what: 'a switch as a number', text: 'amp: 1\nlr: 0.1\n', path: 'amp', from: false, to: true, kind: 'arrived' },
  { what: 'a switch as the wrong number', text: 'amp: 0\nlr: 0.1\n', path: 'amp', from: false, to: true, kind: 'absent' },
  { what: 'the member of an enum', text: 'lr_scheduler_type: SchedulerType.COSINE\n', path: 'lr_scheduler_type', from: 'linear', to: 'cosine', kind: 'arrived' },
  { what: 'a name in other case', text: 'optimizer: AdamW\n', path: 'optimizer', from: 'sgd', to: 'adamw', kind: 'arrived' },
  { what: 'a change of case alone that did not arrive', text: 'optimizer: AdamW\n', path: 'optimizer', from: 'AdamW', to: 'adamw', kind: 'absent' },
  { what: 'a path made absolute', text: 'data: /home/me/data/x.csv\n', path: 'data', from: 'a.csv', to: './data/x.csv', kind: 'arrived' },
  { what: 'the wrapping of W&B', text: 'wandb_version: 1\nlr:\n  desc: null\n  value: 0.01\n', file: 'config.yaml', path: 'lr', from: 0.1, to: 0.01, kind: 'arrived', where: 'config.yaml:2' },
  { what: 'TOML', text: '[optim]\nlr = 0.1\n', file: 'train_config.toml', path: 'optim.lr', from: 0.1, to: 0.0001, kind: 'absent', where: 'train_config.toml:2' },
]; // prettier-ignore

describe('what the trainer wrote down', () => {
  it.each(CASES)('$what', async ({ text, file = 'args.yaml', path, from, to, kind, where }) => {
    const records = [{ name: file, document: await parseConfig(text, file) }];
    const arrival = judgeArrival({ path, from, kind: from === null ? 'new' : 'changed' }, to, records);
    expect(arrival?.kind).toBe(kind);
    if (where !== undefined) expect(arrival?.where).toBe(where);
  });

  it('says what makes the trainer ignore it, and where that stands', async () => {
    const change = changeOf('lr0', 0.01, 0.005);
    const records = [{ name: 'run/args.yaml', document: await parseConfig(YOLO, 'args.yaml') }];
    const { finding } = testify(change, { records, given: undefined, logs: [], wantedOf: ({ to }) => to });
    expect(finding).toEqual({
      status: 'failed',
      what: 'lr0 takes effect',
      detail:
        'run/args.yaml:8 shows 0.005 as asked for, but with optimizer: "auto" (run/args.yaml:7) Ultralytics chooses optimizer, lr0 and momentum itself and ignores what is asked for; set optimizer (SGD, AdamW, …) as well (inert).',
    });
  });

  it('knows what is ignored from the config that was given, where the training writes no record', async () => {
    const document = await parseConfig(
      'num_train_epochs: 1\nper_device_train_batch_size: 8\nwarmup_steps: 20\nwarmup_ratio: 0.1\n',
      'baseline_config.yaml',
    );
    const given = { name: 'baseline_config.yaml', document };
    const change = changeOf('warmup_ratio', null, 0.1);
    const { finding } = testify(change, { records: [], given, logs: [], wantedOf: ({ to }) => to });
    expect(finding).toEqual({
      status: 'failed',
      what: 'warmup_ratio takes effect',
      detail:
        'It is not used: with warmup_steps: 20 (baseline_config.yaml:3) the Hugging Face Trainer warms up for warmup_steps, whatever warmup_ratio says; change warmup_steps, or set it to 0 (inert).',
    });
  });

  it('leaves choices of groups to the curves', async () => {
    const document = await parseConfig('model: {_target_: models.cnn}\n', 'config.yaml');
    const change = changeOf('defaults[0].model', 'mlp', 'cnn');
    expect(judgeArrival(change, 'cnn', [{ name: '.hydra/config.yaml', document }])).toBeUndefined();
  });

  it('finds records of several layouts, the most telling first, and no model cards', async () => {
    const root = await mkdtemp(join(tmpdir(), 'effective-'));
    try {
      const files: Record<string, string> = {
        'lightning_logs/version_0/hparams.yaml': 'lr: 0.1\n',
        '.hydra/config.yaml': 'lr: 0.2\n',
        '.hydra/overrides.yaml': '- lr=0.2\n',
        'run/args.yaml': 'lr: 0.3\n',
        'config.json': '{"architectures": ["Bert"], "dropout": 0.1}',
        'own/settings.yaml': 'lr: 0.4\n',
        'broken/config.yaml': 'a: [\n',
      };
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, name)), { recursive: true });
        await writeFile(join(root, name), text);
      }
      const names = (found: { name: string }[]): string[] => found.map(({ name }) => name);
      expect(names(await findEffectiveConfigs(root))).toEqual([
        '.hydra/config.yaml',
        'lightning_logs/version_0/hparams.yaml',
        'run/args.yaml',
      ]);
      expect(names(await findEffectiveConfigs(root, 'own/settings.yaml'))[0]).toBe('own/settings.yaml');
      expect(await findEffectiveConfigs(join(root, 'nothing'))).toEqual([]);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});

describe('what the trainer said', () => {
  it.each([
    ['Parameters: { "n_estimators", "verbose_eval" } are not used.', 'n_estimators', true],
    ['Parameters: { "n_estimators" } are not used.', 'max_depth', false],
    ['[LightGBM] [Warning] Unknown parameter: num_leafs', 'num_leafs', true],
    ['[LightGBM] [Warning] num_leaves is set=31, max_leaves=64 will be ignored. Current value: num_leaves=31', 'max_leaves', true],
    ['[LightGBM] [Warning] num_leaves is set=31, max_leaves=64 will be ignored. Current value: num_leaves=31', 'num_leaves', false],
    ["optimizer: 'optimizer=auto' found, ignoring 'lr0=0.01' and 'momentum=0.937' and determining best 'optimizer', 'lr0' and 'momentum' automatically...", 'lr0', true],
    ['warning: ignoring unknown config key `model.dropout`', 'dropout', true],
    ['Ignoring 3 corrupt images in lr0 folder', 'lr0', false],
    ['epoch 1 lr 0.1', 'lr', false],
    ['"label_smoothing" has no effect with this loss', 'label_smoothing', true],
  ])('%s (%s)', (text, key, isSaid) => {
    expect(findSaidIgnored(`start\n${text}\n`, key)?.line).toBe(isSaid ? 2 : undefined);
  }); // prettier-ignore
});
