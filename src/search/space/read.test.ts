import { describe, expect, test } from 'vitest';
import type { ConfigValue } from '../../config/value.ts';
import { PawlError } from '../../errors.ts';
import { parseYaml } from '../fixtures/yaml.ts';
import type { Space } from '../space.ts';
import { describeConditions, describeDomain } from './describe.ts';
import { readSpace } from './read.ts';
import { readSearch } from './settings.ts';

const lines = (space: Space): string[] =>
  space.params.map((param) =>
    [param.name, describeDomain(param), describeConditions(param)].join(' ').trim(),
  );
const read = (yaml: string): string[] => lines(readSpace(parseYaml(yaml)));
const errorOf = (value: ConfigValue): string => {
  try {
    readSpace(value);
  } catch (error) {
    if (error instanceof PawlError) return `${error.code} ${error.message}`;
  }
  return 'none';
};

describe('a written space', () => {
  test.each([
    ['dropout: [0.5, 0.3, 0.4]', 'dropout 0.3, 0.4 or 0.5'],
    ['lr: [1e-4, 1e-3]', 'lr 1e-4 or 0.001'],
    ['optimizer: [adam, sgd]', 'optimizer adam or sgd'],
    ['amp: [true, false]', 'amp true or false'],
    ['bits: ["16", "32"]', 'bits 16 or 32'],
    ['layers: [[64], [64, 32]]', 'layers [64] or [64,32]'],
    ['lr: {type: loguniform, low: 1e-5, high: 1e-2}', 'lr 1e-5 … 0.01 (log)'],
    ['lr: {type: log_uniform_values, min: 1.0e-5, max: 0.01}', 'lr 1e-5 … 0.01 (log)'],
    ['lr: {low: 1e-5, high: 1e-2, log: true}', 'lr 1e-5 … 0.01 (log)'],
    ['dropout: {type: uniform, low: 0, high: 0.5}', 'dropout 0 … 0.5'],
    ['dropout: {type: uniform, low: 0, high: 0.5, step: 0.2}', 'dropout 0 … 0.4 (step 0.2)'],
    ['x: {min: 0.1, max: 1}', 'x 0.1 … 1'],
    ['x: {min: 1, max: 8}', 'x 1 … 8 (whole)'],
    ['n: {type: int, low: 1, high: 10, step: 4}', 'n 1 … 9 (whole, step 4)'],
    ['n: {type: logint, range: [16, 512]}', 'n 16 … 512 (whole, log)'],
    ['act: {type: categorical, choices: [relu, gelu]}', 'act relu or gelu'],
    ['size: {type: categorical, choices: [8, 4]}', 'size 8 or 4'],
    ['flag: {type: bool}', 'flag false or true'],
    ['epochs: {value: 9}', 'epochs 9 (fixed)'],
    ['warm: 3', 'warm 3 (fixed)'],
    ['optimizer: {type: [adam, sgd]}', 'optimizer.type adam or sgd'],
    ['optimizer.lr: [0.1, 0.2]', 'optimizer.lr 0.1 or 0.2'],
    ['model: {head: {dim: [1, 2]}}', 'model.head.dim 1 or 2'],
  ])('%s', (yaml, expected) => {
    expect(read(yaml)).toEqual([expected]);
  });

  test('conditions in their forms, parents first', () => {
    expect(
      read(
        [
          'opt: {momentum: {type: uniform, low: 0, high: 0.9, if: {name: sgd}}, name: [adam, sgd, lion]}',
          'beta: {low: 0.8, high: 0.99, if: "opt.name in [adam, lion] and layers >= 2"}',
          'gamma: {low: 0.5, high: 0.9, if: {layers: ">= 3", name: [adam]}}',
          'width: {low: 4, high: 8, if: opt.name != sgd}',
          'layers: {low: 1, high: 4}',
        ].join('\n'),
      ),
    ).toEqual([
      'opt.name adam, sgd or lion',
      'opt.momentum 0 … 0.9 if opt.name is sgd',
      'layers 1 … 4 (whole)',
      'beta 0.8 … 0.99 if opt.name is adam or lion and layers >= 2',
      'gamma 0.5 … 0.9 if layers >= 3 and opt.name is adam',
      'width 4 … 8 (whole) if opt.name is not sgd',
    ]);
  });

  test.each<[ConfigValue, string]>([
    [{}, 'SEARCH_SPACE_EMPTY'],
    [[1], 'SEARCH_SPACE_INVALID'],
    [{ a: [] }, 'SEARCH_CHOICES_INVALID a: its list of values is empty.'],
    [{ a: [1, 1] }, 'SEARCH_CHOICES_INVALID a: 1 is listed twice.'],
    [{ a: {} }, 'SEARCH_PARAM_INVALID a: nothing is given'],
    [{ a: { type: 'unifrom', low: 1, high: 2 } }, "SEARCH_PARAM_INVALID a: there is no type 'unifrom'."],
    [{ a: { type: 'uniform', low: 1 } }, 'SEARCH_PARAM_INVALID a: `high` is missing.'],
    [{ a: { type: 'uniform', low: 2, high: 1 } }, 'SEARCH_RANGE_INVALID a: low 2 is above high 1.'],
    [{ a: { type: 'loguniform', low: 0, high: 1 } }, 'SEARCH_RANGE_INVALID a: a log scale cannot reach 0.'],
    [{ a: { type: 'logint', low: -1, high: 1 } }, 'SEARCH_RANGE_INVALID a: a log scale cannot reach -1.'],
    [
      { a: { type: 'uniform', low: 'low', high: 1 } },
      'SEARCH_RANGE_INVALID a: `low` must be a finite number',
    ],
    [{ a: { type: 'int', low: 0.5, high: 2 } }, 'SEARCH_RANGE_INVALID a: whole numbers cannot range'],
    [{ a: { type: 'int', low: 0, high: 9, step: 0.5 } }, 'SEARCH_STEP_INVALID'],
    [{ a: { type: 'uniform', low: 0, high: 1, step: -1 } }, 'SEARCH_STEP_INVALID'],
    [{ a: { type: 'uniform', low: 0, high: 1, step: 3 } }, 'SEARCH_STEP_INVALID a: a step of 3 is larger'],
    [{ a: { type: 'loguniform', low: 1, high: 9, step: 1 } }, 'SEARCH_STEP_INVALID a: a log scale'],
    [{ a: { low: 0, high: 1, stp: 0.1, type: 'uniform' } }, "SEARCH_PARAM_INVALID a: 'stp' means nothing"],
    [{ 'a.b': [1, 2], a: { b: [3, 4] } }, 'SEARCH_PARAM_DUPLICATE a.b: it stands twice'],
    [{ a: [1, 2], 'a.b': [3, 4] }, 'SEARCH_PARAM_DUPLICATE a.b: it lies inside a'],
    [{ a: { low: 1, high: 2, if: { b: 1 } } }, "SEARCH_CONDITION_INVALID a: the condition names 'b'"],
    [{ a: { low: 1, high: 2, if: { b: 3 } }, b: [1, 2] }, 'SEARCH_CONDITION_INVALID a: b is never 3.'],
    [{ a: { low: 1, high: 2, if: 'what?' }, b: [1, 2] }, 'SEARCH_CONDITION_INVALID a: the condition'],
    [{ a: { low: 1, high: 2, if: { a: 1 } } }, 'SEARCH_CONDITION_INVALID a: it cannot depend on itself.'],
    [
      { a: { low: 1, high: 2, if: 'b > 1' }, b: { low: 1, high: 2, if: 'a > 1' } },
      'SEARCH_CONDITION_INVALID a: the conditions go in a circle: a → b → a.',
    ],
    [JSON.parse('{"__proto__": [1, 2]}') as ConfigValue, 'SEARCH_PARAM_INVALID'],
  ])('%j is refused', (value, expected) => {
    expect(errorOf(value)).toContain(expected);
  });

  test('a search with its method and trials, under its heading', () => {
    const yaml = [
      'hyperparameter_search:',
      '  method: grid_search  # or random_search, bayesian',
      '  n_trials: 20',
      '  search_space:',
      '    dropout: [0.3, 0.4, 0.5]',
      '    weight_decay: [1e-5, 1e-4, 1e-3]',
    ].join('\n');
    const { space, sampler, trials } = readSearch(parseYaml(yaml));
    expect({ sampler, trials }).toEqual({ sampler: 'grid', trials: 20 });
    expect(lines(space)).toEqual(['dropout 0.3, 0.4 or 0.5', 'weight_decay 1e-5, 1e-4 or 0.001']);
    expect(readSearch({ method: 'bayesian', parameters: { a: [1] } }).sampler).toBe('auto');
    expect(() => readSearch({ method: 'magic', parameters: { a: [1] } })).toThrow("no search method 'magic'");
    expect(() => readSearch({ n_trials: 0, parameters: { a: [1] } })).toThrow(
      'n_trials must be a whole number',
    );
    expect(readSearch({ a: [1, 2] })).toMatchObject({ sampler: null, trials: null });
  });

  test('errors say the line', () => {
    const lineOf = (path: readonly (string | number)[]): number => (path.join('/') === 'a/b' ? 12 : 1);
    expect(() => readSpace({ a: { b: [] } }, { file: 'sweep.yaml', lineOf })).toThrow(
      expect.objectContaining({ file: 'sweep.yaml', line: 12 }),
    );
  });
});
