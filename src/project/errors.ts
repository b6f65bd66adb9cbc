import { defineErrors } from '../errors.ts';

export const projectError = defineErrors({
  PROJECT_NOT_FOUND: {
    exit: 2,
    about:
      'No pawl.yaml was found from the working directory upward, or at the place given with --project. Run `pawl init` in the folder of the training code, or name the folder with --project.',
  },
  PROJECT_INVALID: {
    exit: 2,
    about:
      'pawl.yaml has a key that is unknown, missing or of the wrong type. The message names the key and the line.',
  },
  PROJECT_OUTSIDE: {
    exit: 2,
    about: 'A path that Pawl would write to lies outside the project folder. Choose a place inside it.',
  },
});
