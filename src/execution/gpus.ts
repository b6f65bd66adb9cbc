import { executionError } from './errors.ts';
import type { Gpu } from './gpus/nvidia.ts';

export interface GpuLease {
  /** As they stand in CUDA_VISIBLE_DEVICES: indices, or uuids where the user named them so. */
  readonly devices: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  release(): void;
}

export interface GpuPoolOptions {
  /** The environment of Pawl itself. */
  env: Readonly<Record<string, string | undefined>>;
  /** GPUs of this machine; called once, when first needed. */
  discover(): Promise<readonly Gpu[]>;
}

interface Waiting {
  count: number;
  visible: readonly string[];
  resolve: (devices: string[]) => void;
  reject: (error: Error) => void;
}

/**
 * Devices that a CUDA_VISIBLE_DEVICES leaves visible. CUDA stops reading at the first entry that names no device, so
 * `''`, `-1` and Slurm's `NoDevFiles` leave none. `gpus` empty: nothing is known, entries are taken as they are.
 */
export function visibleDevices(value: string, gpus: readonly Gpu[]): string[] {
  const devices: string[] = [];
  for (const entry of value.split(',').map((each) => each.trim())) {
    const isIndex = /^\d+$/u.test(entry);
    const isUuid = /^(?:GPU|MIG)-/iu.test(entry);
    if (!isIndex && !isUuid) break;
    if (gpus.length > 0 && !entry.toUpperCase().startsWith('MIG-') && !gpuNamed(entry, gpus)) break;
    if (!devices.includes(entry)) devices.push(entry);
  }
  return devices;
}

/** The GPU that an index or a (shortened) uuid names. */
export function gpuNamed<Device extends { index: number; uuid: string }>(
  device: string,
  gpus: readonly Device[],
): Device | undefined {
  if (/^\d+$/u.test(device)) return gpus.find((gpu) => gpu.index === Number(device));
  const matches = gpus.filter((gpu) => gpu.uuid.toLowerCase().startsWith(device.toLowerCase()));
  return matches.length === 1 ? matches[0] : undefined;
}

/** Hands the visible GPUs to runs, each to one run at a time; first come, first served. */
export class GpuPool {
  readonly #options: GpuPoolOptions;
  #discovery: Promise<void> | undefined;
  #gpus: readonly Gpu[] = [];
  readonly #taken = new Set<string>();
  readonly #waiting: Waiting[] = [];

  constructor(options: GpuPoolOptions) {
    this.#options = options;
  }

  /** Devices that runs may get; `own` is a CUDA_VISIBLE_DEVICES that the project itself sets. */
  async visible(own = this.#options.env['CUDA_VISIBLE_DEVICES']): Promise<string[]> {
    this.#discovery ??= this.#options.discover().then((gpus) => void (this.#gpus = gpus));
    await this.#discovery;
    return own === undefined ? this.#gpus.map((gpu) => String(gpu.index)) : visibleDevices(own, this.#gpus);
  }

  /** How many runs of `count` GPUs fit at a time; null when runs use none. */
  async capacity(count: number): Promise<number | null> {
    return count === 0 ? null : Math.floor((await this.visible()).length / count);
  }

  /** Waits until `count` devices are free; rejects when there are not that many at all. */
  async lease(count: number, env: Readonly<Record<string, string | undefined>> = {}): Promise<GpuLease> {
    const own = env['CUDA_VISIBLE_DEVICES'] ?? this.#options.env['CUDA_VISIBLE_DEVICES'];
    const visible = await this.visible(own);
    if (visible.length < count) throw tooFew(count, visible.length, own);
    const devices = await new Promise<string[]>((resolve, reject) => {
      this.#waiting.push({ count, visible, resolve, reject });
      this.#serve();
    });
    const order = env['CUDA_DEVICE_ORDER'] ?? this.#options.env['CUDA_DEVICE_ORDER'];
    return this.#leaseOf(devices, {
      CUDA_VISIBLE_DEVICES: devices.join(','),
      // nvidia-smi counts by bus, CUDA by speed; without this, index 1 may be two different devices.
      ...(own === undefined && order === undefined ? { CUDA_DEVICE_ORDER: 'PCI_BUS_ID' } : {}),
    });
  }

  /** Marks the devices of a run that is already running as taken. */
  async retake(devices: readonly string[]): Promise<GpuLease> {
    await this.visible();
    for (const device of devices) this.#taken.add(this.#keyOf(device));
    return this.#leaseOf(devices, { CUDA_VISIBLE_DEVICES: devices.join(',') });
  }

  close(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(closed());
  }

  #serve(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const free = first.visible.filter((device) => !this.#taken.has(this.#keyOf(device)));
      if (free.length < first.count) return;
      const devices = free.slice(0, first.count);
      for (const device of devices) this.#taken.add(this.#keyOf(device));
      this.#waiting.shift();
      first.resolve(devices);
    }
  }

  #leaseOf(devices: readonly string[], env: Record<string, string>): GpuLease {
    let isReleased = false;
    return {
      devices,
      env,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        for (const device of devices) this.#taken.delete(this.#keyOf(device));
        this.#serve();
      },
    };
  }

  /** One device has one key, whether it is named by index or by uuid. */
  #keyOf(device: string): string {
    return gpuNamed(device, this.#gpus)?.uuid ?? device;
  }
}

function closed(): Error {
  return executionError('EXECUTOR_CLOSED', 'The executor was closed while a run waited for a GPU.');
}

function tooFew(count: number, visible: number, own: string | undefined): Error {
  const because = own === undefined ? '' : ` (CUDA_VISIBLE_DEVICES is '${own}')`;
  return executionError(
    'GPU_UNAVAILABLE',
    `A run asks for ${count} GPU${count === 1 ? '' : 's'}, but ${visible} are visible${because}.`,
    {
      remedy: 'Lower `gpus:` in pawl.yaml, or make more GPUs visible.',
    },
  );
}
