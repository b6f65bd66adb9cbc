import type { ArmedRun } from '../../_contract.ts';
import type { Gate } from './launch.ts';
import type { MainProcess } from './main-process.ts';
import type { LocalRun } from './run.ts';

export interface ArmedOptions {
  main: MainProcess;
  gate: Gate;
  /** Writes down that the run begins, which must stand before it does. */
  enter: () => void;
  supervise: () => LocalRun;
  /** Starts the run anew, where what was made ready is gone. */
  startAnew: () => Promise<LocalRun>;
  onSettled: (run: ArmedLocalRun) => void;
}

/**
 * A supervising shell that waits for a line on its standard input before it starts the training. That input closes with
 * Pawl, by whatever end, and the shell then goes without having started anything.
 */
export class ArmedLocalRun implements ArmedRun {
  readonly #options: ArmedOptions;

  constructor(options: ArmedOptions) {
    this.#options = options;
  }

  async start(): Promise<LocalRun> {
    const { main, gate, enter, supervise, startAnew, onSettled } = this.#options;
    onSettled(this);
    if (!(await main.isOurs())) return startAnew();
    try {
      enter();
    } catch (error) {
      this.#letGo();
      throw error;
    }
    return gate.go() ? supervise() : startAnew();
  }

  drop(): void {
    this.#options.onSettled(this);
    this.#letGo();
  }

  /** The shell's input closes, and it goes. */
  #letGo(): void {
    this.#options.gate.drop();
    this.#options.main.release();
  }
}
