import { isMapping } from '../../config/lookup.ts';
import type { ConfigPath } from '../../config/path.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import { searchError } from '../errors.ts';
import { samplerNamed } from '../methods.ts';
import type { Space } from '../space.ts';
import { show, type Place } from './place.ts';
import { readSpace } from './read.ts';
import { numberOf } from './spelled.ts';

/** A written search: its space, and what stands beside it. */
export interface SearchSettings {
  space: Space;
  /** The sampler's name; null where no method is given. */
  sampler: string | null;
  trials: number | null;
}

const WRAPPERS = [
  'hyperparameter_search',
  'hyperparameter_tuning',
  'hyperparameters',
  'tuning',
  'sweep',
  'search',
];
const SPACES = ['search_space', 'space', 'parameters', 'params', 'param_grid', 'param_distributions'];
const METHODS = ['method', 'sampler', 'algorithm', 'strategy'];
const TRIALS = ['n_trials', 'trials', 'num_trials', 'max_trials', 'n_iter', 'num_samples', 'run_cap'];

/**
 * Reads a search as people write it: a bare space, or one beside its method and number of trials
 * (`method: grid_search`, `search_space: {…}`, `n_trials: 20`), also below a heading such as `hyperparameter_search:`.
 */
export function readSearch(value: ConfigValue, place: Place = {}): SearchSettings {
  const [settings, path] = unwrap(value, []);
  const key = isMapping(settings) ? spaceKey(settings) : undefined;
  if (!isMapping(settings) || key === undefined) {
    return { space: readSpace(settings, below(place, path)), sampler: null, trials: null };
  }
  return {
    space: readSpace(settings[key] as ConfigValue, below(place, [...path, key])),
    sampler: readMethod(settings, below(place, path)),
    trials: readTrials(settings, below(place, path)),
  };
}

function unwrap(value: ConfigValue, path: ConfigPath): [ConfigValue, ConfigPath] {
  if (!isMapping(value) || spaceKey(value) !== undefined) return [value, path];
  const wrapper = WRAPPERS.find((name) => isMapping(value[name]) && spaceKey(value[name]) !== undefined);
  return wrapper === undefined ? [value, path] : unwrap(value[wrapper] as ConfigValue, [...path, wrapper]);
}

function spaceKey(value: ConfigMapping): string | undefined {
  return SPACES.find((name) => isMapping(value[name]));
}

function readMethod(settings: ConfigMapping, place: Place): string | null {
  const key = METHODS.find((name) => Object.hasOwn(settings, name));
  if (key === undefined) return null;
  const method = settings[key];
  const sampler = typeof method === 'string' ? samplerNamed(method) : undefined;
  if (sampler !== undefined) return sampler;
  throw searchError('SEARCH_METHOD_UNKNOWN', `There is no search method ${show(method)}.`, {
    file: place.file,
    line: place.lineOf?.([key]),
    remedy: 'Use auto, grid_search, random_search, bayesian, sobol, tpe, gp or cma-es.',
  });
}

function readTrials(settings: ConfigMapping, place: Place): number | null {
  const key = TRIALS.find((name) => Object.hasOwn(settings, name));
  if (key === undefined || settings[key] === null) return null;
  const trials = numberOf(settings[key]);
  if (trials !== undefined && Number.isInteger(trials) && trials >= 1) return trials;
  throw searchError(
    'SEARCH_OPTION_INVALID',
    `${key} must be a whole number from 1, not ${show(settings[key])}.`,
    {
      file: place.file,
      line: place.lineOf?.([key]),
      remedy: 'Give the number of configurations to try.',
    },
  );
}

function below(place: Place, path: ConfigPath): Place {
  return { file: place.file, lineOf: (inner) => place.lineOf?.([...path, ...inner]) };
}
