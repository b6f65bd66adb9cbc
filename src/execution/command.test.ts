import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PawlError } from '../errors.ts';
import { expandCommand, expandShellCommand, formatCommand, parseCommand, placeholdersOf } from './command.ts';

function errorOf(action: () => unknown): { code: string; message: string; remedy: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof PawlError)
      return { code: error.code, message: error.message, remedy: error.remedy ?? '' };
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('parseCommand', () => {
  test.each<[string, string[]]>([
    ['python train.py --config {config}', ['python', 'train.py', '--config', '{config}']],
    ['  a\t b \n c  ', ['a', 'b', 'c']],
    [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`a ''  ""`, ['a', '', '']],
    [`a --x='{"a": {"b": 1}}'`, ['a', '--x={"a": {"b": 1}}']],
    [`a "say \\"hi\\" \\n \\$HOME"`, ['a', 'say "hi" \\n $HOME']],
    [`a '$HOME | > & ; # ~'`, ['a', '$HOME | > & ; # ~']],
    ['a \\| \\$HOME', ['a', '|', '$HOME']],
    ['a \\\n  b', ['a', 'b']],
    ['a \\\r\n  b', ['a', 'b']],
    [`it"'"s a'"'b`, [`it's`, 'a"b']],
    ['/opt/my\\ envs/bin/python train.py', ['/opt/my envs/bin/python', 'train.py']],
    [
      'train +model=resnet ~aug.cutmix lr=[1,2] *.yaml a#b x~y',
      ['train', '+model=resnet', '~aug.cutmix', 'lr=[1,2]', '*.yaml', 'a#b', 'x~y'],
    ],
    ['python 訓練.py --名前 値', ['python', '訓練.py', '--名前', '値']],
    ['a $5 100$ $', ['a', '$5', '100$', '$']],
    ["a '${oc.env:HOME}'", ['a', '${oc.env:HOME}']],
  ])('%j', (text, argv) => {
    expect(parseCommand(text, 'linux')).toEqual(argv);
  });

  test.each<[string, string, string]>([
    ['', 'COMMAND_EMPTY', 'empty'],
    ['   ', 'COMMAND_EMPTY', 'empty'],
    [`''`, 'COMMAND_EMPTY', 'empty'],
    [`python train.py --name it's`, 'COMMAND_UNREADABLE', "The quote ' at column 26 is never closed"],
    ['python "train.py', 'COMMAND_UNREADABLE', 'The quote " at column 8'],
    ['python train.py \\', 'COMMAND_UNREADABLE', 'backslash (column 17)'],
    ['python train.py –lr 3', 'COMMAND_UNREADABLE', "Column 17 holds a dash '–'"],
    ['python train.py --name “x”', 'COMMAND_UNREADABLE', 'typographic quote “'],
    ['python a.py && python b.py', 'COMMAND_NEEDS_SHELL', "'&&' at column 13"],
    ['python a.py | tee log', 'COMMAND_NEEDS_SHELL', "'|' at column 13"],
    ['python a.py >log 2>&1', 'COMMAND_NEEDS_SHELL', "'>' at column 13"],
    ['python a.py 2>&1', 'COMMAND_NEEDS_SHELL', "'>&1' at column 14"],
    ['cd src; python a.py', 'COMMAND_NEEDS_SHELL', "';' at column 7"],
    ['python a.py &', 'COMMAND_NEEDS_SHELL', "'&' at column 13"],
    ['python a.py --out $HOME/x', 'COMMAND_NEEDS_SHELL', "'$HOME' at column 19"],
    ['python a.py --out "${HOME}/x"', 'COMMAND_NEEDS_SHELL', "'${HOME}' at column 20"],
    ['python a.py --day $(date)', 'COMMAND_NEEDS_SHELL', "'$('"],
    ['python a.py --day `date`', 'COMMAND_NEEDS_SHELL', "'`'"],
    ['python ~/a.py', 'COMMAND_NEEDS_SHELL', "'~' at column 8"],
    ['python a.py # later', 'COMMAND_NEEDS_SHELL', "'#' at column 13"],
    ['CUDA_VISIBLE_DEVICES=0 python a.py', 'COMMAND_NEEDS_SHELL', "assignment 'CUDA_VISIBLE_DEVICES=0'"],
  ])('%j is refused', (text, code, message) => {
    const error = errorOf(() => parseCommand(text, 'linux'));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.remedy).not.toBe('');
  });

  test('an assignment in front is told where to go', () => {
    expect(errorOf(() => parseCommand('OMP_NUM_THREADS=4 python a.py', 'linux')).remedy).toContain(
      'environment: { OMP_NUM_THREADS: "4" }',
    );
  });

  test('on Windows backslashes are path separators', () => {
    expect(parseCommand('C:\\py\\python.exe "D:\\my data\\train.py" --x \\"q', 'win32')).toEqual([
      'C:\\py\\python.exe',
      'D:\\my data\\train.py',
      '--x',
      '"q',
    ]);
  });

  test('reads back whatever formatCommand writes, as sh does', () => {
    const argument = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (rest) => {
        const argv = ['printf', ...rest];
        expect(parseCommand(formatCommand(argv), 'linux')).toEqual(argv);
      }),
    );
  });
});

