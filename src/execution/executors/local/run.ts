import { execFile } from 'node:child_process';
import type { ResourceUse, RunHandle, RunOutcome, RunSpec } from '../../_contract.ts';
import type { GpuLease } from '../../gpus.ts';
import type { GpuMonitor } from '../../gpus/monitor.ts';
import type { ProcessTable } from '../../processes/process.ts';
import { ResourceMeter } from '../../resources.ts';
import { diskSpaceOf, fullness } from './disk.ts';
import { RunGuards, type StopReason } from './guards.ts';
import { endLeftovers, type Leftovers } from './leftovers.ts';
import type { MainEnd, MainProcess } from './main-process.ts';
import { RunProcesses } from './members.ts';
import { concludeRun } from './outcome.ts';
import { TreeSampler } from './sampler.ts';
import { dropTicket, type LocalTicket } from './ticket.ts';
import { exitFileOf, readExitRecord } from './wrapper.ts';

export interface LocalRunOptions {
  spec: RunSpec;
  ticket: LocalTicket;
  main: MainProcess;
  table: ProcessTable;
  lease: GpuLease | undefined;
  monitor: GpuMonitor | undefined;
  /** How long processes that outlive the main one may take to end by themselves. */
  lingerMs: number;
  /** Why no exit status is known, should none be. */
  lostBecause: string;
  notes: string[];
}

const KILL_PATIENCE_MS = 30_000;
/** Nothing is lost with what was left behind: it need not get the whole grace of a training. */
const LEFTOVER_GRACE_MS = 5000;

/** Supervises one run until it and all its processes are gone. */
export class LocalRun implements RunHandle {
  readonly ticket: LocalTicket;
  readonly outcome: Promise<RunOutcome>;
  readonly #options: LocalRunOptions;
  readonly #meter = new ResourceMeter();
  readonly #processes: RunProcesses;
  readonly #guards: RunGuards;
  readonly #sampler: TreeSampler | undefined;
  readonly #notes: string[];
  #unwatchGpus: (() => void) | undefined;
  #why: StopReason | undefined;
  #isHurried = false;
  #hasMainEnded = false;
  #graceEndsAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #giveUp: (end: MainEnd) => void = () => {};

