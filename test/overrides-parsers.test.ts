import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config/document.ts';
import { Choices } from '../src/config/fixtures/choices.ts';
import { SAMPLE_NUMBERS, SAMPLE_WORDS } from '../src/config/fixtures/random-edits.ts';
import { isMapping } from '../src/config/lookup.ts';
import type { OverrideContext } from '../src/config/overrides/_contract.ts';
import { passChanges, styleNamed, type StyleName } from '../src/config/overrides/registry.ts';
import type { DeclaredFlag } from '../src/config/overrides/flags.ts';
import type { ConfigMapping, ConfigValue } from '../src/config/value.ts';
import { PawlError } from '../src/errors.ts';
import { ROOT } from './toy-project.ts';

/**
 * The parsers of the trainers decide: what Hydra, OmegaConf, jsonargparse, argparse, yacs, mmengine, Sacred, Ultralytics
 * and nanoGPT's configurator read from the arguments must be what was meant, types included.
 */
const PYTHON = process.env['PAWL_TEST_PYTHON'] ?? 'python3';
const CASES = 1000;

const WORDS = [
  ...SAMPLE_WORDS, 'adam', 'True', 'None', 'Null', 'NaN', 'inf', '-inf', 'nan', '--x', '-x', 'a=b', 'x\\', "\\'", '\\\\"', "'", '"',
  "''", 'a b,c:{d}=[e]', 'path/to file.pt', 'C:\\dir\\', '(1, 2)', '1, 2', 'é', '日本', '-1', '1e5', '$x', '%(a)s', '@x', '1:30', 'a/b.pt',
  'os', 'id', '__import__("os").getpid()', "it's \"both\"", 'None ', 'T', '0o17', '1j', 'lambda: 0', 'key: value',
]; // prettier-ignore
const NUMBERS = [...SAMPLE_NUMBERS, 5e-5, 1e-5, 0.999, 64, 3e-4, 1e16];

const NESTED = `seed: 1
model:
  dropout: 0.1
  width: 64
  name: resnet
  bias: true
  layers: [64, 32]
  betas: [0.9, 0.999]
  act: null
  stages:
    - {kind: conv, size: 3}
    - {kind: pool, size: 2}
optimizer:
  lr: 0.001
  weight_decay: 0.0
  nested: {a: {b: 1}}
`;
const FLAT =
  'lr0: 0.01\nbatch: 16\noptimizer: auto\ncos_lr: false\nclasses: null\nclose_mosaic: 10\nmomentum: 1.0\n';

type Kind =
  | 'float'
  | 'int'
  | 'bool'
  | 'str'
  | 'floats'
  | 'ints'
  | 'strs'
  | 'nested'
  | 'float?'
  | 'str?'
  | 'dict'
  | 'any';

function valueOf(kind: Kind, choices: Choices, depth = 0): ConfigValue {
  const list = (item: Kind): ConfigValue[] =>
    Array.from({ length: choices.below(4) }, () => valueOf(item, choices));
  switch (kind) {
    case 'float':
      return choices.pick([...NUMBERS, Infinity, -Infinity]);
    case 'int':
      return choices.pick([0, 1, -1, 3, 300, 2 ** 40]);
    case 'bool':
      return choices.below(2) === 1;
    case 'str':
      return choices.pick(WORDS);
    case 'floats':
      return list('float').map((item) => (Number.isFinite(item as number) ? item : 0.5));
    case 'ints':
      return list('int');
    case 'strs':
      return list('str');
    case 'nested':
      return Array.from({ length: choices.below(3) }, () => valueOf('floats', choices));
    case 'float?':
      return choices.rarely(3) ? null : valueOf('float', choices);
    case 'str?':
      return choices.rarely(3) ? null : valueOf('str', choices);
    case 'dict':
      return { a: choices.pick(NUMBERS), b_2: choices.pick(NUMBERS) };
    case 'any':
      switch (choices.below(depth < 2 ? 8 : 5)) {
        case 0:
          return choices.pick([...NUMBERS, Infinity, -Infinity]);
        case 1:
          return choices.below(2) === 1;
        case 2:
        case 3:
          return choices.pick(WORDS);
        case 4:
          return null;
        case 5:
        case 6:
          return Array.from({ length: choices.below(4) }, () => valueOf('any', choices, depth + 1));
        default: {
          const mapping: ConfigMapping = {};
          for (let n = 1 + choices.below(2); n > 0; n--)
            mapping[choices.pick(['p', 'q_1', 'r-s', 'class_path'])] = valueOf('any', choices, depth + 1);
          return mapping;
        }
      }
  }
}

