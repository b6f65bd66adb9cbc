import { defineErrors } from '../../errors.ts';

export const finalizeError = defineErrors({
  FINALIZE_BLOCKED: {
    exit: 3,
    about:
      'There is nothing that may be finalized yet: no concluded study, a decision other than finalize or accept, a config that was changed after it was tested, or test data that was looked at before. What is missing is listed; --force passes, and the results say so.',
  },
  EVALUATION_FAILED: {
    exit: 4,
    about:
      'The command of `finalize.evaluate` failed. Its output is in the run’s folder under .pawl/runs; after it is mended `pawl finalize` goes on without training again.',
  },
});
