import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Flag } from '../python/flag.ts';
import { defaultText, saysRequired } from './default-text.ts';
import { readHelp } from './read-help.ts';

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`fixtures/${name}.txt`, import.meta.url)), 'utf8');

/** A flag in one line: its names, what it is, its default. */
function show({ names, kind, opposite, isRequired, isPositional, isFloat, default: value }: Flag): string {
  return [
    names.join(' '),
    isPositional ? 'positional' : opposite === undefined ? kind : `${kind} ${opposite}`,
    ...(isRequired ? ['required'] : []),
    ...(value === undefined ? [] : [JSON.stringify(value)]),
    ...(isFloat === true ? ['float'] : []),
  ].join(' | ');
}

const ARGPARSE = [
  'data | positional | required',
  '--lr | value | 0.1 | float',
  '-b --batch-size | value | 64',
  '--optimizer | value | "sgd"',
  '--betas | words | [0.9,0.999]',
  '--weight-decay | value | 0.0001 | float',
  '--amp | on | false',
  '--nesterov | pair --no-nesterov | true',
  '--warmup | value',
  '--output-dir | value | "out"',
  '--seed | value | 0',
  '--a-very-long-option-name-that-wraps | value | 0.5 | float',
];
const TYPER = [
  'data | positional | required',
  '--lr | value | 0.1 | float',
  '--batch-size -b | value | 64',
  '--optimizer | value | "sgd"',
  '--layers | repeat | [64,32]',
  '--nesterov | pair --no-nesterov | true',
  '--warmup | value',
  '--output-dir | value | "out"',
  '--seed | value | 0',
];

const CASES: [name: string, flags: string[], commands?: string[]][] = [
  ['with_argparse', ARGPARSE],
  ['with_argparse_80', ARGPARSE],
  [
    'with_argparse_plain',
    [
      '--lr | value | 0.1 | float',
      '--epochs | value | 14',
      '--gamma | value | 0.7 | float',
      '--hidden | value | 128',
      '--no-cuda | on',
      '--save-model | on',
      '--dropout | value',
      '--model | value | "resnet18"',
    ],
  ],
  ['with_subcommands', [], ['train', 'test']],
  ['with_subcommands_train', ['--lr | value | 0.1 | float', '--out | value | "runs"']],
  [
    'with_click',
    [
      'data | positional | required',
      '--lr | value | 0.1 | float',
      '-b --batch-size | value | 64',
      '--optimizer | value | "sgd"',
      '--betas | words | [0.9,0.999] | float',
      '--layer | repeat | [64,32]',
      '--nesterov | pair --no-nesterov | true',
      '--amp | on',
      '--name | value | required',
      '--output-dir | value | "out"',
      '--seed | value | 0',
    ],
  ],
  ['with_typer', TYPER],
  ['with_typer_80', TYPER],
  [
    'with_tyro',
    [
      '--data | value | required',
      '--batch-size | value | 64',
      '--nesterov | pair --no-nesterov | true',
      '--warmup | value',
      '--output-dir | value | "out"',
      '--seed | value | 0',
      '--optimizer.lr | value | 0.1 | float',
      '--optimizer.name | value | "sgd"',
      '--optimizer.betas | words | [0.9,0.999] | float',
    ],
  ],
  [
    'with_absl',
    [
      '--batch_size | value | 64',
      '--layers | value | "64,32"',
      '--lr | value | 0.1 | float',
      '--name | value',
      '--nesterov | pair --nonesterov | true',
      '--optimizer | value | "sgd"',
      '--output_dir | value | "out"',
      '-s --seed | value | 0',
    ],
  ],
  [
    'with_jsonargparse',
    [
      '--config | value',
      '--data | value | required',
      '--batch_size | value | 64',
      '--layers | data | [64,32]',
      '--nesterov | value | true',
      '--warmup | value',
      '--output_dir | value | "out"',
      '--seed | value | 0',
      '--optimizer | value',
      '--optimizer.lr | value | 0.1 | float',
      '--optimizer.name | value | "sgd"',
    ],
  ],
  [
    'with_simple_parsing',
    [
      '--lr | value | 0.1 | float',
      '--batch_size | value | 64',
      '--layers | value | [64,32]',
      '--nesterov | pair --nonesterov | true',
      '--output_dir | value | "out"',
      '--seed | value | 0',
    ],
  ],
  [
    'with_hf_argparser',
    [
      '--learning_rate --learning-rate | value | 0.00005 | float',
      '--per_device_train_batch_size --per-device-train-batch-size | value | 8',
      '--fp16 | value | false',
      '--do_shuffle --do-shuffle | value | true',
      '--target_modules --target-modules | words',
      '--output_dir --output-dir | value | "out"',
      '--seed | value | 42',
    ],
  ],
];

it.each(CASES)('%s', (name, flags, commands = []) => {
  const help = readHelp(fixture(name));
  expect(help.flags.map(show)).toEqual(flags);
  expect(help.commands).toEqual(commands);
});

it.each([
  ['rate (default: 0.1)', '0.1'],
  ['rate [default: 64; 1<=x<=4096]', '64'],
  ['rate [env var: LR; default: 0.1; required]', '0.1'],
  ['(type: List[int], default: [64, 32])', '[64, 32]'],
  ['betas (default: (0.9, 0.999))', '(0.9, 0.999)'],
  ["a path (default: 'a (b).csv')", "'a (b).csv'"],
  ['units, defaults to 128', '128'],
  ['units. Default is 128.', '128'],
  ['units. Default: 1e-3. Only for Adam', '1e-3'],
  ['Default: adam', 'adam'],
  ['amp, default=True', 'True'],
  ['defaults to the number of cores', undefined],
  ['by default nothing is logged', undefined],
])('the default in %j', (help, text) => {
  expect(defaultText(help)).toBe(text);
});

it.each([
  ['x (required)', true],
  ['x [required]', true],
  ['x (required, type: str)', true],
  ['is required for (some) things', false],
])('whether %j is required', (help, isRequired) => {
  expect(saysRequired(help)).toBe(isRequired);
});

describe('a foreign text', () => {
  it('is no help where it is a log', () => {
    expect(readHelp('epoch 1 loss 0.5\nepoch 2 loss 0.4 - val 0.3\n--------\n').flags).toEqual([]);
  });

  it('brings no escapes and no controls into a flag', () => {
    const { flags } = readHelp(
      'usage: x [-h]\n  --lr\u001B[31m LR\u001B[0m  rate \u0007\u202E (default: 0.1)\n',
    );
    expect(flags.map(show)).toEqual(['--lr | value | 0.1 | float']);
    expect(flags[0]?.help).toBe('rate (default: 0.1)');
  });

  it('never breaks it, and names stay names', () => {
    const piece = fc.constantFrom(
      '--a',
      '-b',
      ' ',
      '  ',
      '(default: ',
      '[',
      ')',
      '0.1',
      '\n',
      '│',
      '\u001B[1m',
      ',',
      'usage: ',
      '{a,b} ...',
      '__proto__',
      '\t',
      'N',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const { names } of readHelp(pieces.join('')).flags)
          for (const name of names) expect(name).toMatch(/^-{0,2}[\w.-]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('is read to a bound, however long it is', () => {
    const most = (text: string): number => readHelp(text).flags.length;
    expect(most(`${'  --a'.repeat(20_000)}\n`)).toBe(1);
    expect(most(Array.from({ length: 40_000 }, (_, i) => `  --a${i}  x (default: \n`).join(''))).toBe(500);
    expect(most('('.repeat(200_000))).toBe(0);
    expect(most(`usage: ${'['.repeat(100_000)}`)).toBe(0);
  });
});
