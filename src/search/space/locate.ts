import { getAt, isMapping, leafPaths } from '../../config/lookup.ts';
import { formatPath, type ConfigPath } from '../../config/path.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import type { PawlError } from '../../errors.ts';
import { closest } from '../../execution/closest.ts';
import { searchError } from '../errors.ts';
import type { Param, Space } from '../space.ts';
import { show, type Place, type SearchCode } from './place.ts';
import { numberOf } from './spelled.ts';

export interface LocateOptions extends Place {
  /** Parameters that the config lacks become new keys instead of errors (typing errors are still found). */
  allowsNew?: boolean;
}

/** Finds every parameter in the config, by its full path or a unique ending of it, and checks that its values fit there. */
export function locateSpace(space: Space, config: ConfigMapping, options: LocateOptions = {}): Space {
  const leaves = leafPaths(config);
  const taken = new Map<string, string>();
  const params = space.params.map((param) => {
    const fail = (code: SearchCode, problem: string, remedy: string): PawlError =>
      searchError(code, `${param.name}: ${problem}`, {
        file: options.file,
        line: options.lineOf?.(param.path) ?? options.lineOf?.([param.name]),
        remedy,
      });
    const path = locate(param, config, leaves, options.allowsNew === true, fail);
    const key = formatPath(path);
    const other = taken.get(key);
    if (other !== undefined) {
      throw fail(
        'SEARCH_PARAM_DUPLICATE',
        `it is the same config key as ${other} (${key}).`,
        'Keep one of them.',
      );
    }
    taken.set(key, param.name);
    const held = getAt(config, path);
    checkType(param, held, fail);
    refuseFractions(param, path, held, fail);
    return { ...param, path };
  });
  return { params };
}

type Fail = (code: SearchCode, problem: string, remedy: string) => PawlError;

function locate(
  param: Param,
  config: ConfigMapping,
  leaves: readonly ConfigPath[],
  allowsNew: boolean,
  fail: Fail,
): ConfigPath {
  if (getAt(config, param.path) !== undefined) return param.path;
  const ending = param.path.map(String);
  const fitting = leaves.filter((leaf) => endsWith(leaf.map(String), ending));
  if (fitting.length === 1) return fitting[0] as ConfigPath;
  if (fitting.length > 1) {
    throw fail(
      'SEARCH_PATH_AMBIGUOUS',
      `it could be ${fitting.map(formatPath).join(' or ')}.`,
      'Write the full path.',
    );
  }
  const spelled = formatPath(param.path);
  const names = leaves.flatMap((leaf) => [formatPath(leaf), formatPath(leaf.slice(-1))]);
  const near = closest(spelled, names);
  if (near !== undefined)
    throw fail('SEARCH_PATH_UNKNOWN', 'the config has no such key.', `Did you mean ${near}?`);
  if (!allowsNew) {
    throw fail('SEARCH_PATH_UNKNOWN', 'the config has no such key.', 'Name a key of the config by its path.');
  }
  return param.path;
}

function endsWith(leaf: readonly string[], ending: readonly string[]): boolean {
  return (
    ending.length <= leaf.length &&
    ending.every((key, index) => leaf[leaf.length - ending.length + index] === key)
  );
}

/** Settings that count something: a fraction of them would be cut off or refused by the training. */
const COUNTS =
  /^(?:(?:num|n|max|min|total)_?)?(?:epochs?|batch_?size|layers?|units|neurons|hidden(?:_?(?:size|dim|units))?|depth|max_depth|width|channels|filters|kernel_?size|(?:max_|warmup_|accumulation_)?steps|iterations|workers|patience|heads|folds|trees|estimators|leaves|rounds)$/i;

function refuseFractions(param: Param, path: ConfigPath, held: ConfigValue | undefined, fail: Fail): void {
  const isFractional =
    param.kind === 'float' &&
    !(param.step !== null && Number.isInteger(param.step) && Number.isInteger(param.low));
  if (!isFractional || typeof held !== 'number' || !Number.isInteger(held)) return;
  if (!COUNTS.test(String(path.at(-1)))) return;
  throw fail(
    'SEARCH_TYPE_MISMATCH',
    `the config holds the whole number ${held}, and ${param.isLog ? 'loguniform' : 'uniform'} would give fractions.`,
    `Use type: ${param.isLog ? 'logint' : 'int'}.`,
  );
}

type Type = 'number' | 'string' | 'boolean' | 'list' | 'mapping' | 'null';

function typeOf(value: ConfigValue): Type {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (isMapping(value)) return 'mapping';
  return typeof value as 'number' | 'string' | 'boolean';
}

function checkType(param: Param, held: ConfigValue | undefined, fail: Fail): void {
  if (held === undefined || held === null) return;
  const values = 'choices' in param ? param.choices : [param.low];
  const type = typeOf(held);
  const odd = values.find((value) => {
    const other = typeOf(value);
    if (other === type || other === 'null') return false;
    // `lr: 1e-4` is a string to YAML 1.1 and a number to everybody else; on/off switches take numbers and names too.
    return !(type === 'string' && other === 'number' && numberOf(held) !== undefined);
  });
  // A value that changes its type on purpose (`scheduler: none` → a mapping) stands beside one of the old type.
  const isMixed = values.some((value) => typeOf(value) === type);
  if (odd === undefined || isMixed) return;
  throw fail(
    'SEARCH_TYPE_MISMATCH',
    `the config holds ${show(held)} (a ${type}), which ${show(odd)} does not fit.`,
    'Give values of the type that the config holds.',
  );
}
