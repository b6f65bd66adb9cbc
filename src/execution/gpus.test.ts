import { describe, expect, test } from 'vitest';
import { GpuPool, visibleDevices } from './gpus.ts';
import type { Gpu } from './gpus/nvidia.ts';

const GPUS: Gpu[] = [0, 1, 2, 3].map((index) => ({
  index,
  uuid: `GPU-${index}aa-${index}`,
  name: 'NVIDIA A100',
  memoryBytes: 8e10,
}));

function pool(env: Record<string, string> = {}, gpus = GPUS): GpuPool {
  return new GpuPool({ env, discover: async () => gpus });
}

describe('visibleDevices', () => {
  test.each<[string, Gpu[], string[]]>([
    ['0,2', GPUS, ['0', '2']],
    [' 1 , 3 ', GPUS, ['1', '3']],
    ['', GPUS, []],
    ['-1', GPUS, []],
    ['NoDevFiles', GPUS, []],
    ['0,-1,1', GPUS, ['0']],
    ['0,9,1', GPUS, ['0']],
    ['1,1', GPUS, ['1']],
    ['GPU-2aa', GPUS, ['GPU-2aa']],
    ['GPU-', GPUS, []],
    ['MIG-11/2/0', GPUS, ['MIG-11/2/0']],
    ['5,6', [], ['5', '6']],
  ])('%j', (value, gpus, devices) => {
    expect(visibleDevices(value, gpus)).toEqual(devices);
  });
});

describe('GpuPool', () => {
  test('each GPU goes to one run at a time, in order', async () => {
    const gpus = pool();
    const first = await gpus.lease(2);
    const second = await gpus.lease(2);
    expect([first.devices, second.devices]).toEqual([
      ['0', '1'],
      ['2', '3'],
    ]);
    expect(first.env).toEqual({ CUDA_VISIBLE_DEVICES: '0,1', CUDA_DEVICE_ORDER: 'PCI_BUS_ID' });
    const order: string[] = [];
    const third = gpus.lease(2).then((lease) => (order.push('third'), lease));
    const fourth = gpus.lease(1).then((lease) => (order.push('fourth'), lease));
    second.release();
    second.release();
    expect((await third).devices).toEqual(['2', '3']);
    first.release();
    expect((await fourth).devices).toEqual(['0']);
    expect(order).toEqual(['third', 'fourth']);
  });

  test("the parent's CUDA_VISIBLE_DEVICES is respected, in its own words", async () => {
    const gpus = pool({ CUDA_VISIBLE_DEVICES: 'GPU-3aa,1' });
    const lease = await gpus.lease(1);
    expect(lease.env).toEqual({ CUDA_VISIBLE_DEVICES: 'GPU-3aa' });
    expect((await gpus.lease(1)).devices).toEqual(['1']);
    expect(await gpus.capacity(1)).toBe(2);
    expect(await gpus.capacity(0)).toBeNull();
    expect(await gpus.capacity(3)).toBe(0);
  });

  test('index and uuid of one device are one device', async () => {
    const gpus = pool();
    await gpus.retake(['GPU-0aa']);
    expect((await gpus.lease(1)).devices).toEqual(['1']);
  });

  test("the project's CUDA_VISIBLE_DEVICES goes before the parent's", async () => {
    const lease = await pool({ CUDA_VISIBLE_DEVICES: '0' }).lease(1, { CUDA_VISIBLE_DEVICES: '2,3' });
    expect(lease.devices).toEqual(['2']);
  });

  test('more than there are is refused', async () => {
    await expect(pool({ CUDA_VISIBLE_DEVICES: '1' }).lease(2)).rejects.toMatchObject({
      code: 'GPU_UNAVAILABLE',
      message: "A run asks for 2 GPUs, but 1 are visible (CUDA_VISIBLE_DEVICES is '1').",
    });
    await expect(pool({}, []).lease(1)).rejects.toMatchObject({ code: 'GPU_UNAVAILABLE' });
  });

  test('close ends the waiting', async () => {
    const gpus = pool();
    await gpus.lease(4);
    const waiting = gpus.lease(1);
    await Promise.resolve();
    await gpus.visible();
    gpus.close();
    await expect(waiting).rejects.toMatchObject({ code: 'EXECUTOR_CLOSED' });
  });
});
