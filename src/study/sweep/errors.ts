import { defineErrors } from '../../errors.ts';

export const sweepError = defineErrors({
  SWEEP_SPACE_MISSING: {
    exit: 2,
    about:
      'There is nothing to search: pawl.yaml has no `sweep.space`, no file was named with --space, and the diagnosis recommends no value that a space could be made around.',
  },
  SWEEP_SPACE_POINT: {
    exit: 2,
    about:
      'The search space has a single configuration: there is nothing to choose from. Give a parameter two values.',
  },
  SWEEP_SPACE_MEASURES: {
    exit: 2,
    about:
      'The search space has a parameter that decides which examples a result is measured on (`val_split`, `val_samples`): the best would be what is measured on the easiest. Set it in the baseline config, the same for all.',
  },
  SWEEP_SETTING_INVALID: {
    exit: 2,
    about: 'A setting beside the search space cannot be read. The message says which and what is expected.',
  },
  SWEEP_BUDGET_TOO_SMALL: {
    exit: 2,
    about:
      'The budget of a sweep does not allow its first trainings. The message says what one training needs.',
  },
  SWEEP_ALL_FAILED: {
    exit: 4,
    about:
      'Every trial of a sweep failed, the baseline too, so the search was stopped. The message quotes the last failure; `pawl logs RUN` shows the whole output. Mend the cause, then run `pawl sweep --retry-failed`.',
  },
  SWEEP_NOTHING_FOUND: {
    exit: 4,
    about:
      'No trial of a sweep came to a result that could be chosen. The table of trials says how each ended.',
  },
  SWEEP_NONE: {
    exit: 2,
    about:
      'The project has no sweep that the command could go on with, export or retry. Start one with `pawl sweep`.',
  },
  SWEEP_IMPORT_INVALID: {
    exit: 2,
    about: 'A file of finished trials cannot be imported: it names no parameter of the space, or no value.',
  },
});
