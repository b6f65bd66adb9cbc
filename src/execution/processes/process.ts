/** One process of this machine. */
export interface ProcessRow {
  pid: number;
  parent: number;
  group: number;
  /** null where the system does not tell. */
  session: number | null;
  /** When it started, on the table's own scale: tells it from another that got the same pid later. */
  start: number;
  /** Ended, but not yet collected by its parent. */
  isZombie: boolean;
}

export interface TreeUsage {
  /** CPU time of the living processes and of those they have waited for. */
  cpuSeconds: number;
  memoryBytes: number;
  /** Largest memory any one living process ever had; 0 where unknown. */
  largestBytes: number;
  processes: ProcessRow[];
}

/** What the system tells about processes. One implementation per source: `/proc`, `ps`. */
export interface ProcessTable {
  /** Changes with every boot of the machine; null where the system does not tell. */
  bootId(): Promise<string | null>;
  find(pid: number): Promise<ProcessRow | undefined>;
  /** All processes that did not start before `since` (on the scale of `start`). */
  list(since?: number): Promise<ProcessRow[]>;
  /** Pids among `rows` that have `token` in the environment they were started with, as far as that can be read. */
  carriersOf(token: string, rows: readonly ProcessRow[]): Promise<Set<number>>;
  /** A process and its descendants; undefined when it is gone. */
  tree(pid: number): Promise<TreeUsage | undefined>;
  /** Command line for people; empty when it is gone. */
  commandOf(pid: number): Promise<string>;
}
