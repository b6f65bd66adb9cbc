import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { ResourceUse, RunHandle, RunOutcome, RunSpec } from '../../_contract.ts';
import { formatDuration } from '../../duration.ts';
import { explainFailure, signalOfStatus } from '../../explain.ts';
import type { GpuLease } from '../../gpus.ts';
import type { GpuMonitor } from '../../gpus/monitor.ts';
import { countOomKills } from '../../processes/oom.ts';
import type { ProcessTable } from '../../processes/process.ts';
import { ResourceMeter } from '../../resources.ts';
import { readTail } from '../../tail.ts';
import { diskSpaceOf, fullness } from './disk.ts';
import { RunGuards, type StopReason } from './guards.ts';
import { endLeftovers, type Leftovers } from './leftovers.ts';
import type { MainEnd, MainProcess } from './main-process.ts';
import { RunProcesses } from './members.ts';
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

/** A command that returns this soon cannot have trained. */
const AT_ONCE_MS = 1000;
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
    const leftovers = await this.#endLeftovers(end);
    this.#options.lease?.release();
    const { directory } = this.#options.spec;
    dropTicket(directory);
    const space = end.status === 0 ? undefined : await diskSpaceOf(directory);
    return this.#conclude(this.#revised(end, leftovers), leftovers, space && fullness(space, directory));
  }

  /** A run that was thought lost may just have been too young to be found; its processes have told their end since. */
  #revised(end: MainEnd, leftovers: Leftovers | undefined): MainEnd {
    if (end.status !== null || end.signal !== null || leftovers || this.#why) return end;
    const record = readExitRecord(exitFileOf(this.#options.spec.directory), this.ticket.token);
    return record ? { ...end, ...record } : end;
  }

  async #endLeftovers(end: MainEnd): Promise<Leftovers | undefined> {
    const { spec, table, lingerMs } = this.#options;
    const leftGraceMs = Math.max(0, this.#graceEndsAt - performance.now());
    return endLeftovers({
      processes: this.#processes,
      table,
      directory: spec.directory,
      isGroupOurs: end.status !== null || end.signal !== null,
      lingerMs: this.#why ? leftGraceMs : lingerMs,
      graceMs: this.#why ? 0 : Math.min(spec.limits.graceMs, LEFTOVER_GRACE_MS),
      isHurried: () => this.#isHurried,
    });
  }

  #conclude(end: MainEnd, leftovers: Leftovers | undefined, diskFull: string | undefined): RunOutcome {
    const { ticket } = this;
    const signal = end.signal ?? signalOfStatus(end.status);
    const exitCode = signal === null ? end.status : null;
    const failure = this.#why ?? this.#failureOf(end, exitCode, signal, leftovers, diskFull);
    if (leftovers && !this.#why && failure?.code !== 'COMMAND_FORKED_AWAY') {
      const were =
        leftovers.count === 1
          ? '1 process was left behind and was'
          : `${leftovers.count} processes were left behind and were`;
      this.#notes.push(`${were} ended (${leftovers.description}).`);
    }
    return {
      end: this.#why ? 'stopped' : failure ? 'failed' : 'finished',
      exitCode,
      signal,
      failure,
      startedAt: ticket.startedAt,
      endedAt: Math.max(end.endedAt, ticket.startedAt),
      resources: this.#meter.use,
      notes: this.#notes,
    };
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

  #failureOf(
    end: MainEnd,
    exitCode: number | null,
    signal: string | null,
    leftovers: Leftovers | undefined,
    diskFull: string | undefined,
  ): StopReason | null {
    const { spec, lostBecause } = this.#options;
    if (end.status === null && end.signal === null) {
      return {
        code: 'RUN_LOST',
        message: lostBecause,
        remedy: 'Resume the study; the run starts again from its last checkpoint.',
      };
    }
    if (exitCode === 0) return leftovers ? this.#forkedAway(end, leftovers) : null;
    const oomKills = countOomKills();
    return explainFailure({
      exitCode,
      signal,
      stderr: readTail(join(spec.directory, 'stderr.log')),
      stdout: readTail(join(spec.directory, 'stdout.log')),
      oomKills: oomKills === null || this.ticket.oomKills === null ? null : oomKills - this.ticket.oomKills,
      diskFull,
      cwd: spec.cwd,
    });
  }

  /** Success is believed when the command did the work; not when it returned at once, or its heirs work on and worked more than it did. */
  #forkedAway(end: MainEnd, leftovers: Leftovers): StopReason | null {
    const elapsedMs = end.endedAt - this.ticket.startedAt;
    const heirsWork = leftovers.areBusy && leftovers.cpuSeconds > (end.cpuSeconds ?? 0);
    if (elapsedMs >= AT_ONCE_MS && !heirsWork) return null;
    return {
      code: 'COMMAND_FORKED_AWAY',
      message: `The command returned after ${formatDuration(elapsedMs)} with exit code 0, but went on in the background (${leftovers.description}); that was ended.`,
      remedy:
        "Let the training run in the foreground (no '&', nohup, setsid or --daemon), so that its end and its exit code can be seen.",
    };
  }
}