describe('expandCommand', () => {
  const values = {
    config: 'a b.yaml',
    output: '/o',
    seed: 7,
    checkpoints: undefined,
    overrides: ['lr=1', 'x=2'],
    none: [],
  };

  test.each<[string[], string[]]>([
    [
      ['t', '--config', '{config}', '--seed={seed}'],
      ['t', '--config', 'a b.yaml', '--seed=7'],
    ],
    [
      ['t', '{output}/{seed}/{seed}.log'],
      ['t', '/o/7/7.log'],
    ],
    [
      ['t', '{"a":1}', '{"a":{"b":1}}', '{a: 1}', '{}', '{ seed }', '{0}'],
      ['t', '{"a":1}', '{"a":{"b":1}}', '{a: 1}', '{}', '{ seed }', '{0}'],
    ],
    [
      ['t', '{"seed":{seed},"o":{"s":{seed}}}'],
      ['t', '{"seed":7,"o":{"s":7}}'],
    ],
    [
      ['t', '{{seed}}', '{{{seed}}}', '{{"a":{"b":{seed}}}}'],
      ['t', '{seed}', '{7}', '{"a":{"b":7}}'],
    ],
    [
      ['t', '{{"a":{{"b":1}}}}', '}}', '{{'],
      ['t', '{"a":{"b":1}}', '}}', '{'],
    ],
    [
      ['t', '${seed}', '${model.dim}'],
      ['t', '${seed}', '${model.dim}'],
    ],
    [
      ['t', '{overrides}', '{none}', 'end'],
      ['t', 'lr=1', 'x=2', 'end'],
    ],
    [
      ['t', '', 'x'],
      ['t', '', 'x'],
    ],
  ])('%j', (template, argv) => {
    expect(expandCommand(template, values)).toEqual(argv);
  });

  test.each<[string[], string, string]>([
    [['t', '{sed}'], 'COMMAND_UNKNOWN_PLACEHOLDER', '{sed}'],
    [['t', '--x={constructor}'], 'COMMAND_UNKNOWN_PLACEHOLDER', '{constructor}'],
    [['t', '{checkpoints}'], 'COMMAND_PLACEHOLDER_UNSET', '{checkpoints}'],
    [['t', '--o={overrides}'], 'COMMAND_PLACEHOLDER_LIST', '{overrides}'],
    [['{none}'], 'COMMAND_EMPTY', 'empty'],
    [[], 'COMMAND_EMPTY', 'empty'],
  ])('%j is refused', (template, code, message) => {
    const error = errorOf(() => expandCommand(template, values));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  test('an unknown placeholder names the known ones and the nearest', () => {
    const error = errorOf(() => expandCommand(['t', '{confg}'], values));
    expect(error.message).toContain('known are {config}, {output}, {seed}');
    expect(error.remedy).toBe('Write {config}, or write {{confg}} for literal braces.');
  });

  test('a value is never read as a template or as several arguments', () => {
    expect(expandCommand(['t', '{config}'], { config: "{seed} $(rm -rf) 'x'", seed: 1 })).toEqual([
      't',
      "{seed} $(rm -rf) 'x'",
    ]);
  });

  test('placeholdersOf', () => {
    expect(placeholdersOf(['t', '{seed}', '--x={config}/{seed}', '{{out}}', '{"a":1}'])).toEqual([
      'seed',
      'config',
    ]);
  });
});

describe('expandShellCommand', () => {
  test('a value reaches the program unchanged wherever it stands', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(...Array.from(`ab '"$\`\\;|&<>(){}[]*?~#!\n-=é`)),
      maxLength: 12,
    });
    fc.assert(
      fc.property(nasty, (value) => {
        const text = expandShellCommand(`printf '%s\\0' {x} "a {x}" 'b {x}' c{x} {list}`, {
          x: value,
          list: [value, 'z'],
        });
        const output = execFileSync('/bin/sh', ['-c', text], { encoding: 'utf8' });
        expect(output.split('\0')).toEqual([value, `a ${value}`, `b ${value}`, `c${value}`, value, 'z', '']);
      }),
      { numRuns: 60 },
    );
  });

  test('shell syntax stays', () => {
    expect(expandShellCommand("cd src && X=${HOME} run {a} | awk '{print $1}'", { a: 'b c' })).toBe(
      "cd src && X=${HOME} run 'b c' | awk '{print $1}'",
    );
  });

  test('a list inside quotes is refused', () => {
    expect(errorOf(() => expandShellCommand('a "{list}"', { list: ['x'] })).code).toBe(
      'COMMAND_PLACEHOLDER_LIST',
    );
  });
});
