import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { LocalExecutor } from '../src/execution/executors/local.ts';
import { programFile, RunYard } from './run-yard.ts';

describe('GPUs', () => {
  const yard = new RunYard();
  const PATH = `${programFile('gpus')}:${process.env['PATH']}`;
  const executors: LocalExecutor[] = [];
  const open = (env: NodeJS.ProcessEnv = {}): LocalExecutor => {
    const executor = new LocalExecutor({ env: { ...process.env, PATH, ...env }, gpuSampleMs: 50 });
    executors.push(executor);
    return executor;
  };
  const script = 'echo "gpu ${CUDA_VISIBLE_DEVICES-unset} ${CUDA_DEVICE_ORDER-unset}"; sleep 0.4';

  afterEach(async () => {
    await Promise.all(executors.splice(0).map((executor) => executor.close()));
  });
  afterAll(() => {
    yard.remove();
    expect(yard.strays()).toEqual([]);
  });

  test('each run gets its own, the next waits, and their use is measured', async () => {
    const executor = open();
    expect(await executor.capacity(1)).toBe(2);
    const specs = [1, 2, 3].map(() => yard.spec(['/bin/sh', '-c', script], { gpus: 1 }));
    const outcomes = await Promise.all(specs.map(async (spec) => (await executor.start(spec)).outcome));
    expect(specs.map((spec) => yard.log(spec)).sort()).toEqual([
      'gpu 0 PCI_BUS_ID\n',
      'gpu 0 PCI_BUS_ID\n',
      'gpu 1 PCI_BUS_ID\n',
    ]);
    const busy = specs.findIndex((spec) => yard.log(spec).startsWith('gpu 1'));
    expect(outcomes[busy]?.resources).toMatchObject({
      gpuUtilization: 87,
      gpuMemoryBytes: 20000 * 1024 * 1024,
    });
    const starts = outcomes.map((outcome) => outcome.startedAt).sort((a, b) => a - b);
    expect((starts[2] ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(300);
  });

  test("the parent's CUDA_VISIBLE_DEVICES is respected", async () => {
    const executor = open({ CUDA_VISIBLE_DEVICES: 'GPU-bbbb' });
    const spec = yard.spec(['/bin/sh', '-c', script], { gpus: 1 });
    expect((await (await executor.start(spec)).outcome).resources.gpuUtilization).toBe(87);
    expect(yard.log(spec)).toBe('gpu GPU-bbbb unset\n');
    await expect(executor.start(yard.spec(['true'], { gpus: 2 }))).rejects.toMatchObject({
      code: 'GPU_UNAVAILABLE',
    });
  });

  test('a run that asks for none is left alone', async () => {
    const spec = yard.spec(['/bin/sh', '-c', script]);
    expect((await (await open().start(spec)).outcome).resources.gpuUtilization).toBeNull();
    expect(yard.log(spec)).toBe('gpu unset unset\n');
  });

  test('a run that is found again keeps its GPU', async () => {
    const first = open();
    const spec = yard.spec(['/bin/sh', '-c', script], { gpus: 1 });
    const { ticket } = await first.start(spec);
    await first.close();
    const second = open();
    const again = await second.reattach(spec, ticket);
    const other = yard.spec(['/bin/sh', '-c', script], { gpus: 1 });
    await (
      await second.start(other)
    ).outcome;
    expect([yard.log(spec), yard.log(other)]).toEqual(['gpu 0 PCI_BUS_ID\n', 'gpu 1 PCI_BUS_ID\n']);
    expect((await again?.outcome)?.end).toBe('finished');
    await sleep(0);
    const third = await second.start(yard.spec(['true'], { gpus: 2 }));
    expect((await third.outcome).end).toBe('finished');
  });

  test('a start that fails gives its GPU back', async () => {
    const executor = open();
    const refused = yard.spec(['echo', 'a\0b'], { gpus: 2 });
    await expect(executor.start(refused)).rejects.toMatchObject({ code: 'COMMAND_NOT_STARTABLE' });
    expect((await (await executor.start(yard.spec(['true'], { gpus: 2 }))).outcome).end).toBe('finished');
  });
});
