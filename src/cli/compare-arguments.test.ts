import { describe, expect, it } from 'vitest';
import { splitSides } from './compare-arguments.ts';

/** As the parser hands it over: options before `--` are gone, `--` itself too. */
const split = (argv: string[], args: string[]): ReturnType<typeof splitSides> =>
  splitSides(args, ['compare', ...argv]);

describe('splitSides', () => {
  it.each([
    [['a', 'b'], ['a', 'b'], ['a'], ['b'], {}],
    [['a1', 'a2', '--', 'b1'], ['a1', 'a2', 'b1'], ['a1', 'a2'], ['b1'], {}],
    [
      ['--json', 'a', '--', 'b', '--metric', 'val_acc'],
      ['a', 'b', '--metric', 'val_acc'],
      ['a'],
      ['b'],
      { metric: 'val_acc' },
    ],
    [
      ['a', '--', 'b', '--goal=min', '--json', '-q', '--no-color'],
      ['a', 'b', '--goal=min', '--json', '-q', '--no-color'],
      ['a'],
      ['b'],
      { goal: 'min', json: true, quiet: true, color: false },
    ],
    [['--values', '1,2', '--', '-3,-4'], ['-3,-4'], [], ['-3,-4'], {}],
    [['a', 'b', 'c'], ['a', 'b', 'c'], ['a', 'b', 'c'], [], {}],
  ])('%j', (argv, args, baseline, optimized, late) => {
    expect(split(argv, args)).toEqual({ baseline, optimized, isSplit: argv.includes('--'), late });
  });

  it.each([
    [['a', '--', 'b', '--', 'c'], ['a', 'b', '--', 'c'], 'COMPARE_GROUPS'],
    [['a', '--', 'b', '--gaol', 'min'], ['a', 'b', '--gaol', 'min'], 'USAGE_ARGUMENTS'],
    [['a', '--', 'b', '--goal', 'up'], ['a', 'b', '--goal', 'up'], 'USAGE_OPTION_INVALID'],
    [['a', '--', 'b', '--metric'], ['a', 'b', '--metric'], 'USAGE_OPTION_INVALID'],
  ])('refuses %j', (argv, args, code) => {
    expect(() => split(argv, args)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
