import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RunSpec } from '../src/execution/_contract.ts';

export function programFile(name: string): string {
  return fileURLToPath(new URL(`programs/${name}`, import.meta.url));
}

/** A temporary folder in which real trainings run, and which knows whether all their processes are gone. */
export class RunYard {
  readonly root = mkdtempSync(join(tmpdir(), 'pawl-yard-'));
  readonly #prefix = `yard-${process.pid}-`;
  #count = 0;

  spec(argv: readonly [string, ...string[]], changes: Partial<RunSpec> = {}): RunSpec {
    const runId = `${this.#prefix}${++this.#count}`;
    const directory = changes.directory ?? join(this.root, runId);
    mkdirSync(directory, { recursive: true });
    return {
      runId,
      argv,
      shell: false,
      cwd: this.root,
      env: {},
      limits: { timeMs: null, silenceMs: null, graceMs: 5000 },
      gpus: 0,
      ...changes,
      directory,
    };
  }

  python(program: string, argv: readonly string[], changes: Partial<RunSpec> = {}): RunSpec {
    return this.spec(['python3', programFile(program), ...argv], changes);
  }

  log(spec: RunSpec, stream: 'stdout' | 'stderr' = 'stdout'): string {
    try {
      return readFileSync(join(spec.directory, `${stream}.log`), 'utf8');
    } catch {
      return '';
    }
  }

  exists(spec: RunSpec, file: string): boolean {
    return existsSync(join(spec.directory, file));
  }

  async until(isTrue: () => boolean, patienceMs = 20_000): Promise<void> {
    for (const deadline = Date.now() + patienceMs; !isTrue(); await sleep(10)) {
      if (Date.now() > deadline) throw new Error('It never came true.');
    }
  }

  /** Waits until the training has printed `text`. */
  async printed(spec: RunSpec, text = 'ready'): Promise<void> {
    await this.until(() => this.log(spec).includes(text));
  }

  /** Command lines of living processes that belong to `spec`, or to any run of this yard. */
  strays(spec?: RunSpec): string[] {
    const mark = `PAWL_RUN_ID=${spec ? `${spec.runId}\0` : this.#prefix}`;
    return readdirSync('/proc').flatMap((pid) => {
      if (!/^\d+$/u.test(pid)) return [];
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return environment.includes(mark) && command !== '' ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
