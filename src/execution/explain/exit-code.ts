import type { Failure } from './failure.ts';
import { lastWords } from './last-words.ts';
import type { LogLine } from './log-lines.ts';

/** Windows reports a crash as an exit code. */
const WINDOWS_CRASHES: Readonly<Record<number, string>> = {
  0xc0000005: 'access violation',
  0xc000001d: 'illegal instruction',
  0xc0000094: 'integer division by zero',
  0xc00000fd: 'stack overflow',
  0xc0000135: 'a DLL was not found',
  0xc0000374: 'heap corruption',
  0xc0000409: 'stack buffer overrun',
};

/** What is left to say when nothing in the logs is known: the exit code and the last words. */
export function explainExitCode(exitCode: number | null, logs: readonly LogLine[][]): Failure {
  const words = logs.map(lastWords).find((found) => found !== undefined);
  const said = words === undefined ? ' and printed nothing' : `: ${words}`;
  const message = `The training ended with exit code ${exitCode ?? 'unknown'}${said}`;
  if (exitCode === 127 || exitCode === 126) {
    const what = exitCode === 127 ? 'was not found' : 'cannot be executed';
    return {
      code: 'TRAINING_COMMAND_MISSING',
      message: `A command that the training calls ${what} (exit code ${exitCode})${words === undefined ? '' : `: ${words}`}`,
      remedy: 'Install it, activate the environment that has it, or name it with its full path.',
    };
  }
  const crash = exitCode === null ? undefined : WINDOWS_CRASHES[exitCode >>> 0];
  if (crash !== undefined) {
    return {
      code: 'TRAINING_CRASHED',
      message: `The training crashed (${crash})${words === undefined ? '' : `: ${words}`}`,
      remedy: 'Update or reinstall the packages with native code.',
    };
  }
  const hasUsage = logs.some((log) => log.some((line) => /^\s*usage:?(?:\s|$)/iu.test(line.text)));
  if (hasUsage && exitCode !== null && [1, 2, 64].includes(exitCode)) {
    return {
      code: 'TRAINING_ARGUMENTS_REFUSED',
      message: `The training program did not take its command line and printed its usage (exit code ${exitCode})${words === undefined ? '' : `: ${words}`}`,
      remedy: 'Compare `train:` in pawl.yaml with the --help of the training program.',
    };
  }
  return {
    code: 'TRAINING_FAILED',
    message,
    remedy: 'Look at its log (`pawl logs`), or run the same command by hand.',
  };
}