/** What Python should hold: floats where the value is fractional, too large for an int as written, or stood as one. */
function tagged(value: ConfigValue, isFloat = false): unknown {
  if (typeof value === 'number') {
    const float = isFloat || !Number.isInteger(value) || Math.abs(value) >= 1e21;
    return float ? { $float: value } : { $int: value };
  }
  if (Array.isArray(value)) return value.map((item) => tagged(item));
  if (isMapping(value))
    return { $map: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tagged(item)])) };
  return value;
}

/** `got` as `tagged` says it, with Python's spelling of floats read. */
function read(got: unknown): unknown {
  if (Array.isArray(got)) return got.map(read);
  if (typeof got !== 'object' || got === null) return got;
  if ('$float' in got) {
    const text = String(got.$float);
    const special: Record<string, number> = { inf: Infinity, '-inf': -Infinity, nan: Number.NaN };
    return { $float: special[text] ?? Number(text) };
  }
  if ('$int' in got) return { $int: Number(got.$int) };
  const map = (got as { $map: Record<string, unknown> }).$map;
  return { $map: Object.fromEntries(Object.entries(map).map(([key, item]) => [key, read(item)])) };
}

interface Built {
  style: StyleName;
  parser: string;
  base: string;
  target: ConfigMapping;
  expected: unknown;
  types?: unknown;
  context?: Partial<OverrideContext>;
}

const CONTEXT: OverrideContext = {
  names: new Map(),
  values: undefined,
  prefix: '',
  separator: '_',
  flags: null,
};

