import { statSync } from 'node:fs';
import type { RunSpec } from '../../_contract.ts';
import { executionError } from '../../errors.ts';
import { type DiskSpace, fullness } from './disk.ts';
import { resolveProgram } from './program.ts';
import { SHELL } from './wrapper.ts';

/** Everything that can be wrong with a run before it starts. Returns what to execute, its program with full path. */
export async function prepareCommand(
  spec: RunSpec,
  env: NodeJS.ProcessEnv,
  diskSpaceOf: (directory: string) => Promise<DiskSpace | undefined>,
): Promise<[string, ...string[]]> {
  const isDirectory = (path: string): boolean =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isDirectory(spec.cwd)) {
    throw executionError('WORKING_DIRECTORY_MISSING', `The working directory ${spec.cwd} does not exist.`, {
      remedy: 'Create it, or correct the working directory in pawl.yaml.',
    });
  }
  if (!isDirectory(spec.directory)) {
    throw executionError(
      'RUN_DIRECTORY_MISSING',
      `The folder ${spec.directory} for the logs of ${spec.runId} does not exist.`,
    );
  }
  const space = await diskSpaceOf(spec.directory);
  const full = space && fullness(space, spec.directory);
  if (full !== undefined) {
    throw executionError('DISK_FULL', full, {
      remedy: 'Free space on that disk (old checkpoints, logs), then resume.',
    });
  }
  const [program, ...rest] = spec.argv;
  if (spec.shell) {
    if (process.platform === 'win32') {
      throw executionError(
        'COMMAND_SHELL_UNSUPPORTED',
        '`shell: true` needs a POSIX shell, which Windows does not have.',
        {
          remedy: 'Name the program itself, or a script that holds the commands.',
        },
      );
    }
    return [SHELL, '-c', program, 'sh', ...rest];
  }
  const path = spec.env['PATH'] ?? env['PATH'] ?? '';
  return [resolveProgram(program, { cwd: spec.cwd, path, platform: process.platform }), ...rest];
}
