import { setPriority } from 'node:os';
import { LocalExecutor } from 'pawl/extend';
import type { Executor, RunHandle, RunSpec, RunTicket } from 'pawl/extend';

/** Trains on this machine at low priority, so that whoever sits at it notices nothing. */
export class PoliteExecutor implements Executor {
  readonly name = 'polite';
  readonly #local = new LocalExecutor();

  async start(spec: RunSpec): Promise<RunHandle> {
    const handle = await this.#local.start(spec);
    if (typeof handle.ticket['pid'] === 'number') lower(handle.ticket['pid']);
    return this.#own(handle);
  }

  // A ticket is all that an orchestrator has after it died; it names the executor that can read it.
  async reattach(spec: RunSpec, ticket: RunTicket): Promise<RunHandle | undefined> {
    if (ticket.executor !== this.name) return undefined;
    const handle = await this.#local.reattach(spec, { ...ticket, executor: this.#local.name });
    return handle && this.#own(handle);
  }

  async find(spec: RunSpec): Promise<RunTicket | undefined> {
    const ticket = await this.#local.find(spec);
    return ticket && { ...ticket, executor: this.name };
  }

  async clean(ticket: RunTicket): Promise<void> {
    await this.#local.clean({ ...ticket, executor: this.#local.name });
  }

  async close(): Promise<void> {
    await this.#local.close();
  }

  #own(handle: RunHandle): RunHandle {
    return {
      ticket: { ...handle.ticket, executor: this.name },
      outcome: handle.outcome,
      stop: (why, options) => handle.stop(why, options),
      touch: () => handle.touch(),
      resources: () => handle.resources(),
    };
  }
}

function lower(pid: number): void {
  try {
    setPriority(pid, 10);
  } catch {
    // It has ended already.
  }
}
