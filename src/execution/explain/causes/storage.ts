import type { Cause } from '../cause.ts';

/** Disks, files and permissions. */
export const storageCauses: readonly Cause[] = [
  {
    code: 'DISK_FULL',
    pattern:
      /No space left on device|\bENOSPC\b|\[Errno 28\]|Disk quota exceeded|\bEDQUOT\b|\[Errno 122\]|There is not enough space on the disk|database or disk is full|disk is full/iu,
    remedy: 'Free space on that disk (old checkpoints, caches, logs), then resume.',
  },
  {
    code: 'DISK_FULL',
    pattern:
      /PytorchStreamWriter failed writing file|unexpected pos \d+ vs \d+|File too large \(os error 27\)/u,
    message: 'A checkpoint could not be written, probably because the disk is full ($&).',
    remedy: 'Free space on that disk (old checkpoints, caches, logs), then resume.',
  },
  {
    code: 'TRAINING_TOO_MANY_FILES',
    pattern: /Too many open files|\[Errno 24\]|\bEMFILE\b|received \d+ items of ancdata/iu,
    remedy:
      "Raise the limit (`ulimit -n 65536`), or share tensors by file system: torch.multiprocessing.set_sharing_strategy('file_system').",
  },
  {
    code: 'TRAINING_PERMISSION_DENIED',
    pattern:
      /PermissionError|\[Errno 13\]|\bEACCES\b|\bPermission denied\b|\[Errno 30\]|Read-only file system|\[Errno 1\] Operation not permitted|\bEPERM\b/u,
    remedy: 'Let the training write into {output}, or correct the permissions of what it names.',
  },
  {
    code: 'TRAINING_COMMAND_MISSING',
    pattern:
      /^(?:\S+: )?(?:line \d+: |\d+: )?(\S+): (?:command )?not found$|^(?:\/\S*\/)?env: [‘'"]?([^\s’'":]+)[’'"]?: No such file or directory|^pyenv: ([\w.]+): command not found|^exec: "?([^\s"]+)"?: executable file not found/mu,
    remedy: 'Install $1$2$3$4 or activate the environment that has it.',
  },
  {
    code: 'TRAINING_FILE_MISSING',
    pattern: /can't open file '([^']+)': \[Errno 2\]/u,
    remedy: 'Correct the script in `train:`; it is looked for in the working directory.',
  },
  {
    code: 'TRAINING_FILE_MISSING',
    pattern:
      /FileNotFoundError|NotADirectoryError|\[Errno 2\]|\[Errno 20\]|\bENOENT\b|No such file or directory|cannot find the (?:file|path) specified|(?:file|path|director(?:y|ies)|dataset|folder) [^\n]{0,120}(?:does not exist|doesn't exist|was not found|could not be found)/iu,
    remedy: 'Check the path; relative ones count from the working directory of the training.',
  },
];
