import type { ResourceUse } from './_contract.ts';
import type { TreeUsage } from './processes/process.ts';

/**
 * Adds up samples of a run's resources. Memory is the sum over its processes, which counts shared pages once per
 * process; between samples the largest single process still counts, since the kernel remembers its peak.
 */
export class ResourceMeter {
  #peakMemoryBytes: number | null = null;
  #cpuSeconds: number | null = null;
  #gpuMemoryBytes: number | null = null;
  readonly #utilizations = { sum: 0, count: 0 };

  addTree({ cpuSeconds, memoryBytes, largestBytes }: TreeUsage): void {
    this.addCpu(cpuSeconds);
    const memory = Math.max(memoryBytes, largestBytes);
    // A process that is just ending has no memory any more; that is no measurement.
    if (memory > 0) this.#peakMemoryBytes = Math.max(this.#peakMemoryBytes ?? 0, memory);
  }

  addCpu(seconds: number): void {
    this.#cpuSeconds = Math.max(this.#cpuSeconds ?? 0, seconds);
  }

  addGpu(utilization: number | null, memoryBytes: number | null): void {
    if (utilization !== null) {
      this.#utilizations.sum += utilization;
      this.#utilizations.count++;
    }
    if (memoryBytes !== null) this.#gpuMemoryBytes = Math.max(this.#gpuMemoryBytes ?? 0, memoryBytes);
  }

  get use(): ResourceUse {
    const { sum, count } = this.#utilizations;
    return {
      peakMemoryBytes: this.#peakMemoryBytes,
      cpuSeconds: this.#cpuSeconds,
      gpuUtilization: count === 0 ? null : sum / count,
      gpuMemoryBytes: this.#gpuMemoryBytes,
    };
  }
}