/** Runs cases through the real parser; what is refused is counted, by what it was refused for. */
async function check(
  build: (choices: Choices) => Promise<Built>,
  count = CASES,
): Promise<{ refused: number; sent: number }> {
  const draws = fc.sample(fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), { numRuns: count, seed: 7 });
  const cases: { line: string; built: Built; argv: string[]; environment: Record<string, string> }[] = [];
  let refused = 0;
  for (const draw of draws) {
    const built = await build(new Choices(draw));
    try {
      const base = await parseConfig(built.base, 'base.yaml');
      const { argv, environment } = passChanges(styleNamed(built.style), base, built.target, {
        ...CONTEXT,
        ...built.context,
      });
      const line = JSON.stringify({
        style: built.parser,
        base: built.base,
        argv,
        environment,
        types: built.types,
      });
      cases.push({ line, built, argv, environment });
    } catch (error) {
      if (!(error instanceof PawlError) || !error.code.startsWith('OVERRIDE_')) throw error;
      refused++;
    }
  }
  const { stdout, stderr, status } = spawnSync(PYTHON, [join(ROOT, 'test/programs/overrides/parsers.py')], {
    input: `${cases.map(({ line }) => line).join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(status, stderr).toBe(0);
  const answers = stdout.trimEnd().split('\n');
  expect(answers.length).toBe(cases.length);
  cases.forEach(({ built, argv, environment }, index) => {
    const answer = JSON.parse(answers[index] as string) as { value?: unknown; error?: string };
    expect({ argv, environment, error: answer.error }).toEqual({ argv, environment, error: undefined });
    expect({ argv, environment, value: read(answer.value) }).toEqual({
      argv,
      environment,
      value: built.expected,
    });
  });
  return { refused, sent: cases.length };
}

/** Paths of the nested base, and whether they hold floats. */
const PLACES: readonly [path: string, isFloat: boolean][] = [
  ['seed', false], ['model.dropout', true], ['model.width', false], ['model.name', false], ['model.bias', false], ['model.layers', false],
  ['model.betas', false], ['model.act', false], ['model.stages', false], ['optimizer.lr', true], ['optimizer.weight_decay', true],
  ['optimizer.nested.a.b', false], ['optimizer.nested.a.c', false], ['model.new_key', false], ['extra.deep.er', false],
]; // prettier-ignore

async function nested(choices: Choices, kindOf: (path: string) => Kind, places = PLACES) {
  const base = await parseConfig(NESTED, 'base.yaml');
  const target = structuredClone(base.value);
  const floats = new Set(places.flatMap(([path, isFloat]) => (isFloat ? [path] : [])));
  for (let n = 1 + choices.below(4); n > 0; n--) {
    const [path] = choices.pick(places);
    const keys = path.split('.');
    let at = target;
    for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as ConfigMapping;
    at[keys.at(-1) as string] = valueOf(kindOf(path), choices);
  }
  const tag = (value: ConfigValue, path: string): unknown =>
    isMapping(value)
      ? {
          $map: Object.fromEntries(
            Object.entries(value).map(([key, item]) => [
              key,
              tag(item, path === '' ? key : `${path}.${key}`),
            ]),
          ),
        }
      : tagged(value, floats.has(path));
  return { target, expected: tag(target, '') };
}

async function flat(choices: Choices) {
  const base = await parseConfig(FLAT, 'base.yaml');
  const target: ConfigMapping = { ...base.value };
  for (let n = 1 + choices.below(4); n > 0; n--)
    target[choices.pick([...Object.keys(base.value), 'new_one'])] = notNested(valueOf('any', choices));
  const floats = new Set(['lr0', 'momentum']);
  const expected = {
    $map: Object.fromEntries(
      Object.entries(target).map(([key, value]) => [key, tagged(value, floats.has(key))]),
    ),
  };
  return { target, expected };
}

/** A flat config holds no mappings but in lists. */
const notNested = (value: ConfigValue): ConfigValue => (isMapping(value) ? 'x' : value);

describe('what the trainer reads is what was meant', () => {
  test('Hydra', async () => {
    const { refused, sent } = await check(async (choices) => {
      const built = await nested(choices, () => 'any');
      if (choices.rarely(4)) {
        delete (built.target['model'] as ConfigMapping)['betas'];
        delete ((built.expected as { $map: Record<string, { $map: Record<string, unknown> }> }).$map['model']
          ?.$map ?? {})['betas'];
      }
      return { ...built, style: 'hydra', parser: 'hydra', base: NESTED };
    });
    expect(refused).toBe(0);
    expect(sent).toBe(CASES);
  });

  test('OmegaConf from_cli', async () => {
    const { refused } = await check(async (choices) => ({
      ...(await nested(choices, () => 'any')),
      style: 'key-value',
      parser: 'omegaconf',
      base: NESTED,
    }));
    expect(refused).toBeLessThan(CASES / 10);
  });

  test('Sacred', async () => {
    const { refused } = await check(async (choices) => ({
      ...(await nested(choices, () => 'any')),
      style: 'key-value',
      parser: 'sacred',
      base: NESTED,
      context: { values: 'python' },
    }));
    expect(refused).toBeLessThan(CASES / 10);
  });

  test('Ultralytics', async () => {
    const { refused } = await check(async (choices) => ({
      ...(await flat(choices)),
      style: 'key-value',
      parser: 'ultralytics',
      base: FLAT,
      context: { values: 'python' },
    }));
    expect(refused).toBe(0);
  });

  test('nanoGPT: --key=literal', async () => {
    const { refused } = await check(async (choices) => ({
      ...(await flat(choices)),
      style: 'dotted',
      parser: 'literal',
      base: FLAT,
      context: { values: 'python' },
    }));
    expect(refused).toBe(0);
  });

  test('yacs', async () => {
    const kinds: Record<string, Kind> = {
      'seed': 'int', 'model.dropout': 'float', 'model.width': 'int', 'model.name': 'str', 'model.bias': 'bool', 'model.layers': 'ints',
      'model.betas': 'floats', 'model.act': 'str', 'optimizer.lr': 'float', 'optimizer.weight_decay': 'float', 'optimizer.nested.a.b': 'int',
    }; // prettier-ignore
    const places = PLACES.filter(([path]) => path in kinds);
    const { refused } = await check(async (choices) => ({
      ...(await nested(choices, (path) => kinds[path] ?? 'any', places)),
      style: 'yacs',
      parser: 'yacs',
      base: NESTED,
    }));
    expect(refused).toBe(0);
  });

  test('mmengine: what DictAction cannot read is refused, nothing else differs', async () => {
    const { refused, sent } = await check(async (choices) => ({
      ...(await nested(choices, () => 'any')),
      style: 'mmengine',
      parser: 'mmengine',
      base: NESTED,
    }));
    expect(sent).toBeGreaterThan(CASES / 4);
    expect(refused).toBe(CASES - sent);
  });

  const types: Record<string, Kind> = {
    'seed': 'int', 'model.dropout': 'float', 'model.width': 'int', 'model.name': 'str', 'model.bias': 'bool', 'model.layers': 'ints',
    'model.betas': 'floats', 'model.act': 'str?', 'optimizer.lr': 'float', 'optimizer.weight_decay': 'float?',
  }; // prettier-ignore
  const TYPED = NESTED.replace(/ {2}stages:[\s\S]*?(?=optimizer)/, '').replace(/ {2}nested.*\n/, '');
  async function typed(choices: Choices) {
    const base = await parseConfig(TYPED, 'base.yaml');
    const target = structuredClone(base.value) as Record<string, ConfigMapping>;
    for (let n = 1 + choices.below(4); n > 0; n--) {
      const path = choices.pick(Object.keys(types));
      const [group, key] = path.split('.') as [string, string | undefined];
      const value = valueOf(types[path] as Kind, choices);
      if (key === undefined) target[group] = value as never;
      else (target[group] as ConfigMapping)[key] = value;
    }
    const isFloat = (path: string): boolean => (types[path] as string).startsWith('float');
    const tag = (value: ConfigValue, path: string): unknown => {
      if (Array.isArray(value)) return value.map((item) => tagged(item, isFloat(path)));
      if (!isMapping(value)) return tagged(value, isFloat(path));
      const entries = Object.entries(value).map(([key, item]) => [
        key,
        tag(item, path === '' ? key : `${path}.${key}`),
      ]);
      return { $map: Object.fromEntries(entries) };
    };
    return { target, expected: tag(target, ''), base: TYPED, types };
  }

  test('jsonargparse, which LightningCLI uses', async () => {
    const { refused } = await check(async (choices) => ({
      ...(await typed(choices)),
      style: 'dotted',
      parser: 'jsonargparse',
    }));
    // Texts that YAML reads as no value (`null`, `~`, `---`, a comment), about one case in twenty.
    expect(refused).toBeLessThan(CASES / 10);
  });

  test('environment variables, as jsonargparse reads them', async () => {
    const { refused } = await check(
      async (choices) => ({
        ...(await typed(choices)),
        style: 'env',
        parser: 'environment',
        context: { prefix: 'APP_', separator: '__', values: 'yaml' },
      }),
      600,
    );
    expect(refused).toBeLessThan(60);
  });

  test('argparse, with flags of every kind', async () => {
    const base =
      'learning_rate: 0.1\nepochs: 3\nname: x\nuse_amp: false\nshuffle: true\nema: false\ncompile: false\nbetas: [0.9]\ntags: [a]\nextra: {a: 1}\ngpu_ids: null\n';
    const known: Record<string, [kind: string, flag: string, declared: DeclaredFlag['kind'], values: Kind]> =
      {
        learning_rate: ['float', '--learning-rate', 'value', 'float'],
        epochs: ['int', '--epochs', 'value', 'int'],
        name: ['str', '--name', 'value', 'str'],
        use_amp: ['switch', '--amp', 'on', 'bool'],
        shuffle: ['switch-off', '--no_shuffle', 'off', 'bool'],
        ema: ['pair', '--ema', 'pair', 'bool'],
        compile: ['truthy', '--compile', 'truthy', 'bool'],
        betas: ['floats', '--betas', 'words', 'floats'],
        tags: ['strs', '--tags', 'words', 'strs'],
        extra: ['data', '--extra', 'data', 'dict'],
        gpu_ids: ['repeat', '--gpu-ids', 'repeat', 'ints'],
      };
    const flags = Object.entries(known).map(([destination, [, flag, kind]]) => ({
      names: [flag],
      destination,
      kind,
      opposite: `--no-${flag.slice(2)}`,
    }));
    const floats = new Set(['learning_rate', 'betas']);
    const { refused } = await check(async (choices) => {
      const document = await parseConfig(base, 'base.yaml');
      const target: ConfigMapping = { ...document.value };
      for (let n = 1 + choices.below(4); n > 0; n--) {
        const key = choices.pick(Object.keys(known));
        const value = valueOf(known[key]?.[3] ?? 'any', choices);
        target[key] = key === 'gpu_ids' && Array.isArray(value) && value.length === 0 ? [1] : value;
      }
      const entries = Object.entries(target).map(([key, value]) => [
        key,
        Array.isArray(value)
          ? value.map((item) => tagged(item, floats.has(key)))
          : tagged(value, floats.has(key)),
      ]);
      return {
        style: 'argparse',
        parser: 'argparse',
        base,
        target,
        expected: { $map: Object.fromEntries(entries) },
        types: Object.fromEntries(Object.entries(known).map(([key, [kind, flag]]) => [key, [kind, flag]])),
        context: { flags: { script: 'train.py', isOpen: false, flags } },
      };
    });
    // Lists with items that begin with a dash, and switches that would have to go the other way.
    expect(refused).toBeLessThan(CASES / 3);
  });
});
