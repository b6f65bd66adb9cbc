import { defineErrors } from '../errors.ts';

export const compareError = defineErrors({
  COMPARE_GROUPS: {
    exit: 2,
    about: 'Two runs, or two groups of runs with ` -- ` between them, are needed.',
  },
  COMPARE_VALUE_INVALID: { exit: 2, about: 'One of the bare numbers of --values cannot be read.' },
  COMPARE_NO_SHARED_METRIC: {
    exit: 2,
    about: 'The runs log no metric in common, or the one that was named is missing in some of them.',
  },
  COMPARE_SCALES: {
    exit: 2,
    about:
      'The metric is written on different scales (0–1 and 0–100), and which is which cannot be told for certain. Nothing is subtracted then.',
  },
  COMPARE_GOALS: {
    exit: 2,
    about: 'The names under which the runs log the metric disagree on which way is better.',
  },
  COMPARE_SEED_TWICE: { exit: 2, about: 'Two runs of one group have the same seed: they would count twice.' },
  COMPARE_PLOT: { exit: 2, about: 'A plot is written as .png or .svg, and needs runs with curves.' },
});
