import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunSpec, RunTicket } from '../src/execution/_contract.ts';
import { LocalExecutor } from '../src/execution/executors/local.ts';
import { programFile, RunYard } from './run-yard.ts';

describe('a run whose orchestrator died', () => {
  const yard = new RunYard();
  let executor: LocalExecutor;

  /** Starts `spec` in an orchestrator of its own; returns it and the ticket it printed. */
  const orchestrate = async (
    mode: 'wait' | 'leave' | 'arm-only' | 'arm-only-by-starter',
    spec: RunSpec,
  ): Promise<{ child: ChildProcess; ticket: RunTicket }> => {
    const child = spawn(process.execPath, [programFile('orchestrator.mjs'), mode, JSON.stringify(spec)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, ticket: JSON.parse(line) as RunTicket };
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  beforeAll(() => {
    executor = new LocalExecutor();
  });
  afterAll(async () => {
    await executor.close();
    yard.remove();
    expect(yard.strays()).toEqual([]);
  });

  test('goes on, is found, and its real exit code is known', async () => {
    const spec = yard.spec([
      '/bin/sh',
      '-c',
      'for i in 1 2 3 4 5; do echo epoch $i; sleep 0.2; done; echo "too bad" >&2; exit 7',
    ]);
    const { child, ticket } = await orchestrate('wait', spec);
    await yard.printed(spec, 'epoch 1');
    await kill(child);
    const run = await executor.reattach(spec, ticket);
    const outcome = await run?.outcome;
    expect(outcome).toMatchObject({
      end: 'failed',
      exitCode: 7,
      failure: { message: 'The training ended with exit code 7: too bad' },
    });
    expect(outcome?.startedAt).toBe(ticket['startedAt']);
    expect(outcome?.notes).toEqual([expect.stringContaining('resumed')]);
    expect(yard.log(spec)).toBe('epoch 1\nepoch 2\nepoch 3\nepoch 4\nepoch 5\n');
  });

  test('has ended meanwhile, and its real exit code is known', async () => {
    const spec = yard.spec(['/bin/sh', '-c', 'echo ready; sleep 0.3; kill -SEGV $$']);
    const { child, ticket } = await orchestrate('wait', spec);
    await kill(child);
    await yard.until(() => yard.strays(spec).length === 0);
    const before = Date.now();
    await sleep(50);
    const outcome = await (await executor.reattach(spec, ticket))?.outcome;
    expect(outcome).toMatchObject({ end: 'failed', exitCode: null, signal: 'SIGSEGV' });
    expect(outcome?.endedAt).toBeLessThanOrEqual(before);
    expect(outcome?.resources.cpuSeconds).toBeLessThan(5);
  });

  test('can be stopped with its whole family', async () => {
    const spec = yard.python('family.py', ['daemon']);
    const { child, ticket } = await orchestrate('wait', spec);
    await yard.printed(spec);
    await kill(child);
    const run = await executor.reattach(spec, ticket);
    run?.stop({ code: 'STUDY_STOPPED', message: 'Stopped.' });
    expect(await run?.outcome).toMatchObject({ end: 'stopped', signal: 'SIGTERM' });
    expect(yard.strays(spec)).toEqual([]);
  });

  test('an executor that is closed lets go: its process ends, the training goes on', async () => {
    const spec = yard.spec(['/bin/sh', '-c', 'sleep 0.5; exit 9']);
    const { child, ticket } = await orchestrate('leave', spec);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(yard.strays(spec)).not.toEqual([]);
    expect(await (await executor.reattach(spec, ticket))?.outcome).toMatchObject({ exitCode: 9 });
  });

  test('its time limit counts from its start', async () => {
    const limits = { timeMs: 600, silenceMs: null, graceMs: 1000 };
    const spec = yard.spec(['/bin/sh', '-c', 'echo ready; sleep 60'], { limits });
    const { child, ticket } = await orchestrate('wait', { ...spec, limits: { ...limits, timeMs: null } });
    await kill(child);
    await sleep(700);
    const before = performance.now();
    const outcome = await (await executor.reattach(spec, ticket))?.outcome;
    expect(outcome).toMatchObject({ end: 'stopped', failure: { code: 'RUN_TIME_LIMIT' } });
    expect(performance.now() - before).toBeLessThan(550);
  });

  test('is lost when its supervising shell was killed, too; nothing of it stays', async () => {
    const spec = yard.python('family.py', ['children']);
    const { child, ticket } = await orchestrate('wait', spec);
    await yard.printed(spec);
    await kill(child);
    process.kill(ticket['pid'] as number, 'SIGKILL');
    const outcome = await (await executor.reattach(spec, ticket))?.outcome;
    expect(outcome).toMatchObject({ end: 'failed', exitCode: null, failure: { code: 'RUN_LOST' } });
    expect(yard.strays(spec)).toEqual([]);
  });

  test('is lost when the machine was restarted; a process with its pid is not taken for it', async () => {
    // The kernel counts starts in hundredths of a second; a pid is not recycled within one.
    await sleep(30);
    const stranger = spawn('/bin/sleep', ['60'], { detached: true, stdio: 'ignore' });
    const spec = yard.spec(['true']);
    const ticket = {
      executor: 'local',
      runId: spec.runId,
      token: 'f'.repeat(32),
      pid: stranger.pid as number,
      start: 1,
      boot: 'another-boot',
      startedAt: 5,
    };
    const outcome = await (await executor.reattach(spec, ticket))?.outcome;
    expect(outcome?.failure).toMatchObject({
      code: 'RUN_LOST',
      message: expect.stringContaining('restarted') as string,
    });
    await executor.clean(ticket);
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
    stranger.kill();
    await once(stranger, 'exit');
  });

  test('a recycled pid is never taken for ours, nor ended', async () => {
    const spec = yard.spec(['true']);
    const first = await executor.start(spec);
    await first.outcome;
    // The kernel counts starts in hundredths of a second; a pid is not recycled within one.
    await sleep(30);
    const stranger = spawn('/bin/sleep', ['60'], { detached: true, stdio: 'ignore' });
    const ticket = { ...first.ticket, pid: stranger.pid as number };
    expect(await (await executor.reattach(spec, ticket))?.outcome).toMatchObject({ exitCode: 0, notes: [] });
    rmSync(join(spec.directory, 'exit'));
    const again = await executor.reattach(spec, ticket);
    again?.stop({ code: 'STUDY_STOPPED', message: 'Stopped.' }, { now: true });
    expect((await again?.outcome)?.failure?.code).toMatch(/^RUN_LOST|STUDY_STOPPED$/u);
    await executor.clean(ticket);
    expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
    stranger.kill();
    await once(stranger, 'exit');
  });

  test('the exit file of an earlier start does not count', async () => {
    const spec = yard.spec(['true']);
    const run = await executor.start(spec);
    await run.outcome;
    writeFileSync(join(spec.directory, 'exit'), 'exit 0 0123\n');
    expect((await (await executor.reattach(spec, run.ticket))?.outcome)?.failure?.code).toBe('RUN_LOST');
  });

  test('is found even when nobody stored its ticket', async () => {
    const spec = yard.spec(['/bin/sh', '-c', 'echo ready; sleep 0.5; exit 4']);
    const { child, ticket } = await orchestrate('wait', spec);
    await yard.printed(spec);
    await kill(child);
    expect(await executor.find(spec)).toEqual(ticket);
    // As if it had died between starting the process and writing down which one it is.
    const file = join(spec.directory, 'ticket.json');
    writeFileSync(
      file,
      JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as RunTicket), pid: null, start: null }),
    );
    const found = await executor.find(spec);
    expect(found).toEqual(ticket);
    expect(await executor.find({ ...spec, runId: 'another' })).toBeUndefined();
    expect(await (await executor.reattach(spec, found as RunTicket))?.outcome).toMatchObject({ exitCode: 4 });
    // Its outcome is known now: a later start in the same folder is not taken for it.
    expect(await executor.find(spec)).toBeUndefined();
    expect(await executor.find(yard.spec(['true']))).toBeUndefined();
  });

  test.each(['arm-only', 'arm-only-by-starter'] as const)(
    'what was armed and not started goes with it: %s',
    async (mode) => {
      const spec = yard.spec(['/bin/sh', '-c', 'echo started']);
      const { child } = await orchestrate(mode, spec);
      expect(yard.strays(spec)).toHaveLength(1);
      await kill(child);
      await yard.until(() => yard.strays(spec).length === 0);
      expect(await executor.find(spec)).toBeUndefined();
      expect(yard.log(spec)).toBe('');
      expect(yard.exists(spec, 'exit')).toBe(false);
    },
  );

  test.each(['wait', 'armed', 'armed-by-starter'])(
    'whenever it is killed, nothing runs twice and nothing is left: %s',
    async (mode) => {
      for (let delay = 0; delay <= 15; delay++) {
        const spec = yard.spec(['/bin/sh', '-c', 'echo started; sleep 0.3; exit 6']);
        const child = spawn(process.execPath, [programFile('orchestrator.mjs'), mode, JSON.stringify(spec)], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        // Loading the executor takes most of the time; the interesting moments begin with its first file.
        await yard.until(() => child.exitCode !== null || yard.exists(spec, 'ticket.json'));
        await sleep(delay);
        await kill(child);
        const ticket = await executor.find(spec);
        expect(ticket).toBeDefined();
        const outcome = await (await executor.reattach(spec, ticket as RunTicket))?.outcome;
        expect(yard.strays(spec)).toEqual([]);
        const hasStarted = yard.log(spec) === 'started\n';
        expect(outcome).toMatchObject(hasStarted ? { exitCode: 6 } : { failure: { code: 'RUN_LOST' } });
      }
    },
  );
});
