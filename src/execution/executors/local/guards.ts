import type { RunLimits } from '../../_contract.ts';
import { formatBytes } from '../../bytes.ts';
import { formatDuration } from '../../duration.ts';
import { diskSpaceOf, fullness, reservedBytes, type DiskSpace } from './disk.ts';
import { LOGS, logSizes } from './logs.ts';

export interface StopReason {
  code: string;
  message: string;
  remedy?: string;
}

export interface GuardOptions {
  directory: string;
  limits: RunLimits;
  /** How long the run has been going already (after a reattachment). */
  elapsedMs: number;
  onStop(why: StopReason): void;
  onNote(note: string): void;
}

const FIRST_MS = 100;
const SHORTEST_MS = 5;
const PACE_MEMORY = 0.9;
const LONGEST_MS = 1000;
/** With less than this left, a fast disk can fill up within a second. */
const SCARCE_BYTES = 4e9;
const SCARCE_MS = 250;
const LARGE_LOG_BYTES = 1e9;

/** Watches a run's limits: wall time, silence, disk space, size of the logs. Times are monotonic, so that a clock change stops nothing. */
export class RunGuards {
  readonly #options: GuardOptions;
  readonly #startedMs: number;
  #signOfLifeMs: number;
  readonly #sizes = new Map<string, number>();
  #largeLogs = 0;
  #disk: { freeBytes: number; bytesPerMs: number; at: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#signOfLifeMs = performance.now();
    this.#startedMs = this.#signOfLifeMs - options.elapsedMs;
    this.#schedule(FIRST_MS);
  }

  touch(): void {
    this.#signOfLifeMs = performance.now();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#check(), delayMs).unref();
  }

  async #check(): Promise<void> {
    const { directory } = this.#options;
    const [space, sizes] = await Promise.all([diskSpaceOf(directory), logSizes(directory)]);
    if (this.#isClosed) return;
    LOGS.forEach((log, i) => this.#noteSize(log, sizes[i] ?? 0));
    const full = space && fullness(space, directory);
    const why = this.#exceeded() ?? (full === undefined ? undefined : diskFull(full));
    if (why) {
      this.close();
      this.#options.onStop(why);
      return;
    }
    this.#schedule(this.#nextDelay(space ? this.#untilDiskMs(space) : LONGEST_MS));
  }

  /** When to look at the disk again: in half the time in which it would be full at the pace of late. */
  #untilDiskMs({ freeBytes, totalBytes }: DiskSpace): number {
    const now = performance.now();
    const before = this.#disk;
    const pace = before ? (before.freeBytes - freeBytes) / Math.max(1, now - before.at) : 0;
    // Writing comes in bursts: a pause is not the end of it.
    const bytesPerMs = Math.max(pace, (before?.bytesPerMs ?? 0) * PACE_MEMORY);
    this.#disk = { freeBytes, bytesPerMs, at: now };
    const roomBytes = freeBytes - reservedBytes(totalBytes);
    if (roomBytes > SCARCE_BYTES) return LONGEST_MS;
    return bytesPerMs > 0
      ? Math.max(SHORTEST_MS, Math.min(SCARCE_MS, roomBytes / bytesPerMs / 2))
      : SCARCE_MS;
  }

  #noteSize(log: string, size: number): void {
    const known = this.#sizes.get(log) ?? 0;
    if (size !== known) this.touch();
    this.#sizes.set(log, size);
    const large = LARGE_LOG_BYTES * 10 ** this.#largeLogs;
    if (size <= large) return;
    this.#options.onNote(`${log} grew past ${formatBytes(large)}; let the training print less.`);
    this.#largeLogs++;
  }

  #exceeded(): StopReason | undefined {
    const { timeMs, silenceMs } = this.#options.limits;
    const now = performance.now();
    if (timeMs !== null && now - this.#startedMs >= timeMs) {
      return {
        code: 'RUN_TIME_LIMIT',
        message: `The training was stopped after its time limit of ${formatDuration(timeMs)}.`,
        remedy: 'Raise the time limit, or train fewer epochs.',
      };
    }
    if (silenceMs !== null && now - this.#signOfLifeMs >= silenceMs) {
      return {
        code: 'RUN_SILENT',
        message: `The training gave no sign of life for ${formatDuration(silenceMs)} (no output, no new metrics) and was stopped.`,
        remedy: 'Look at the end of its log; raise the silence limit if it is only slow.',
      };
    }
    return undefined;
  }

  #nextDelay(longestMs: number): number {
    const { timeMs, silenceMs } = this.#options.limits;
    const now = performance.now();
    const elapsed = now - this.#startedMs;
    const untilTime = timeMs === null ? Infinity : timeMs - elapsed;
    const untilSilence = silenceMs === null ? Infinity : silenceMs - (now - this.#signOfLifeMs);
    return Math.max(
      1,
      Math.ceil(Math.min(Math.max(FIRST_MS, elapsed / 10), longestMs, untilTime, untilSilence)),
    );
  }
}

function diskFull(message: string): StopReason {
  return {
    code: 'DISK_FULL',
    message,
    remedy: 'Free space on that disk (old checkpoints, logs), then resume.',
  };
}
