import { defineErrors } from '../errors.ts';

export const initError = defineErrors({
  INIT_FOLDER_NOT_FOUND: {
    exit: 2,
    about: 'The folder named with --project does not exist or is not a folder.',
  },
  INIT_NOTHING_FOUND: {
    exit: 2,
    about:
      'The folder holds neither a training script nor a config, a log or a report, so there is nothing to propose a pawl.yaml from. Run in the folder of the training code, or give --train, --config and --metric.',
  },
  INIT_INCOMPLETE: {
    exit: 2,
    about:
      'A pawl.yaml cannot work without a command that takes a config file, and that config. What is missing is listed with what to write; give it with --train or --config, or change the script.',
  },
  INIT_EXISTS: {
    exit: 2,
    about:
      'There is a pawl.yaml already. --force replaces it and keeps the old one beside it; --dry-run only shows.',
  },
  INIT_NOT_WRITABLE: {
    exit: 2,
    about: 'pawl.yaml cannot be written: permissions, a read-only disk, or a folder of that name.',
  },
  INIT_HELP_FAILED: {
    exit: 2,
    about:
      'The training command was run with --help (by --run-help, or a yes on the terminal) and printed no flags that could be read: it failed, took too long, or ignores --help.',
  },
  INIT_INVALID: { exit: 2, about: 'A value given on the command line does not fit into pawl.yaml.' },
});