  constructor(options: LocalRunOptions) {
    const { spec, ticket, table, monitor, lease } = options;
    this.#options = options;
    this.ticket = ticket;
    this.#notes = [...options.notes];
    this.#processes = new RunProcesses({ table, token: ticket.token, pid: ticket.pid, start: ticket.start });
    this.#guards = new RunGuards({
      directory: spec.directory,
      limits: spec.limits,
      elapsedMs: Math.max(0, Date.now() - ticket.startedAt),
      onStop: (why) => this.stop(why),
      onNote: (note) => this.#notes.push(note),
    });
    if (ticket.pid !== null) {
      const sampler = new TreeSampler(table, ticket.pid, (usage) => {
        this.#processes.remember(usage.processes);
        this.#meter.addTree(usage);
      });
      this.#sampler = sampler;
      this.#unwatchGpus = monitor?.watch({
        devices: lease?.devices ?? [],
        pids: () => sampler.pids,
        record: (utilization, memoryBytes) => this.#meter.addGpu(utilization, memoryBytes),
      });
    }
    this.outcome = this.#supervise().catch((error: unknown) => this.#confess(error));
  }

  stop(why: StopReason, { now = false }: { now?: boolean } = {}): void {
    if (!this.#hasMainEnded) this.#why ??= why;
    if (now && !this.#isHurried) {
      this.#isHurried = true;
      this.#end('SIGKILL');
    } else if (this.#why && this.#graceEndsAt === 0) {
      const { graceMs } = this.#options.spec.limits;
      this.#graceEndsAt = performance.now() + graceMs;
      this.#end('SIGTERM');
      this.#timer = setTimeout(() => this.stop(why, { now: true }), graceMs);
    }
  }

  touch(): void {
    this.#guards.touch();
  }

  resources(): ResourceUse {
    return this.#meter.use;
  }

  /** Lets go without ending anything; the outcome then stays open. */
  release(): void {
    this.#closeWatchers();
    clearTimeout(this.#timer);
    this.#options.main.release();
  }

  #end(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (this.#hasMainEnded) return;
    if (signal === 'SIGKILL') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(
        () => this.#giveUp({ status: null, signal: null, cpuSeconds: null, endedAt: Date.now() }),
        KILL_PATIENCE_MS,
      );
    }
    if (process.platform === 'win32') return this.#taskkill(signal === 'SIGKILL');
    this.#options.main
      .isOurs()
      .then((isOurs) => this.#processes.signal(signal, isOurs))
      .catch((error: unknown) => this.#notes.push(`Not every process could be reached: ${String(error)}.`));
  }

  #taskkill(isForced: boolean): void {
    if (!isForced)
      this.#notes.push('Windows has no way to ask a training to end: it was ended without a chance to save.');
    execFile(
      'taskkill',
      ['/PID', String(this.ticket.pid), '/T', ...(isForced ? ['/F'] : [])],
      { windowsHide: true },
      () => {},
    );
  }

  #closeWatchers(): void {
    this.#guards.close();
    this.#sampler?.close();
    this.#unwatchGpus?.();
  }

  async #supervise(): Promise<RunOutcome> {
    const end = await Promise.race([
      this.#options.main.ended,
      new Promise<MainEnd>((resolve) => (this.#giveUp = resolve)),
    ]);
    this.#hasMainEnded = true;
    this.#closeWatchers();
    clearTimeout(this.#timer);
    if (end.cpuSeconds !== null) this.#meter.addCpu(end.cpuSeconds);
    const leftovers = await this.#endLeftovers();
    this.#options.lease?.release();
    const { directory } = this.#options.spec;
    dropTicket(directory);
    const space = end.status === 0 ? undefined : await diskSpaceOf(directory);
    return concludeRun({
      spec: this.#options.spec,
      ticket: this.ticket,
      end: this.#revised(end, leftovers),
      why: this.#why,
      leftovers,
      lostBecause: this.#options.lostBecause,
      diskFull: space && fullness(space, directory),
      resources: this.#meter.use,
      notes: this.#notes,
    });
  }

  /** A run that was thought lost may just have been too young to be found; its processes have told their end since. */
  #revised(end: MainEnd, leftovers: Leftovers | undefined): MainEnd {
    if (end.status !== null || end.signal !== null || leftovers || this.#why) return end;
    const record = readExitRecord(exitFileOf(this.#options.spec.directory), this.ticket.token);
    return record ? { ...end, ...record } : end;
  }

  async #endLeftovers(): Promise<Leftovers | undefined> {
    const { spec, table, lingerMs, main } = this.#options;
    const leftGraceMs = Math.max(0, this.#graceEndsAt - performance.now());
    return endLeftovers({
      processes: this.#processes,
      table,
      directory: spec.directory,
      isGroupOurs: main.endsNow,
      lingerMs: this.#why ? leftGraceMs : lingerMs,
      graceMs: this.#why ? 0 : Math.min(spec.limits.graceMs, LEFTOVER_GRACE_MS),
      isHurried: () => this.#isHurried,
    });
  }

  /** The outcome never rejects, whatever happens. */
  #confess(error: unknown): RunOutcome {
    this.#closeWatchers();
    this.#options.lease?.release();
    return {
      end: 'failed',
      exitCode: null,
      signal: null,
      failure: {
        code: 'SUPERVISION_FAILED',
        message: `The training could not be supervised: ${String(error)}.`,
      },
      startedAt: this.ticket.startedAt,
      endedAt: Date.now(),
      resources: this.#meter.use,
      notes: this.#notes,
    };
  }
}
