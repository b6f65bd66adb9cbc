import { gpuNamed } from '../gpus.ts';
import type { GpuProcess, GpuSample, NvidiaSmi } from './nvidia.ts';

/** A run whose GPU use is wanted. */
export interface GpuWatch {
  /** Devices leased to it; empty when it was given none and uses whatever is visible. */
  devices: readonly string[];
  pids(): ReadonlySet<number>;
  record(utilization: number | null, memoryBytes: number | null): void;
}

export interface GpuMonitorOptions {
  smi: NvidiaSmi;
  intervalMs: number;
}

/**
 * What one run uses. Leased devices are its own; without a lease, the devices its processes compute on, and where pids
 * are hidden (containers), the only device of the machine. Null: nothing can be said.
 */
export function usageOf(
  watch: Pick<GpuWatch, 'devices' | 'pids'>,
  samples: readonly GpuSample[],
  processes: readonly GpuProcess[],
): { utilization: number | null; memoryBytes: number | null } | undefined {
  const pids = watch.pids();
  const own = processes.filter((process) => pids.has(process.pid));
  let used = watch.devices.flatMap((device) => gpuNamed(device, samples) ?? []);
  if (watch.devices.length === 0) {
    used = samples.filter((sample) => own.some((process) => process.uuid === sample.uuid));
    if (used.length === 0 && processes.length === 0 && samples.length === 1) used = [...samples];
  }
  if (used.length === 0) return undefined;
  const memory = own.length > 0 ? own : used;
  return {
    utilization: mean(used.flatMap(({ utilization }) => utilization ?? [])),
    memoryBytes: sum(memory.flatMap(({ memoryBytes }) => memoryBytes ?? [])),
  };
}

function sum(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number | null {
  const total = sum(values);
  return total === null ? null : total / values.length;
}

/** Samples the GPUs for all runs together, at a low rate, only while there are runs. */
export class GpuMonitor {
  readonly #options: GpuMonitorOptions;
  readonly #watches = new Set<GpuWatch>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GpuMonitorOptions) {
    this.#options = options;
  }

  /** Returns how to end it. */
  watch(watch: GpuWatch): () => void {
    this.#watches.add(watch);
    this.#schedule();
    return () => {
      this.#watches.delete(watch);
      if (this.#watches.size === 0) this.close();
    };
  }

  close(): void {
    this.#watches.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.#sample(), this.#options.intervalMs).unref();
  }

  async #sample(): Promise<void> {
    const timer = this.#timer;
    const [samples, processes] = await Promise.all([
      this.#options.smi.samples(),
      this.#options.smi.processes(),
    ]);
    for (const watch of this.#watches) {
      const usage = usageOf(watch, samples, processes);
      if (usage) watch.record(usage.utilization, usage.memoryBytes);
    }
    if (this.#timer !== timer) return;
    this.#timer = undefined;
    if (this.#watches.size > 0) this.#schedule();
  }
}
