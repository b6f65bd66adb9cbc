import { constants } from 'node:os';
import type { Failure } from './failure.ts';

const NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));
/** Names that share a number with a better known one. */
for (const name of ['SIGABRT', 'SIGIO', 'SIGSYS', 'SIGCHLD'] as const) {
  const number = (constants.signals as Partial<Record<string, number>>)[name];
  if (number !== undefined) NAMES.set(number, name);
}

/** Signals that ended a process from outside; all others come from a crash inside. */
export const OUTSIDE: ReadonlySet<string> = new Set([
  'SIGKILL',
  'SIGTERM',
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGXCPU',
  'SIGPWR',
]);

/** The signal that a shell's exit status 128 + n stands for; null for ordinary exit codes. */
export function signalOfStatus(status: number | null): string | null {
  return status === null || status <= 128 || status > 128 + 31 ? null : (NAMES.get(status - 128) ?? null);
}

const LESS =
  'Reduce what is loaded at once (batch size, data-loader workers), or use a machine with more memory.';
const PLATFORM =
  'Look at its log; if it happens again, update or reinstall the packages with native code (framework, CUDA libraries).';

const STORIES: Readonly<Record<string, Failure>> = {
  SIGINT: {
    code: 'TRAINING_INTERRUPTED',
    message: 'The training was interrupted from outside (SIGINT, as by Ctrl-C).',
    remedy: 'Resume the study.',
  },
  SIGTERM: {
    code: 'TRAINING_KILLED',
    message: 'The training was asked to end from outside (SIGTERM), as by a scheduler, a shutdown or `kill`.',
    remedy: 'Resume the study.',
  },
  SIGHUP: {
    code: 'TRAINING_KILLED',
    message: 'The training was ended by SIGHUP, as when a terminal or an SSH session closes.',
    remedy: 'Resume the study.',
  },
  SIGXCPU: {
    code: 'TRAINING_KILLED',
    message: 'The training used up its CPU time limit (SIGXCPU).',
    remedy: 'Raise `ulimit -t` or the quota of this machine.',
  },
  SIGXFSZ: {
    code: 'TRAINING_CRASHED',
    message: 'The training wrote a file larger than allowed (SIGXFSZ).',
    remedy: 'Raise `ulimit -f`.',
  },
  SIGSEGV: {
    code: 'TRAINING_CRASHED',
    message: 'The training crashed with a segmentation fault (SIGSEGV).',
    remedy: PLATFORM,
  },
  SIGABRT: {
    code: 'TRAINING_CRASHED',
    message: 'The training aborted in native code (SIGABRT).',
    remedy: PLATFORM,
  },
  SIGFPE: {
    code: 'TRAINING_CRASHED',
    message:
      'The training crashed with an arithmetic error (SIGFPE), such as a division by zero in native code.',
    remedy: PLATFORM,
  },
  SIGILL: {
    code: 'TRAINING_CRASHED',
    message:
      'The training crashed with an illegal instruction (SIGILL): a package is probably built for another CPU (AVX).',
    remedy: 'Install packages built for this CPU.',
  },
  SIGBUS: {
    code: 'TRAINING_SHARED_MEMORY',
    message: 'The training crashed with SIGBUS, probably because shared memory (/dev/shm) ran out.',
    remedy:
      'Start the container with a larger --shm-size (or --ipc=host), use fewer data-loader workers, and check that no disk is full.',
  },
  SIGPIPE: {
    code: 'TRAINING_CRASHED',
    message: 'The training wrote into a pipe that nobody reads (SIGPIPE).',
    remedy: 'Look at the programs its output is piped to.',
  },
};

/** `oomKills`: how many processes the kernel killed for want of memory while the training ran; null where it does not tell. */
export function storyOfSignal(signal: string, oomKills: number | null): Failure {
  if (signal === 'SIGKILL') return storyOfKill(oomKills);
  return (
    (Object.hasOwn(STORIES, signal) ? STORIES[signal] : undefined) ?? {
      code: OUTSIDE.has(signal) ? 'TRAINING_KILLED' : 'TRAINING_CRASHED',
      message: `The training was ended by the signal ${signal}, which Pawl did not send.`,
      remedy: 'Look at its log, then resume the study.',
    }
  );
}

function storyOfKill(oomKills: number | null): Failure {
  if (oomKills === 0) {
    return {
      code: 'TRAINING_KILLED',
      message:
        'The training was killed from outside (SIGKILL); the kernel has counted no out-of-memory kill meanwhile.',
      remedy: 'Look for who ended it (a scheduler, a container limit, `kill -9`), then resume the study.',
    };
  }
  return {
    code: 'TRAINING_OUT_OF_MEMORY',
    message:
      oomKills === null
        ? 'The training was killed (SIGKILL), probably because memory ran out.'
        : 'The training was killed (SIGKILL), probably because memory ran out: the kernel has killed a process for it meanwhile.',
    remedy: LESS,
  };
}
