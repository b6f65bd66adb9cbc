import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Gpu {
  index: number;
  uuid: string;
  name: string;
  memoryBytes: number | null;
}

export interface GpuSample {
  index: number;
  uuid: string;
  /** 0–100; null where the device does not tell (MIG, some laptops). */
  utilization: number | null;
  memoryBytes: number | null;
}

/** A process that computes on a GPU; empty inside most containers, which hide the pids. */
export interface GpuProcess {
  uuid: string;
  pid: number;
  memoryBytes: number | null;
}

const MEBIBYTE = 1024 * 1024;
/** A driver in trouble lets nvidia-smi hang. */
const TIMEOUT_MS = 10_000;

/** Rows of a `--format=csv,noheader,nounits` query; lines that are no rows (error texts) are left out. */
function parseRows(csv: string, columns: number): string[][] {
  return csv
    .split(/\r?\n/u)
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter((cells) => cells.length >= columns);
}

/** `[N/A]`, `[Not Supported]`, `ERR!` and the like are null. */
function numberOf(cell: string | undefined): number | null {
  return cell !== undefined && /^\d+(?:\.\d+)?$/u.test(cell) ? Number(cell) : null;
}

function mebibytes(cell: string | undefined): number | null {
  const value = numberOf(cell);
  return value === null ? null : value * MEBIBYTE;
}

export function parseGpus(csv: string): Gpu[] {
  return parseRows(csv, 4).flatMap(([index, uuid = '', memory, ...name]) =>
    numberOf(index) === null
      ? []
      : [{ index: Number(index), uuid, name: name.join(', '), memoryBytes: mebibytes(memory) }],
  );
}

export function parseSamples(csv: string): GpuSample[] {
  return parseRows(csv, 4).flatMap(([index, uuid = '', utilization, memory]) =>
    numberOf(index) === null
      ? []
      : [{ index: Number(index), uuid, utilization: numberOf(utilization), memoryBytes: mebibytes(memory) }],
  );
}

export function parseProcesses(csv: string): GpuProcess[] {
  return parseRows(csv, 3).flatMap(([uuid = '', pid, memory]) =>
    numberOf(pid) === null ? [] : [{ uuid, pid: Number(pid), memoryBytes: mebibytes(memory) }],
  );
}

/** Asks nvidia-smi; undefined where there is none. */
export class NvidiaSmi {
  readonly #program: string;

  private constructor(program: string) {
    this.#program = program;
  }

  static on(path: string): NvidiaSmi | undefined {
    const name = process.platform === 'win32' ? 'nvidia-smi.exe' : 'nvidia-smi';
    for (const folder of path.split(delimiter)) {
      const file = join(folder || '.', name);
      try {
        accessSync(file, constants.X_OK);
        return new NvidiaSmi(file);
      } catch {
        // Not in this folder.
      }
    }
    return undefined;
  }

  async gpus(): Promise<Gpu[]> {
    return parseGpus(await this.#query('--query-gpu=index,uuid,memory.total,name'));
  }

  async samples(): Promise<GpuSample[]> {
    return parseSamples(await this.#query('--query-gpu=index,uuid,utilization.gpu,memory.used'));
  }

  async processes(): Promise<GpuProcess[]> {
    return parseProcesses(await this.#query('--query-compute-apps=gpu_uuid,pid,used_memory'));
  }

  /** Empty when it fails: a GPU that cannot be asked is one we know nothing of. */
  #query(query: string): Promise<string> {
    return new Promise((resolve) => {
      execFile(
        this.#program,
        [query, '--format=csv,noheader,nounits'],
        { timeout: TIMEOUT_MS, killSignal: 'SIGKILL', windowsHide: true },
        (error, stdout) => resolve(error ? '' : stdout),
      );
    });
  }
}
