import { defineErrors } from '../errors.ts';

export const searchError = defineErrors({
  SEARCH_SPACE_EMPTY: { exit: 2, about: 'The search space names no parameter. Give at least one.' },
  SEARCH_SPACE_INVALID: {
    exit: 2,
    about: 'The search space is not a mapping of parameter names to lists or typed ranges.',
  },
  SEARCH_PARAM_INVALID: {
    exit: 2,
    about:
      'A parameter of the search space cannot be read: a list of values, or a mapping with `type`, `low` and `high` (or `choices`), is needed.',
  },
  SEARCH_PARAM_DUPLICATE: {
    exit: 2,
    about: 'Two parameters of the search space are the same config key, or one lies inside the other.',
  },
  SEARCH_RANGE_INVALID: {
    exit: 2,
    about: 'A range is empty, reversed, not finite, or reaches zero on a log scale.',
  },
  SEARCH_STEP_INVALID: {
    exit: 2,
    about:
      'A step is not positive, larger than its range, not whole for whole numbers, or stands on a log scale.',
  },
  SEARCH_CHOICES_INVALID: { exit: 2, about: 'A list of choices is empty or names a value twice.' },
  SEARCH_CONDITION_INVALID: {
    exit: 2,
    about:
      'An `if:` condition cannot be read, names no parameter of the space or a value that it never takes, or conditions form a circle.',
  },
  SEARCH_PATH_UNKNOWN: {
    exit: 2,
    about: 'A parameter of the search space is not in the config, where only known keys are allowed.',
  },
  SEARCH_PATH_AMBIGUOUS: {
    exit: 2,
    about: 'A short parameter name fits several config keys. Write the full path.',
  },
  SEARCH_TYPE_MISMATCH: {
    exit: 2,
    about: 'The values of a parameter do not fit the type that the config holds at its key.',
  },
  SEARCH_METHOD_UNKNOWN: { exit: 2, about: 'There is no sampler or pruner of that name.' },
  SEARCH_GRID_CONTINUOUS: {
    exit: 2,
    about:
      'A grid needs finitely many values: give a list, a step, or whole numbers, or take another sampler.',
  },
  SEARCH_OPTION_INVALID: {
    exit: 2,
    about: 'An option of a sampler, a pruner or the racing is out of range.',
  },
});
