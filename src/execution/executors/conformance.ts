import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Executor, RunHandle, RunSpec, RunTicket } from '../_contract.ts';
import { PawlError } from '../../errors.ts';

export interface ConformanceOptions {
  create: () => Executor;
  /** How much longer than on this machine everything may take (queues, polling). */
  patience?: number;
}

const WHY = { code: 'STUDY_STOPPED', message: 'Stopped by the user.' };

/** What every executor must do. Programs are POSIX shell scripts, so that any node can run them. */
export function executorConformance(name: string, { create, patience = 1 }: ConformanceOptions): void {
  describe(`${name} is an executor`, () => {
    const root = mkdtempSync(join(tmpdir(), 'pawl-conformance-'));
    let executor: Executor;
    let count = 0;

    const specOf = (script: string, changes: Partial<RunSpec> = {}): RunSpec => {
      const runId = `conformance-${process.pid}-${name}-${++count}`;
      const directory = join(root, runId);
      mkdirSync(directory);
      return {
        runId,
        argv: ['/bin/sh', '-c', script],
        shell: false,
        cwd: root,
        env: {},
        directory,
        limits: { timeMs: null, silenceMs: null, graceMs: 2000 * patience },
        gpus: 0,
        ...changes,
      };
    };
    const logOf = (spec: RunSpec, stream: 'stdout' | 'stderr' = 'stdout'): string =>
      readFileSync(join(spec.directory, `${stream}.log`), 'utf8');
    const until = async (isTrue: () => boolean): Promise<void> => {
      for (const deadline = Date.now() + 10_000 * patience; !isTrue(); await sleep(5)) {
        if (Date.now() > deadline) throw new Error('It never came true.');
      }
    };
    const started = async (handle: RunHandle, spec: RunSpec): Promise<RunHandle> => {
      await until(() => logOf(spec).includes('ready'));
      return handle;
    };

    beforeAll(() => {
      executor = create();
    });
    afterAll(async () => {
      await executor.close();
      rmSync(root, { recursive: true });
    });

    test('a training that ends with 0 has finished', async () => {
      const before = Date.now();
      const spec = specOf('echo out; echo err >&2');
      const outcome = await (await executor.start(spec)).outcome;
      expect(outcome).toMatchObject({ end: 'finished', exitCode: 0, signal: null, failure: null, notes: [] });
      expect(outcome.startedAt).toBeGreaterThanOrEqual(before);
      expect(outcome.endedAt).toBeGreaterThanOrEqual(outcome.startedAt);
      expect(outcome.endedAt).toBeLessThanOrEqual(Date.now());
      expect([logOf(spec), logOf(spec, 'stderr')]).toEqual(['out\n', 'err\n']);
    });

    test('the exit code and the last words of a failure', async () => {
      const outcome = await (await executor.start(specOf('echo "no data for you" >&2; exit 3'))).outcome;
      expect(outcome).toMatchObject({ end: 'failed', exitCode: 3, signal: null });
      expect(outcome.failure).toMatchObject({
        code: 'TRAINING_FAILED',
        message: 'The training ended with exit code 3: no data for you',
      });
    });

    test('a signal is told apart from an exit code', async () => {
      const outcome = await (await executor.start(specOf('kill -SEGV $$'))).outcome;
      expect(outcome).toMatchObject({ end: 'failed', exitCode: null, signal: 'SIGSEGV' });
      expect(outcome.failure?.code).toBe('TRAINING_CRASHED');
    });

    test('arguments arrive unchanged', async () => {
      const argv = [
        'a b',
        '',
        '$HOME',
        '`id`',
        '"q"',
        "it's",
        '\\',
        '*',
        '{"a":1}',
        'größe 訓練',
        '-n',
        'x\ny',
        ';',
        '&&',
      ];
      const spec = specOf('', {
        argv: ['/bin/sh', '-c', `for each; do printf '%s|' "$each"; done`, 'sh', ...argv],
      });
      await (
        await executor.start(spec)
      ).outcome;
      expect(logOf(spec)).toBe(argv.map((argument) => `${argument}|`).join(''));
    });

    test('environment, working directory and an empty standard input', async () => {
      mkdirSync(join(root, 'größe x'));
      const spec = specOf('printf "%s|" "$A" "$PAWL_RUN_ID" "$PYTHONUNBUFFERED" "$(pwd)"; cat', {
        env: { A: 'x "y" ü' },
        cwd: join(root, 'größe x'),
      });
      await (
        await executor.start(spec)
      ).outcome;
      expect(logOf(spec)).toBe(`x "y" ü|${spec.runId}|1|${join(root, 'größe x')}|`);
    });

    test('PYTHONUNBUFFERED of the user stands', async () => {
      const spec = specOf('printf "%s" "$PYTHONUNBUFFERED"', { env: { PYTHONUNBUFFERED: '' } });
      await (
        await executor.start(spec)
      ).outcome;
      expect(logOf(spec)).toBe('');
    });

    test('a shell reads the command only where it is asked to', async () => {
      const plain = specOf('', { argv: ['echo', 'a', '&&', 'echo', '$((1+1))'] });
      const shell = specOf('', { argv: ['echo a && echo $((1+1))'], shell: true });
      await Promise.all([plain, shell].map(async (spec) => (await executor.start(spec)).outcome));
      expect(logOf(plain)).toBe('a && echo $((1+1))\n');
      expect(logOf(shell)).toBe('a\n2\n');
    });

    test('logs are added to, not overwritten', async () => {
      const spec = specOf('echo again');
      writeFileSync(join(spec.directory, 'stdout.log'), 'before\n');
      await (
        await executor.start(spec)
      ).outcome;
      expect(logOf(spec)).toBe('before\nagain\n');
    });

    test('a command that does not exist cannot start', async () => {
      const error: unknown = await executor
        .start(specOf('', { argv: ['no-such-program-here'] }))
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(PawlError);
      expect(error).toMatchObject({ code: 'COMMAND_NOT_FOUND', exit: 2 });
    });

    test('stop lets the training save, and its reason becomes the failure', async () => {
      const spec = specOf('trap "echo saved; exit 0" TERM; echo ready; while :; do sleep 0.05; done');
      const handle = await started(await executor.start(spec), spec);
      handle.stop(WHY);
      handle.stop({ code: 'LATER', message: 'Never mind.' });
      expect(await handle.outcome).toMatchObject({ end: 'stopped', exitCode: 0, failure: WHY });
      expect(logOf(spec)).toBe('ready\nsaved\n');
    });

    test('what ignores SIGTERM is killed after the grace', async () => {
      const spec = specOf('trap "" TERM; echo ready; while :; do sleep 0.05; done', {
        limits: { timeMs: null, silenceMs: null, graceMs: 200 },
      });
      const handle = await started(await executor.start(spec), spec);
      const before = performance.now();
      handle.stop(WHY);
      expect(await handle.outcome).toMatchObject({
        end: 'stopped',
        exitCode: null,
        signal: 'SIGKILL',
        failure: WHY,
      });
      expect(performance.now() - before).toBeGreaterThan(190);
    });

    test('a second stop ends it now', async () => {
      const spec = specOf('trap "" TERM; echo ready; while :; do sleep 0.05; done', {
        limits: { timeMs: null, silenceMs: null, graceMs: 60_000 },
      });
      const handle = await started(await executor.start(spec), spec);
      handle.stop(WHY);
      await sleep(20);
      handle.stop(WHY, { now: true });
      expect(await handle.outcome).toMatchObject({ end: 'stopped', failure: WHY });
    });

    test('stop after the end changes nothing', async () => {
      const handle = await executor.start(specOf('exit 0'));
      const outcome = await handle.outcome;
      handle.stop(WHY);
      handle.stop(WHY, { now: true });
      expect(await handle.outcome).toBe(outcome);
    });

    test('the time limit', async () => {
      const spec = specOf('while :; do echo x; sleep 0.02; done', {
        limits: { timeMs: 150 * patience, silenceMs: null, graceMs: 1000 },
      });
      const outcome = await (await executor.start(spec)).outcome;
      expect(outcome).toMatchObject({ end: 'stopped', failure: { code: 'RUN_TIME_LIMIT' } });
    });

    test('the silence limit, which output and signs of life from elsewhere hold off', async () => {
      const limits = { timeMs: null, silenceMs: 300 * patience, graceMs: 1000 };
      const speaking = await executor.start(
        specOf('for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done', { limits }),
      );
      const touched = await executor.start(specOf('sleep 0.7', { limits }));
      const timer = setInterval(() => touched.touch(), 50);
      const silent = await executor.start(specOf('echo x; sleep 60', { limits }));
      expect(await silent.outcome).toMatchObject({ end: 'stopped', failure: { code: 'RUN_SILENT' } });
      expect(await speaking.outcome).toMatchObject({ end: 'finished' });
      expect(await touched.outcome).toMatchObject({ end: 'finished' });
      clearInterval(timer);
    });

    test('many at a time', async () => {
      const specs = Array.from({ length: 12 }, (_, i) => specOf(`echo run ${i}; exit ${i % 2}`));
      const outcomes = await Promise.all(specs.map(async (spec) => (await executor.start(spec)).outcome));
      expect(outcomes.map((outcome) => outcome.exitCode)).toEqual(specs.map((_, i) => i % 2));
      expect(specs.map((spec) => logOf(spec))).toEqual(specs.map((_, i) => `run ${i}\n`));
    });

    test('an armed run does nothing until it is started, and then is a run like any other', async () => {
      const spec = specOf('cat; echo ready; echo err >&2; exit 4');
      const armed = await executor.arm?.(spec);
      // An executor may decline.
      if (!armed) return;
      await sleep(100);
      expect(logOf(spec)).toBe('');
      const before = Date.now();
      const handle = await armed.start();
      const { endedAt, startedAt, ...outcome } = await handle.outcome;
      expect(outcome).toMatchObject({ end: 'failed', exitCode: 4, signal: null, notes: [] });
      expect(startedAt).toBeGreaterThanOrEqual(before);
      expect(endedAt).toBeLessThanOrEqual(Date.now());
      expect([logOf(spec), logOf(spec, 'stderr')]).toEqual(['ready\n', 'err\n']);
      const other = create();
      expect(await (await other.reattach(spec, handle.ticket))?.outcome).toMatchObject({ exitCode: 4 });
      await other.close();
    });

    test('an armed run that has begun can be stopped and found again', async () => {
      const spec = specOf('trap "echo saved; exit 0" TERM; echo ready; while :; do sleep 0.05; done');
      const armed = await executor.arm?.(spec);
      if (!armed) return;
      const first = await started(await armed.start(), spec);
      const other = create();
      const again = await other.reattach(spec, first.ticket);
      again?.stop(WHY);
      expect(await again?.outcome).toMatchObject({ end: 'stopped', exitCode: 0, failure: WHY });
      expect((await first.outcome).exitCode).toBe(0);
      await other.close();
    });

    test('an armed run that is dropped never begins, nor does one whose executor is closed', async () => {
      const other = create();
      const specs = [specOf('echo ready'), specOf('echo ready')] as const;
      const [dropped, left] = [await other.arm?.(specs[0]), await other.arm?.(specs[1])];
      dropped?.drop();
      await other.close();
      if (!left) return;
      await sleep(100);
      expect(specs.map((spec) => logOf(spec))).toEqual(['', '']);
    });

    test('what cannot start cannot be armed', async () => {
      const armed = Promise.resolve(executor.arm?.(specOf('', { argv: ['no-such-program-here'] })));
      if (executor.arm) await expect(armed).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    });

    test('a ticket is plain JSON and leads back to a running run', async () => {
      const spec = specOf('echo ready; sleep 0.2; exit 7');
      const first = await executor.start(spec);
      const ticket = JSON.parse(JSON.stringify(first.ticket)) as RunTicket;
      expect(ticket).toEqual(first.ticket);
      expect(ticket.executor).toBe(executor.name);
      const other = create();
      const again = await other.reattach(spec, ticket);
      expect(await again?.outcome).toMatchObject({ end: 'failed', exitCode: 7, signal: null });
      expect(await first.outcome).toMatchObject({ end: 'failed', exitCode: 7 });
      await other.close();
    });

    test('a reattached run can be stopped', async () => {
      const spec = specOf('trap "echo saved; exit 0" TERM; echo ready; while :; do sleep 0.05; done');
      const first = await started(await executor.start(spec), spec);
      const other = create();
      const again = await other.reattach(spec, first.ticket);
      again?.stop(WHY);
      expect(await again?.outcome).toMatchObject({ end: 'stopped', exitCode: 0, failure: WHY });
      await first.outcome;
      await other.close();
    });

    test('a ticket leads back to the outcome of a run that has ended meanwhile', async () => {
      const spec = specOf('echo "too bad" >&2; exit 5');
      const { ticket, outcome } = await executor.start(spec);
      const { endedAt } = await outcome;
      const other = create();
      const again = await (await other.reattach(spec, ticket))?.outcome;
      expect(again).toMatchObject({
        end: 'failed',
        exitCode: 5,
        failure: { message: 'The training ended with exit code 5: too bad' },
      });
      expect(Math.abs((again?.endedAt ?? 0) - endedAt)).toBeLessThan(2000 * patience);
      await other.close();
    });

    test('a ticket of somebody else is not ours', async () => {
      expect(await executor.reattach(specOf('exit 0'), { executor: 'someone-else', pid: 1 })).toBeUndefined();
      expect(await executor.reattach(specOf('exit 0'), { executor: executor.name })).toBeUndefined();
    });

    test('clean ends what a ticket left behind, and again does nothing', async () => {
      const spec = specOf('echo ready; sleep 60');
      const handle = await started(await executor.start(spec), spec);
      const other = create();
      await other.clean(handle.ticket);
      await other.clean(handle.ticket);
      await other.close();
      expect((await handle.outcome).end).toBe('failed');
    });
  });
}
