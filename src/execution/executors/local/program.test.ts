import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PawlError } from '../../../errors.ts';
import { resolveProgram } from './program.ts';

describe('resolveProgram', () => {
  const root = mkdtempSync(join(tmpdir(), 'pawl-program-'));
  const bin = join(root, 'bin');
  const cwd = join(root, 'work');
  const search = { cwd, path: `/nonexistent:${bin}:tools`, platform: 'linux' as const };

  const write = (file: string, text = '#!/bin/sh\n', mode = 0o755): void => {
    writeFileSync(file, text);
    chmodSync(file, mode);
  };

  beforeAll(() => {
    for (const folder of [bin, cwd, join(cwd, 'tools'), join(cwd, 'pkg')]) mkdirSync(folder);
    write(join(bin, 'python3'));
    write(join(bin, 'accelerate'));
    write(join(bin, 'locked'), '#!/bin/sh\n', 0o644);
    write(join(cwd, 'tools', 'fit'));
    write(join(cwd, 'run.sh'));
    write(join(cwd, 'train.py'), 'print(1)\n', 0o644);
    write(join(cwd, 'venv-python'), '#!/gone/venv/bin/python\n');
    write(join(cwd, 'dos.sh'), '#!/bin/sh\r\necho\r\n');
    write(join(cwd, 'plain'), 'echo hi\n');
    symlinkSync(join(bin, 'python3'), join(bin, 'linked'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test.each([
    ['python3', 'bin/python3'],
    ['linked', 'bin/linked'],
    ['fit', 'work/tools/fit'],
    ['./run.sh', 'work/run.sh'],
    ['../bin/python3', 'bin/python3'],
    ['./plain', 'work/plain'],
  ])('%s', (name, file) => {
    expect(resolveProgram(name, search)).toBe(join(root, file));
  });

  test('a full path is itself', () => {
    expect(resolveProgram('/bin/sh', search)).toBe('/bin/sh');
  });

  test.each<[string, string, string, string]>([
    ['python', 'COMMAND_NOT_FOUND', "'python' was not found", "Did you mean 'python3'?"],
    ['acelerate', 'COMMAND_NOT_FOUND', 'on no folder of the PATH', "Did you mean 'accelerate'?"],
    ['zzzzzz', 'COMMAND_NOT_FOUND', 'on no folder of the PATH', 'activate its environment'],
    ['train.py', 'COMMAND_NOT_FOUND', 'on no folder of the PATH', 'write `python train.py`'],
    ['run.sh', 'COMMAND_NOT_FOUND', 'on no folder of the PATH', 'write `sh run.sh`'],
    ['plain', 'COMMAND_NOT_FOUND', 'on no folder of the PATH', 'write `./plain`'],
    ['./rum.sh', 'COMMAND_NOT_FOUND', 'there is no file', "Did you mean './run.sh'?"],
    ['./no/such/x', 'COMMAND_NOT_FOUND', 'there is no file', 'does not exist; correct the path'],
    ['./run.sh/x', 'COMMAND_NOT_FOUND', 'there is no file', 'does not exist'],
    ['./pkg', 'COMMAND_IS_DIRECTORY', 'is a folder', 'python -m package'],
    [
      './venv-python',
      'COMMAND_NOT_EXECUTABLE',
      "interpreter '/gone/venv/bin/python', which does not exist",
      'environment',
    ],
    ['./dos.sh', 'COMMAND_NOT_EXECUTABLE', 'carriage return', "sed -i 's/\\r$//'"],
    ['__proto__', 'COMMAND_NOT_FOUND', '__proto__', 'Install it'],
  ])('%s is refused', (name, code, message, remedy) => {
    try {
      resolveProgram(name, search);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof PawlError)) throw error;
      expect(error.code).toBe(code);
      expect(error.message).toContain(message);
      expect(error.remedy).toContain(remedy);
    }
  });

  test.each([
    ['./train.py', 'or write `python ./train.py`'],
    ['locked', 'Run `chmod +x'],
  ])('%s may not be executed', (name, remedy) => {
    expect(() => resolveProgram(name, search)).toThrow(
      expect.objectContaining({
        code: 'COMMAND_NOT_EXECUTABLE',
        remedy: expect.stringContaining(remedy) as string,
      }),
    );
  });
});
