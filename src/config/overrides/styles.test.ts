import { describe, expect, it } from 'vitest';
import { parseConfig } from '../document.ts';
import type { ConfigMapping } from '../value.ts';
import type { OverrideContext } from './_contract.ts';
import { describeOverrideStyle } from './conformance.ts';
import type { DeclaredFlag } from './flags.ts';
import { passChanges, styleNamed, styleNames, type StyleName } from './registry.ts';

for (const name of styleNames) describeOverrideStyle(styleNamed(name));

const CONTEXT: OverrideContext = {
  names: new Map(),
  values: undefined,
  prefix: '',
  separator: '_',
  flags: null,
};

async function pass(
  style: StyleName,
  base: string,
  target: ConfigMapping,
  context: Partial<OverrideContext> = {},
) {
  return passChanges(styleNamed(style), await parseConfig(base, 'c.yaml'), target, {
    ...CONTEXT,
    ...context,
  });
}

const BASE = 'model: {dropout: 0.0, layers: [1, 2]}\nopt: {lr: 0.1}\n';
const changed = (model: ConfigMapping, opt: ConfigMapping = { lr: 0.1 }): ConfigMapping => ({ model, opt });

interface Case {
  style: StyleName;
  what: string;
  base?: string;
  target: ConfigMapping;
  context?: Partial<OverrideContext>;
  argv?: string[];
  environment?: Record<string, string>;
}

const flag = (
  name: string,
  kind: DeclaredFlag['kind'],
  destination = name.replace(/^--/, ''),
): DeclaredFlag => ({
  names: [name],
  destination,
  kind,
  opposite: `--no-${name.slice(2)}`,
});

const CASES: Case[] = [
  { style: 'hydra', what: 'change, addition, removal', target: changed({ dropout: 0.4, width: 8 }), argv: ['model.dropout=0.4', '~model.layers', '++model.width=8'] },
  { style: 'hydra', what: 'quotes', target: changed({ dropout: 'it\'s "a" \\', layers: ['1', 1] }), argv: ["model.dropout='it\\'s \"a\" \\\\'", "model.layers=['1',1]"] },
  { style: 'hydra', what: 'a choice of the defaults list', base: 'defaults: [{model: mlp}, {opt: sgd}, _self_]\nlr: 1\n', target: { defaults: [{ model: 'cnn' }, { opt: 'sgd' }, { 'data/aug': 'strong' }, '_self_'], lr: 1 }, argv: ['model=cnn', '+data/aug=strong'] },
  { style: 'hydra', what: 'integer keys', base: 'steps: {30: 0.1}\n', target: { steps: { 30: 0.1, 60: 0.01 } }, argv: ['steps={60:0.01}'].map((word) => `++${word}`) },
  { style: 'dotted', what: 'a new class with its arguments', base: 'opt: {class_path: SGD, init_args: {lr: 0.1, momentum: 0.9}}\n', target: { opt: { class_path: 'torch.optim.AdamW', init_args: { lr: 0.001 } } }, argv: ['--opt.class_path=torch.optim.AdamW', '--opt.init_args.lr=0.001'] },
  { style: 'dotted', what: 'lists and null as YAML', target: changed({ dropout: null, layers: [1, 'no'] }), argv: ['--model.dropout=null', '--model.layers=[1, "no"]'] },
  { style: 'dotted', what: 'Python literals', target: changed({ dropout: 'no', layers: [true, null] }), context: { values: 'python' }, argv: ['--model.dropout="no"', '--model.layers=[True, None]'] },
  { style: 'key-value', what: 'text is always quoted: some trainers evaluate it', target: changed({ dropout: '__import__("os")', layers: [1, 2] }), context: { values: 'python' }, argv: ['model.dropout="__import__(\\"os\\")"'] },
  { style: 'yacs', what: 'pairs', target: changed({ dropout: 0.5, layers: [3] }, { lr: 1 }), argv: ['model.dropout', '0.5', 'model.layers', '[3]', 'opt.lr', '1.0'] },
  { style: 'mmengine', what: 'items of lists by position', base: 'pipeline: [{type: A, p: 0.5}, {type: B}]\nw: [1, 2]\n', target: { pipeline: [{ type: 'A', p: 0.1 }, { type: 'B' }], w: [1] }, argv: ['--cfg-options', 'pipeline.0.p=0.1', 'w=[1]'] },
  { style: 'env', what: 'names of variables', target: changed({ dropout: 0.5, layers: [3] }), context: { prefix: 'APP_', separator: '__', names: new Map([['model.layers', 'LAYERS']]) }, argv: [], environment: { APP_MODEL__DROPOUT: '0.5', LAYERS: '[3]' } },
  { style: 'argparse', what: 'flags as they are declared', base: 'learning_rate: 0.1\nuse_amp: false\nema: true\nbetas: [1]\nflag: true\n', target: { learning_rate: 0.01, use_amp: true, ema: false, betas: [0.9, -1e-5], flag: false }, context: { flags: { script: 't.py', isOpen: false, flags: [flag('--learning-rate', 'value'), flag('--amp', 'on', 'use_amp'), flag('--ema', 'pair'), flag('--betas', 'words'), flag('--flag', 'truthy')] } }, argv: ['--learning-rate=0.01', '--amp', '--no-ema', '--betas', '0.9', '-0.00001', '--flag='] },
  { style: 'argparse', what: 'flags as pawl.yaml names them', base: 'a: {b: 1}\nc: true\n', target: { a: { b: 2 }, c: false }, context: { names: new Map([['a.b', '-b'], ['c', '--c/--without-c']]) }, argv: ['-b=2', '--without-c'] },
]; // prettier-ignore

describe('styles', () => {
  it.each(CASES)(
    '$style: $what',
    async ({ style, base = BASE, target, context, argv = [], environment = {} }) => {
      expect(await pass(style, base, target, context)).toEqual({ argv, environment });
    },
  );

  it('argparse names the flags that are missing', async () => {
    const flags = { script: 't.py', isOpen: false, flags: [flag('--lr', 'value')] };
    await expect(pass('argparse', 'drop: 0.1\n', { drop: 0.2 }, { flags })).rejects.toMatchObject({
      code: 'OVERRIDE_FLAG_UNKNOWN',
    });
  });

  it('argparse does not switch off by the flag that switches on', async () => {
    const flags = { script: 't.py', isOpen: false, flags: [flag('--amp', 'on')] };
    await expect(pass('argparse', 'amp: true\n', { amp: false }, { flags })).rejects.toThrow(
      '--amp can only switch it on',
    );
  });

  it('env refuses two settings under one name', async () => {
    await expect(pass('env', 'a-b: 1\na_b: 1\n', { 'a-b': 2, a_b: 3 })).rejects.toMatchObject({
      code: 'OVERRIDE_NOT_EXPRESSIBLE',
    });
  });
});
