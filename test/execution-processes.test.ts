import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalExecutor } from '../src/execution/executors/local.ts';
import { programFile, RunYard } from './run-yard.ts';

const WHY = { code: 'STUDY_STOPPED', message: 'Stopped by the user.' };

describe('processes of a run', () => {
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

  test.each([
    ['children and grandchildren end with it', 'children', 3],
    ['so do children in a session of their own', 'setsid', 2],
    ['and daemons', 'daemon', 2],
  ])('%s', async (_name, kind, count) => {
    const spec = yard.python('family.py', [kind]);
    const run = await executor.start(spec);
    await yard.printed(spec);
    expect(yard.strays(spec)).toHaveLength(count + 1);
    run.stop(WHY);
    expect(await run.outcome).toMatchObject({ end: 'stopped', failure: WHY, notes: [] });
    expect(yard.strays(spec)).toEqual([]);
  });

  test('a whole family that ignores SIGTERM is killed after the grace', async () => {
    const spec = yard.python('family.py', ['stubborn'], {
      limits: { timeMs: null, silenceMs: null, graceMs: 300 },
    });
    const run = await executor.start(spec);
    await yard.printed(spec);
    const before = performance.now();
    run.stop(WHY);
    await sleep(150);
    expect(yard.strays(spec)).toHaveLength(4);
    expect(await run.outcome).toMatchObject({ end: 'stopped', signal: 'SIGKILL' });
    expect(performance.now() - before).toBeGreaterThan(290);
    expect(yard.strays(spec)).toEqual([]);
  });

  test('a shell that dies of SIGTERM does not cost its python the grace', async () => {
    const script = `python3 -c "
import signal, sys, time
def save(*_):
    time.sleep(0.5)
    print('saved', flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, save)
print('ready', flush=True)
time.sleep(60)
"; echo after`;
    const spec = yard.spec([script], { shell: true });
    const run = await executor.start(spec);
    await yard.printed(spec);
    run.stop(WHY);
    expect((await run.outcome).end).toBe('stopped');
    expect(yard.log(spec)).toContain('saved');
  });

  test('a stopped process (SIGSTOP) can be ended, too', async () => {
    const spec = yard.spec(['/bin/sh', '-c', 'echo ready; kill -STOP $$; sleep 60']);
    const run = await executor.start(spec);
    await yard.printed(spec);
    await sleep(50);
    run.stop(WHY);
    expect(await run.outcome).toMatchObject({ end: 'stopped', signal: 'SIGTERM' });
  });

  test('workers that end by themselves shortly after are no problem', async () => {
    const spec = yard.python('family.py', ['lingering']);
    expect(await (await executor.start(spec)).outcome).toMatchObject({ end: 'finished', notes: [] });
    expect(yard.strays(spec)).toEqual([]);
  });

  test('what a training leaves behind is ended and noted', async () => {
    const spec = yard.python('family.py', ['left', '1.2']);
    const outcome = await (await executor.start(spec)).outcome;
    expect(outcome).toMatchObject({ end: 'finished', exitCode: 0, failure: null });
    expect(outcome.notes).toEqual([
      expect.stringMatching(
        /^1 process was left behind and was ended \(pid \d+: \S*python3 .*family\.py left 1\.2\)\.$/u,
      ),
    ]);
    expect(yard.strays(spec)).toEqual([]);
  });

  test('a command that returns at once while its daemon trains on has failed', async () => {
    const spec = yard.python('family.py', ['forked']);
    const outcome = await (await executor.start(spec)).outcome;
    expect(outcome).toMatchObject({ end: 'failed', exitCode: 0, failure: { code: 'COMMAND_FORKED_AWAY' } });
    expect(outcome.failure?.message).toMatch(
      /returned after .* with exit code 0, but went on in the background \(pid \d+/u,
    );
    expect(outcome.failure?.remedy).toContain('foreground');
    expect(yard.strays(spec)).toEqual([]);
  });

  test('so has one that takes its time before it forks away', async () => {
    const spec = yard.spec(
      [`sleep 1.3; python3 ${JSON.stringify(programFile('family.py'))} forked & exit 0`],
      { shell: true },
    );
    const outcome = await (await executor.start(spec)).outcome;
    expect(outcome).toMatchObject({ end: 'failed', failure: { code: 'COMMAND_FORKED_AWAY' } });
    expect(yard.strays(spec)).toEqual([]);
  });

  test('signals from outside to the whole group leave the cause known', async () => {
    const spec = yard.python('family.py', ['children']);
    const run = await executor.start(spec);
    await yard.printed(spec);
    process.kill(-(run.ticket.pid as number), 'SIGTERM');
    expect(await run.outcome).toMatchObject({
      end: 'failed',
      exitCode: null,
      signal: 'SIGTERM',
      failure: { code: 'TRAINING_KILLED' },
    });
  });

  test('a killed supervising shell does not leave its training behind', async () => {
    const spec = yard.python('family.py', ['children']);
    const run = await executor.start(spec);
    await yard.printed(spec);
    process.kill(run.ticket.pid as number, 'SIGKILL');
    const outcome = await run.outcome;
    expect(outcome).toMatchObject({ end: 'failed', signal: 'SIGKILL', failure: { code: 'TRAINING_KILLED' } });
    expect(outcome.notes).toHaveLength(1);
    expect(yard.strays(spec)).toEqual([]);
  });

  test('a run inside a run ends with it', async () => {
    const inner = yard.spec(['/bin/sh', '-c', 'echo ready; sleep 60']);
    const outer = yard.spec(['node', programFile('orchestrator.mjs'), 'wait', JSON.stringify(inner)]);
    const run = await executor.start(outer);
    await yard.printed(inner);
    run.stop(WHY);
    await run.outcome;
    expect(yard.strays()).toEqual([]);
  });

  test('CPU time and memory are those of the whole tree', async () => {
    const outcome = await (await executor.start(yard.python('use.py', ['120', '0.8']))).outcome;
    expect(outcome.end).toBe('finished');
    expect(outcome.resources.cpuSeconds).toBeGreaterThan(1.5);
    expect(outcome.resources.cpuSeconds).toBeLessThan(4);
    expect(outcome.resources.peakMemoryBytes).toBeGreaterThan(220e6);
    expect(outcome.resources.peakMemoryBytes).toBeLessThan(500e6);
    expect(outcome.resources.gpuUtilization).toBeNull();
  });

  test('what it prints does not cost us memory, and all of it is kept', async () => {
    const spec = yard.python('flood.py', ['300']);
    const before = process.memoryUsage.rss();
    const run = await executor.start(spec);
    let peak = before;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
    const outcome = await run.outcome;
    clearInterval(timer);
    expect(outcome.end).toBe('finished');
    expect(peak - before).toBeLessThan(60e6);
    const [stdout, stderr] = (['stdout', 'stderr'] as const).map(
      (stream) => readFileSync(`${spec.directory}/${stream}.log`).length,
    );
    expect((stdout ?? 0) + (stderr ?? 0)).toBeGreaterThan(298e6);
    expect(readFileSync(`${spec.directory}/stdout.log`).subarray(-5).toString()).toBe('done\n');
  });

  test('a log past 1 GB is noted once', async () => {
    const script = 'import sys, time; sys.stdout.truncate(1_100_000_000); time.sleep(0.7); print("x" * 100)';
    const outcome = await (await executor.start(yard.spec(['python3', '-c', script]))).outcome;
    expect(outcome.notes).toEqual(['stdout.log grew past 1 GB; let the training print less.']);
  });
});
