import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalExecutor } from '../src/execution/executors/local.ts';
import { RunYard } from './run-yard.ts';

describe('failures of real trainings', () => {
  const yard = new RunYard();
  let executor: LocalExecutor;

  beforeAll(() => {
    executor = new LocalExecutor();
  });
  afterAll(async () => {
    await executor.close();
    yard.remove();
    expect(yard.strays()).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    [
      'file',
      'TRAINING_FILE_MISSING',
      /^FileNotFoundError: \[Errno 2\] No such file or directory: 'data\/does-not-exist\.json' \(.*fail\.py:\d+\)$/u,
    ],
    [
      'chained',
      'TRAINING_FILE_MISSING',
      /^RuntimeError: the data set is incomplete \(.*fail\.py:\d+\), caused by FileNotFoundError: .* \(.*fail\.py:\d+\)$/u,
    ],
    ['pool', 'TRAINING_EXCEPTION', /^ValueError: schlechter Wert für größe: 3 \(.*fail\.py:\d+\)$/u],
    [
      'group',
      'TRAINING_EXCEPTION',
      /^ExceptionGroup: several \(2 sub-exceptions\) \[ValueError: one; TypeError: two\] \(.*fail\.py:\d+\)$/u,
    ],
    ['memory', 'TRAINING_OUT_OF_MEMORY', /^MemoryError \(.*fail\.py:\d+\)$/u],
    [
      'segfault',
      'TRAINING_CRASHED',
      /^The training crashed with a segmentation fault \(SIGSEGV\)\. It happened in .*fail\.py:\d+\.$/u,
    ],
    [
      'module',
      'TRAINING_MODULE_MISSING',
      /^ModuleNotFoundError: No module named 'a_module_that_nobody_has' \(.*fail\.py:\d+\)$/u,
    ],
    ['interrupt', 'TRAINING_INTERRUPTED', /SIGINT|KeyboardInterrupt/u],
    ['shell', 'TRAINING_COMMAND_MISSING', /no-such-command-at-all: not found/u],
    ['arguments', 'TRAINING_ARGUMENTS_REFUSED', /fail\.py: error: unrecognized arguments: --confg x$/u],
  ])('%s', async (kind, code, message) => {
    const outcome = await (await executor.start(yard.python('fail.py', [kind]))).outcome;
    expect(outcome.end).toBe('failed');
    expect(outcome.failure).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(outcome.failure?.remedy).toBeTruthy();
  });

  test('no output at all', async () => {
    expect(await (await executor.start(yard.spec(['/bin/sh', '-c', 'exit 5']))).outcome).toMatchObject({
      exitCode: 5,
      failure: {
        code: 'TRAINING_FAILED',
        message: 'The training ended with exit code 5 and printed nothing',
      },
    });
  });

  test('the folders it needs must exist', async () => {
    const spec = yard.spec(['true']);
    await expect(executor.start({ ...spec, cwd: join(yard.root, 'gone') })).rejects.toMatchObject({
      code: 'WORKING_DIRECTORY_MISSING',
    });
    await expect(executor.start({ ...spec, directory: join(yard.root, 'gone') })).rejects.toMatchObject({
      code: 'RUN_DIRECTORY_MISSING',
    });
  });

  test('what the operating system refuses to start', async () => {
    await expect(executor.start(yard.spec(['echo', 'x'.repeat(4_000_000)]))).rejects.toMatchObject({
      code: 'COMMAND_NOT_STARTABLE',
      remedy: expect.stringContaining('in a file') as string,
    });
    await expect(executor.start(yard.spec(['echo', 'a\0b']))).rejects.toMatchObject({
      code: 'COMMAND_NOT_STARTABLE',
    });
  });

  test('the PATH is that of the training', async () => {
    const bin = join(yard.root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'my-trainer'), '#!/bin/sh\necho mine\n');
    chmodSync(join(bin, 'my-trainer'), 0o755);
    await expect(executor.start(yard.spec(['my-trainer']))).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
    });
    const spec = yard.spec(['my-trainer'], { env: { PATH: `bin:${process.env['PATH']}` } });
    expect((await (await executor.start(spec)).outcome).end).toBe('finished');
    expect(yard.log(spec)).toBe('mine\n');
  });

  test('a closed executor starts nothing', async () => {
    const closed = new LocalExecutor();
    await closed.close();
    await expect(closed.start(yard.spec(['true']))).rejects.toMatchObject({ code: 'EXECUTOR_CLOSED' });
  });
});

/** Only root may mount a small disk; without it the arithmetic is covered by the unit tests of the disk guard. */
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';

describe.runIf(isRoot)('a full disk (only root can mount one)', () => {
  const yard = new RunYard();
  let executor: LocalExecutor;
  let disk: string;

  beforeAll(() => {
    executor = new LocalExecutor();
  });
  // A disk for each test: a program that is just ending may still hold what it wrote.
  beforeEach(() => {
    disk = mkdtempSync(join(yard.root, 'disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
  });
  afterEach(() => {
    execFileSync('umount', ['--lazy', disk]);
  });
  afterAll(async () => {
    await executor.close();
    yard.remove();
    expect(yard.strays()).toEqual([]);
  });

  test('a training that fills it slowly is stopped while there is room for results', async () => {
    const directory = join(disk, 'slow');
    const script =
      'import time\nfor i in range(1000):\n    print("x" * 400_000, flush=True)\n    time.sleep(0.05)\n';
    const outcome = await (await executor.start(yard.spec(['python3', '-c', script], { directory }))).outcome;
    expect(outcome).toMatchObject({ end: 'stopped', failure: { code: 'DISK_FULL' } });
    expect(outcome.failure?.message).toMatch(/^Only .* are free on the disk of/u);
    await expect(
      executor.start(yard.spec(['true'], { directory: join(disk, 'next') })),
    ).rejects.toMatchObject({ code: 'DISK_FULL' });
  });

  test('a training that fills it at once ends, and the reason is known', async () => {
    const directory = join(disk, 'fast');
    const script = 'import sys\nopen(sys.argv[1], "wb").write(bytes(40_000_000))\n';
    const spec = yard.spec(['python3', '-c', script, join(disk, 'checkpoint')], { directory });
    const outcome = await (await executor.start(spec)).outcome;
    expect(outcome.failure?.code).toBe('DISK_FULL');
  });
});
