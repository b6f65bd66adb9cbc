import { defineErrors } from '../errors.ts';

export const evidenceError = defineErrors({
  EVIDENCE_NO_RUNS: {
    exit: 2,
    about: 'There is nothing to compare: an arm has no finished run. Train it, or name the right runs.',
  },
  EVIDENCE_VALUE_NOT_FINITE: {
    exit: 2,
    about:
      'A metric value is NaN or infinite. A run that ended so has diverged and is judged as that; a number that merely reads so is a logging error.',
  },
  EVIDENCE_SEED_DUPLICATE: {
    exit: 2,
    about: 'Two runs of one arm have the same seed. They would count twice; keep one of them.',
  },
  EVIDENCE_SEED_UNPLANNED: {
    exit: 2,
    about:
      'A run has a seed outside the list that was fixed before the first run. Seeds cannot be chosen afterwards.',
  },
  EVIDENCE_SEED_INVALID: { exit: 2, about: 'A seed is not an integer.' },
  EVIDENCE_DESIGN_UNKNOWN: {
    exit: 2,
    about: 'The sequential test exists for 3 to 10 planned pairs (and 1: a single, unverified comparison).',
  },
  EVIDENCE_ALPHA_INVALID: { exit: 2, about: 'An error level α must lie strictly between 0 and 0.5.' },
  EVIDENCE_RESOLUTION_INVALID: {
    exit: 2,
    about: 'The resolution of a metric (its smallest step) must be a positive number.',
  },
  EVIDENCE_BUDGET_INVALID: { exit: 2, about: 'A budget must be a number of zero or more.' },
  EVIDENCE_GROUPS_UNEQUAL: {
    exit: 2,
    about: 'Runs can be paired by position only when both arms have equally many.',
  },
  EVIDENCE_ARMS_INVALID: {
    exit: 2,
    about: 'The arms given to the attribution do not fit the list of changes, or none has a run.',
  },
  EVIDENCE_ITERATION_INVALID: {
    exit: 2,
    about: 'Iterations count from 1, with one outcome for each earlier one.',
  },
  EVIDENCE_TARGET_INVALID: {
    exit: 2,
    about:
      'A target or the size of a validation set cannot be read against the metric (a share, a percentage).',
  },
  EVIDENCE_PREDICTIONS_INVALID: {
    exit: 2,
    about: 'Per-example predictions do not fit together: every seed needs the same examples in both arms.',
  },
  EVIDENCE_CURVE_INVALID: {
    exit: 2,
    about: 'A learning curve has no points or its progress does not increase.',
  },
});
