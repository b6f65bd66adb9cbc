import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executorConformance } from '../src/execution/executors/conformance.ts';
import { LocalExecutor } from '../src/execution/executors/local.ts';
import { ps } from '../src/execution/processes/ps.ts';
import { RunYard } from './run-yard.ts';

/** Systems without /proc (macOS): the same executor on what ps tells. */
executorConformance('local (ps)', { create: () => new LocalExecutor({ table: ps }), patience: 2 });

describe('without /proc', () => {
  const yard = new RunYard();
  let executor: LocalExecutor;

  beforeAll(() => {
    executor = new LocalExecutor({ table: ps });
  });
  afterAll(async () => {
    await executor.close();
    yard.remove();
    expect(yard.strays()).toEqual([]);
  });

  test.each(['children', 'setsid'])('%s end with the training', async (kind) => {
    const spec = yard.python('family.py', [kind]);
    const run = await executor.start(spec);
    await yard.printed(spec);
    run.stop({ code: 'STUDY_STOPPED', message: 'Stopped.' });
    expect((await run.outcome).end).toBe('stopped');
    expect(yard.strays(spec)).toEqual([]);
  });

  test('a child in a session of its own that was seen before its parent ended', async () => {
    const spec = yard.spec([
      '/bin/sh',
      '-c',
      `python3 -c "
import os, time
if os.fork() == 0:
    os.setsid()
    print('ready', flush=True)
    time.sleep(60)
time.sleep(1.5)"`,
    ]);
    const outcome = await (await executor.start(spec)).outcome;
    expect(outcome).toMatchObject({ end: 'finished' });
    expect(outcome.notes[0]).toContain('1 process was left behind');
    expect(yard.strays(spec)).toEqual([]);
  });

  test('CPU time and memory', async () => {
    const { resources } = await (await executor.start(yard.python('use.py', ['120', '0.8']))).outcome;
    expect(resources.cpuSeconds).toBeGreaterThan(1.5);
    expect(resources.peakMemoryBytes).toBeGreaterThan(100e6);
  });
});
