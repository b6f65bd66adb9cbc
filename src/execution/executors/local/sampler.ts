import type { ProcessTable, TreeUsage } from '../../processes/process.ts';

const FIRST_MS = 25;
const LONGEST_MS = 5000;
/** Share of the time that sampling may take: 1/50, and far less once a run is some seconds old. */
const COST_FACTOR = 50;

/** Looks at a run's process tree, often at first and rarely later. */
export class TreeSampler {
  readonly #table: ProcessTable;
  readonly #pid: number;
  readonly #onSample: (usage: TreeUsage) => void;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** The tree of the latest sample. */
  pids: ReadonlySet<number> = new Set();

  constructor(table: ProcessTable, pid: number, onSample: (usage: TreeUsage) => void) {
    this.#table = table;
    this.#pid = pid;
    this.#onSample = onSample;
    this.#schedule(FIRST_MS);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#sample(delayMs), delayMs).unref();
  }

  async #sample(delayMs: number): Promise<void> {
    const before = performance.now();
    const usage = await this.#table.tree(this.#pid);
    if (usage && !this.#isClosed) {
      this.pids = new Set(usage.processes.map((row) => row.pid));
      this.#onSample(usage);
    }
    const cost = performance.now() - before;
    if (!this.#isClosed) this.#schedule(Math.max(Math.min(delayMs * 2, LONGEST_MS), cost * COST_FACTOR));
  }
}
