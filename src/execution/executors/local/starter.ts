import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type StarterRequest, starterProgram } from './starter-program.ts';

/** How a held process ended; undefined: the starter went before it. */
export type HeldEnd = { status: number | null; signal: string | null } | undefined;

/** A process that the starter holds for us. */
export interface HeldProcess {
  pid: number;
  ended: Promise<HeldEnd>;
  /** False where the starter is gone, and what it held with it. */
  go(): boolean;
  drop(): void;
}

interface Waiting {
  begun: (pid: number | undefined) => void;
  ended: (end: HeldEnd) => void;
}

/**
 * A small process that starts others. Node waits for a process that it starts until the system has given it a processor, which takes
 * long on a machine that is full of trainings; here another one waits. It goes with us, however we end. What it has started and
 * let begin outlives it as it outlives us.
 */
export class Starter {
  /** Whether it can start something at once. */
  isUp = false;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, Waiting>();
  #isGone = false;
  #last = 0;

  constructor(env: NodeJS.ProcessEnv) {
    this.#child = spawn(
      process.execPath,
      ['--input-type=commonjs', '--max-semi-space-size=1', '-e', `(${starterProgram.toString()})()`],
      // A session of its own: a Ctrl-C in the terminal is for us alone.
      { env, detached: true, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    const { stdin, stdout } = this.#child;
    this.#child.once('error', () => this.#lose());
    stdin.on('error', () => {});
    let rest = '';
    stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(line.split(' '));
    });
    // Not at its exit: what it said before is to be heard first.
    stdout.once('close', () => this.#lose());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Starts a process whose standard input is held; undefined where that was not possible. */
  async hold(
    request: Omit<Extract<StarterRequest, { file: string }>, 'id'>,
  ): Promise<HeldProcess | undefined> {
    if (this.#isGone) return undefined;
    const id = ++this.#last;
    let settle: (end: HeldEnd) => void = () => {};
    const ended = new Promise<HeldEnd>((resolve) => (settle = resolve));
    const pid = await new Promise<number | undefined>((resolve) => {
      this.#waiting.set(id, { begun: resolve, ended: settle });
      this.#send({ id, ...request });
    });
    if (pid === undefined) return undefined;
    const say = (word: 'go' | 'drop'): boolean => {
      if (!this.#isGone) this.#send({ id, word });
      return !this.#isGone;
    };
    return { pid, ended, go: () => say('go'), drop: () => void say('drop') };
  }

  close(): void {
    const { stdin, stdout } = this.#child;
    stdin.end();
    stdout.destroy();
    this.#child.unref();
  }

  #send(request: StarterRequest): void {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  #hear([what, id, first, second]: string[]): void {
    if (what === 'up') this.isUp = true;
    const waiting = this.#waiting.get(Number(id));
    if (!waiting) return;
    if (what === 'pid') return waiting.begun(Number(first));
    this.#waiting.delete(Number(id));
    waiting.begun(undefined);
    if (what === 'end')
      waiting.ended({
        status: first === '-' ? null : Number(first),
        signal: second === '-' || second === undefined ? null : second,
      });
  }

  #lose(): void {
    this.#isGone = true;
    this.isUp = false;
    for (const { begun, ended } of this.#waiting.values()) {
      begun(undefined);
      ended(undefined);
    }
    this.#waiting.clear();
  }
}
