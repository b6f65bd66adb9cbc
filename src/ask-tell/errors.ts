import { defineErrors } from '../errors.ts';

export const askTellError = defineErrors({
  ASK_TELL_LINE_INVALID: {
    exit: 2,
    about:
      'A line given to `pawl ask-tell` is no JSON object. It is answered with this error and changes nothing.',
  },
  ASK_TELL_LINE_TOO_LONG: {
    exit: 2,
    about: 'A line given to `pawl ask-tell` has more than a megabyte. It is skipped.',
  },
  ASK_TELL_REQUEST_INVALID: {
    exit: 2,
    about:
      'A request to `pawl ask-tell` has an unknown `op`, or a member that is missing or of the wrong type.',
  },
  ASK_TELL_NOT_OPEN: {
    exit: 2,
    about: 'No search space is known yet: name one with --space, or send {"op":"open","space":{…}} first.',
  },
  ASK_TELL_ALREADY_OPEN: { exit: 2, about: 'The search is open already; a further `open` is refused.' },
  ASK_TELL_TRIAL_UNKNOWN: { exit: 2, about: 'A `tell` names a trial that was never asked for.' },
  ASK_TELL_TRIAL_ENDED: {
    exit: 2,
    about: 'A `tell` comes for a trial that has its final result already. The first result stands.',
  },
  ASK_TELL_STEP_INVALID: {
    exit: 2,
    about: 'The steps of a trial must grow: a `tell` came for a step that is not after the last one.',
  },
  ASK_TELL_STUDY_DAMAGED: {
    exit: 2,
    about:
      'The file of --study is no study of `pawl ask-tell`, or a line in the middle of it cannot be read.',
  },
  ASK_TELL_STUDY_DIFFERS: {
    exit: 2,
    about:
      'The file of --study was begun with another space or goal than is asked for now. Name another file.',
  },
});
