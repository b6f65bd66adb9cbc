import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GpuMonitor, usageOf } from './monitor.ts';
import { NvidiaSmi, parseGpus, parseProcesses, parseSamples } from './nvidia.ts';

const MIB = 1024 * 1024;

describe('output of nvidia-smi', () => {
  test('GPUs', () => {
    expect(
      parseGpus('0, GPU-aa, 40960, NVIDIA A100-SXM4-40GB\r\n1, GPU-bb, [N/A], Odd, with comma\n'),
    ).toEqual([
      { index: 0, uuid: 'GPU-aa', name: 'NVIDIA A100-SXM4-40GB', memoryBytes: 40960 * MIB },
      { index: 1, uuid: 'GPU-bb', name: 'Odd, with comma', memoryBytes: null },
    ]);
  });

  test.each([
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that, well, it runs.\n",
    'No devices were found\n',
    '',
    'index, uuid, memory.total [MiB], name\n',
  ])('%j names none', (text) => {
    expect(parseGpus(text)).toEqual([]);
  });

  test('samples, with values a device does not tell', () => {
    expect(parseSamples('0, GPU-aa, 87, 30000\n1, GPU-bb, [Not Supported], ERR!\n')).toEqual([
      { index: 0, uuid: 'GPU-aa', utilization: 87, memoryBytes: 30000 * MIB },
      { index: 1, uuid: 'GPU-bb', utilization: null, memoryBytes: null },
    ]);
  });

  test('processes', () => {
    expect(parseProcesses('GPU-aa, 4711, 512\nGPU-aa, 12, [N/A]\n')).toEqual([
      { uuid: 'GPU-aa', pid: 4711, memoryBytes: 512 * MIB },
      { uuid: 'GPU-aa', pid: 12, memoryBytes: null },
    ]);
  });
});

describe('usageOf', () => {
  const samples = parseSamples('0, GPU-aa, 80, 1000\n1, GPU-bb, 20, 500\n');
  const processes = parseProcesses('GPU-bb, 7, 300\nGPU-bb, 8, 100\n');

  test.each<
    [string, string[], number[], { utilization: number | null; memoryBytes: number | null } | undefined]
  >([
    ['leased devices are its own', ['0', '1'], [], { utilization: 50, memoryBytes: 1500 * MIB }],
    ['its processes on a leased device', ['GPU-bb'], [7], { utilization: 20, memoryBytes: 300 * MIB }],
    ['without a lease, where its processes compute', [], [7, 8], { utilization: 20, memoryBytes: 400 * MIB }],
    ['without either, nothing', [], [9], undefined],
  ])('%s', (_name, devices, pids, usage) => {
    expect(usageOf({ devices, pids: () => new Set(pids) }, samples, processes)).toEqual(usage);
  });

  test('where pids are hidden, the only device of the machine', () => {
    const only = samples.slice(0, 1);
    expect(usageOf({ devices: [], pids: () => new Set([1]) }, only, [])).toEqual({
      utilization: 80,
      memoryBytes: 1000 * MIB,
    });
    expect(usageOf({ devices: [], pids: () => new Set([1]) }, samples, [])).toBeUndefined();
  });
});

describe('NvidiaSmi', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-smi-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const install = (script: string): NvidiaSmi => {
    const file = join(folder, 'nvidia-smi');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return NvidiaSmi.on(`/nonexistent:${folder}`) as NvidiaSmi;
  };

  test('is not there on a machine without', () => {
    expect(NvidiaSmi.on('/nonexistent:/proc')).toBeUndefined();
  });

  test('one that fails names no GPU', async () => {
    expect(
      await install(
        'echo "Failed to initialize NVML: Driver/library version mismatch, 1, 2, 3"; exit 18',
      ).gpus(),
    ).toEqual([]);
  });

  test('the monitor samples while somebody watches, and then ends', async () => {
    const smi = install('case "$1" in *query-gpu*) echo "0, GPU-aa, 40, 100";; *) ;; esac');
    const monitor = new GpuMonitor({ smi, intervalMs: 5 });
    const seen: unknown[] = [];
    await new Promise<void>((resolve) => {
      const unwatch = monitor.watch({
        devices: ['0'],
        pids: () => new Set(),
        record: (...sample) => {
          seen.push(sample);
          if (seen.length === 2) {
            unwatch();
            resolve();
          }
        },
      });
      setTimeout(() => {}, 5000).unref();
      const alive = setInterval(() => {}, 10);
      setTimeout(() => clearInterval(alive), 3000);
    });
    expect(seen).toEqual([
      [40, 100 * MIB],
      [40, 100 * MIB],
    ]);
    monitor.close();
  });
});
