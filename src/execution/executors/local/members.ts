import { membersOf } from '../../processes/members.ts';
import type { ProcessRow, ProcessTable } from '../../processes/process.ts';

const MOST_SEEN = 1000;

export interface RunProcessesOptions {
  table: ProcessTable;
  token: string;
  /** Supervising process and its group; null where unknown. */
  pid: number | null;
  start: number | null;
}

/** Finds and signals the processes of one run, wherever they have gone. */
export class RunProcesses {
  readonly #options: RunProcessesOptions;
  /** Start by pid of every process that was once found to belong to the run, oldest first. */
  readonly #seen = new Map<number, number>();

  constructor(options: RunProcessesOptions) {
    this.#options = options;
  }

  remember(rows: readonly ProcessRow[]): void {
    for (const { pid, start } of rows) {
      this.#seen.delete(pid);
      this.#seen.set(pid, start);
    }
    for (const pid of this.#seen.keys()) {
      if (this.#seen.size <= MOST_SEEN) break;
      this.#seen.delete(pid);
    }
  }

  /**
   * The living processes of the run. `isGroupOurs`: the group number is surely not recycled, since its leader lives or
   * has just ended. Without that, the group counts only while a process is in it that was seen before.
   */
  async find(isGroupOurs = false): Promise<ProcessRow[]> {
    const { table, token, pid, start } = this.#options;
    const rows = await table.list(start ?? 0);
    const isOurs =
      isGroupOurs || rows.some((row) => row.group === pid && this.#seen.get(row.pid) === row.start);
    const carriers = await table.carriersOf(token, rows);
    const members = membersOf({
      rows,
      group: isOurs && pid !== null ? pid : undefined,
      carriers,
      seen: this.#seen,
    });
    this.remember(members);
    return members;
  }

  /** Looks first, since the ends of some tear the ties to others; then signals the group at once, and all who left it. */
  async signal(signal: NodeJS.Signals, isGroupOurs = false): Promise<void> {
    const { pid } = this.#options;
    let members: ProcessRow[] = [];
    try {
      members = await this.find(isGroupOurs);
    } finally {
      if (isGroupOurs && pid !== null) send(-pid, signal);
    }
    for (const member of members) {
      if (!isGroupOurs || member.group !== pid) send(member.pid, signal);
    }
  }

  async describe(members: readonly ProcessRow[]): Promise<string> {
    const shown = members.slice(0, 3);
    const commands = await Promise.all(shown.map(({ pid }) => this.#options.table.commandOf(pid)));
    const parts = shown.map(({ pid }, i) => `pid ${pid}${commands[i] ? `: ${shorten(commands[i])}` : ''}`);
    return (
      parts.join('; ') + (members.length > shown.length ? `; and ${members.length - shown.length} more` : '')
    );
  }
}

/** A process that is gone, or that is not ours to signal, needs no signal. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
    // A stopped process (Ctrl-Z, a debugger) would not notice otherwise.
    if (signal === 'SIGTERM') process.kill(pid, 'SIGCONT');
  } catch {
    // ESRCH, EPERM.
  }
}

function shorten(command: string): string {
  return command.length > 100 ? `${command.slice(0, 99)}…` : command;
}
