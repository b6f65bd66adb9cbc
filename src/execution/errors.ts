import { defineErrors } from '../errors.ts';

/** Commands that cannot be read or started: bad input, nothing has been trained. */
export const executionError = defineErrors({
  COMMAND_EMPTY: { exit: 2, about: 'The training command is empty. Write it under `train:` in pawl.yaml.' },
  COMMAND_UNREADABLE: {
    exit: 2,
    about:
      'The training command cannot be split into words: a quote is not closed, it ends in a backslash, or a word processor replaced quotes or hyphens. The column says where.',
  },
  COMMAND_NEEDS_SHELL: {
    exit: 2,
    about:
      'The training command uses something only a shell understands (a pipe, a redirection, `&&`, a variable). Set `shell: true`, or put quotes around what is meant literally.',
  },
  COMMAND_UNKNOWN_PLACEHOLDER: {
    exit: 2,
    about:
      'The training command holds a `{name}` that Pawl does not fill. Write `{{name}}` for literal braces.',
  },
  COMMAND_PLACEHOLDER_UNSET: {
    exit: 2,
    about: 'The training command holds a placeholder for which this project gives no value.',
  },
  COMMAND_PLACEHOLDER_LIST: {
    exit: 2,
    about: 'A placeholder that stands for several arguments must be an argument of its own.',
  },
  COMMAND_SHELL_UNSUPPORTED: {
    exit: 2,
    about:
      '`shell: true` needs a POSIX shell, which this system does not have. Name a script as the command.',
  },
  COMMAND_NOT_FOUND: {
    exit: 2,
    about:
      'The program of the training command is not on the PATH that the training gets. Activate its environment, or name it with its full path.',
  },
  COMMAND_NOT_EXECUTABLE: {
    exit: 2,
    about:
      'The program of the training command exists but cannot be run: no execute permission, or its interpreter is missing.',
  },
  COMMAND_IS_DIRECTORY: { exit: 2, about: 'The program of the training command is a folder.' },
  COMMAND_NOT_STARTABLE: {
    exit: 2,
    about:
      'The operating system refused to start the training command (argument list too long, process limit, no memory).',
  },
  WORKING_DIRECTORY_MISSING: { exit: 2, about: 'The folder in which the training is to run does not exist.' },
  RUN_DIRECTORY_MISSING: {
    exit: 1,
    about: 'The folder for the logs of a run does not exist or cannot be written.',
  },
  RUN_DIRECTORY_UNWRITABLE: {
    exit: 1,
    about: 'The logs of a run cannot be written: the disk is full, or permissions are missing.',
  },
  GPU_UNAVAILABLE: {
    exit: 2,
    about: 'The run asks for more GPUs than there are, or than CUDA_VISIBLE_DEVICES leaves visible.',
  },
  EXECUTOR_CLOSED: { exit: 1, about: 'A run was to be started on an executor that is closed already.' },
  DISK_FULL: {
    exit: 4,
    about:
      'The disk that holds the results is (almost) full; trainings are stopped before results get lost. Free space and resume.',
  },
});

/**
 * Why a training did not finish; these are codes of `RunOutcome.failure`, never thrown.
 * `executionError('DISK_FULL')` is thrown where a run cannot even start.
 */
export const trainingFailure = defineErrors({
  TRAINING_FAILED: {
    exit: 4,
    about: 'The training ended with an exit code other than 0; its last line of output is shown.',
  },
  TRAINING_EXCEPTION: {
    exit: 4,
    about: 'The training program stopped with an error of its own; type, message and place are shown.',
  },
  TRAINING_SYNTAX_ERROR: { exit: 4, about: 'The training program cannot be parsed by its interpreter.' },
  TRAINING_MODULE_MISSING: {
    exit: 4,
    about:
      'The training program imports a module that its interpreter does not have: usually the wrong environment is active.',
  },
  TRAINING_FILE_MISSING: {
    exit: 4,
    about: 'The training program looks for a file or folder that does not exist.',
  },
  TRAINING_ARGUMENTS_REFUSED: {
    exit: 4,
    about:
      'The training program does not understand its command line. Compare `train:` in pawl.yaml with its --help.',
  },
  TRAINING_CONFIG_REFUSED: {
    exit: 4,
    about: 'The training program refused its configuration (a missing, unknown or invalid key).',
  },
  TRAINING_PERMISSION_DENIED: {
    exit: 4,
    about: 'The training program may not read or write something it needs.',
  },
  TRAINING_COMMAND_MISSING: {
    exit: 4,
    about: 'A command that the training calls was not found (127) or cannot be run (126).',
  },
  TRAINING_OUT_OF_MEMORY: {
    exit: 4,
    about:
      'Memory ran out, on the GPU or on the machine. Reduce the batch size or the model, or accumulate gradients.',
  },
  TRAINING_SHARED_MEMORY: {
    exit: 4,
    about:
      'Shared memory (/dev/shm) ran out, usually in a container. Start it with a larger --shm-size, or use fewer data-loader workers.',
  },
  TRAINING_GPU_ERROR: {
    exit: 4,
    about: 'The GPU, its driver or a GPU library failed or does not fit the installed framework.',
  },
  TRAINING_DISTRIBUTED_FAILED: {
    exit: 4,
    about: 'Communication between the processes of a distributed training failed.',
  },
  TRAINING_PORT_IN_USE: {
    exit: 4,
    about: 'A network port that the training wants is taken by another process.',
  },
  TRAINING_NETWORK_FAILED: {
    exit: 4,
    about: 'A download or a service that the training needs could not be reached.',
  },
  TRAINING_DIVERGED: {
    exit: 4,
    about: 'The training program itself stopped because its loss became NaN or infinite.',
  },
  TRAINING_CHECKPOINT_REFUSED: {
    exit: 4,
    about: 'A checkpoint does not fit the model of this configuration, or is damaged.',
  },
  TRAINING_TOO_MANY_FILES: {
    exit: 4,
    about: 'The training opened more files than the system lets one process open.',
  },
  TRAINING_INTERRUPTED: { exit: 4, about: 'The training was interrupted from outside (Ctrl-C, SIGINT).' },
  TRAINING_KILLED: {
    exit: 4,
    about: 'The training was ended from outside by a signal that Pawl did not send.',
  },
  TRAINING_CRASHED: {
    exit: 4,
    about: 'The training program crashed in native code (segmentation fault, abort, illegal instruction).',
  },
  COMMAND_FORKED_AWAY: {
    exit: 4,
    about:
      'The command returned at once while its processes trained on in the background. Let it run in the foreground.',
  },
  RUN_LOST: {
    exit: 4,
    about:
      'The training vanished without leaving an exit code: the machine restarted, or its supervisor was killed.',
  },
  SUPERVISION_FAILED: {
    exit: 1,
    about: 'Pawl itself failed while it supervised a training. Please report it.',
  },
  RUN_TIME_LIMIT: { exit: 4, about: 'The training ran longer than its time limit.' },
  RUN_SILENT: {
    exit: 4,
    about: 'The training gave no sign of life for longer than allowed and counts as hung.',
  },
});

export type FailureCode = keyof typeof trainingFailure.table | 'DISK_FULL';
