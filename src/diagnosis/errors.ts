import { defineErrors } from '../errors.ts';

export const reportError = defineErrors({
  DIAGNOSIS_NO_RUNS: {
    exit: 2,
    about: 'pawl diagnose needs at least one training log: a metrics file, or a folder that holds one.',
  },
  DIAGNOSIS_TARGET: {
    exit: 2,
    about: 'The target given to pawl diagnose is no number. Write 80%, 0.8 or 80.',
  },
  DIAGNOSIS_SCALES: {
    exit: 2,
    about:
      'The runs to diagnose log the metric on different scales (0.8 and 80): they are not seeds of one configuration.',
  },
  REPORT_NOT_FOUND: {
    exit: 2,
    about:
      'The diagnostic report does not exist. Name it with --diagnostic, or write it first (pawl diagnose).',
  },
  REPORT_UNREADABLE: {
    exit: 2,
    about: 'The diagnostic report cannot be read: it is a folder, or permissions forbid it.',
  },
  REPORT_EMPTY: {
    exit: 2,
    about: 'The diagnostic report has no text. Write it first, or name another file.',
  },
  REPORT_BINARY: {
    exit: 2,
    about: 'The file is not text (a PDF, an image, UTF-16 …). Export the report as UTF-8 Markdown.',
  },
  REPORT_TOO_LARGE: {
    exit: 2,
    about: 'The report is larger than a report can be. Logs do not belong in it: cut them out and link them.',
  },
});
