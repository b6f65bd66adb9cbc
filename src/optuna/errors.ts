import { defineErrors } from '../errors.ts';

export const optunaError = defineErrors({
  OPTUNA_EXISTS: {
    exit: 2,
    about:
      'The file to export to exists already. Pawl never writes into a storage that may be in use: name another file.',
  },
  OPTUNA_NOT_WRITABLE: {
    exit: 2,
    about:
      'The Optuna storage could not be written; the message says why. Name a place that can be written to.',
  },
});
