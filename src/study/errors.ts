import { defineErrors } from '../errors.ts';

export const studyError = defineErrors({
  GATE_BLOCKED: {
    exit: 3,
    about:
      'The diagnosis is incomplete: the report is missing, names no root cause or has nothing that can be applied, or its checklist has open boxes. What is missing is listed; --force passes, and the report will say so.',
  },
  ITERATION_LIMIT: {
    exit: 3,
    about:
      'The limit of iterations is reached: validation data wears out when it is used to choose again and again. Accept the best config so far; --force goes on.',
  },
  ITERATION_MISSING: {
    exit: 3,
    about:
      'An iteration needs the one before it to be concluded. Run `pawl optimize` (or the missing iteration) first.',
  },
  TRAINING_FAILED: {
    exit: 4,
    about:
      'A training ended without a usable result. The message says why; its full log is shown by `pawl logs RUN`. Fix the cause and continue with `pawl optimize --resume`.',
  },
  METRIC_MISSING: {
    exit: 4,
    about:
      'A training ended without logging the metric of pawl.yaml. The names that it did log are listed: correct `metric`, or say where the log is with `metrics.source`.',
  },
  STUDY_INTERRUPTED: {
    exit: 130,
    about: 'The study was interrupted; nothing is lost. Continue with `pawl optimize --resume`.',
  },
  BASELINE_MISMATCH: {
    exit: 2,
    about:
      'The baseline results cannot be compared with the new runs (another metric, another scale). Correct `baseline.results`, or remove it so that Pawl trains the baseline itself.',
  },
  OVERWRITE_REFUSED: {
    exit: 2,
    about:
      'A file that Pawl would write exists and is not its own. Move it, or choose another place with `out`.',
  },
  BUDGET_TOO_SMALL: {
    exit: 2,
    about: 'The budget does not allow one training of each configuration. Raise `budget`.',
  },
  OVERRIDES_UNPLACED: {
    exit: 2,
    about:
      'The training command is a shell line with several parts, and it does not say which of them takes the changed settings. Write {overrides} where they belong.',
  },
  CHANGE_UNKNOWN: {
    exit: 2,
    about: '--without names a change that the report does not plan. The planned paths are listed.',
  },
  REPORT_MISSING: {
    exit: 2,
    about:
      'No diagnostic report was found in the usual places. Write diagnostic_report.md, or name one with --diagnostic.',
  },
  FILE_UNREADABLE: {
    exit: 2,
    about: 'A file that pawl.yaml names cannot be read.',
  },
  CONFIG_NOT_AS_PLANNED: {
    exit: 1,
    about: 'The optimization config that was written does not read back as planned; nothing was trained.',
  },
  NO_CHANGES: {
    exit: 3,
    about:
      'The report asks for nothing that can be applied to this config. `pawl plan` says why for each recommendation.',
  },
  NOTHING_TO_RECOMMEND: {
    exit: 3,
    about:
      "Pawl's own diagnosis of the best config so far finds nothing to recommend, or only what was tried before. Accept the config, or write a report with another idea.",
  },
  SMOKE_FAILED: {
    exit: 4,
    about:
      'The short check run failed, so the long training was not started. The message says why; --no-smoke skips the check.',
  },
});
