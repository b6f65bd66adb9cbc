import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Executor, RunSpec, RunTicket } from '../_contract.ts';
import { executionError } from '../errors.ts';
import { GpuPool, type GpuLease } from '../gpus.ts';
import { GpuMonitor } from '../gpus/monitor.ts';
import { NvidiaSmi } from '../gpus/nvidia.ts';
import { countOomKills } from '../processes/oom.ts';
import type { ProcessTable } from '../processes/process.ts';
import { processTable } from '../processes/table.ts';
import { ArmedLocalRun } from './local/armed.ts';
import { type DiskSpace, diskSpaceOf } from './local/disk.ts';
import { COMMON_ENV, launch, launchBy } from './local/launch.ts';
import { endProcesses } from './local/leftovers.ts';
import { foundProcess, goneProcess, type MainProcess } from './local/main-process.ts';
import { RunProcesses } from './local/members.ts';
import { prepareCommand } from './local/prepare.ts';
import { LocalRun } from './local/run.ts';
import { Starter } from './local/starter.ts';
import { loadTicket, readTicket, saveTicket, type LocalTicket } from './local/ticket.ts';
import { exitFileOf, readExitRecord } from './local/wrapper.ts';

export interface LocalOptions {
  /** Environment that trainings inherit. */
  env?: NodeJS.ProcessEnv;
  /** How long processes that outlive the main one may take to end by themselves before they are ended. */
  lingerMs?: number;
  gpuSampleMs?: number;
  /** Starts what is armed; by default one is opened when many runs have been. */
  starter?: Starter;
  /** Where to look at processes; by default the best source of this system. */
  table?: ProcessTable;
}

const LINGER_MS = 3000;
const GPU_SAMPLE_MS = 5000;
/** The guards of the running ones look at the disk meanwhile. */
const DISK_MS = 500;
const CLEAN_GRACE_MS = 2000;
const NEWBORN_LOOKS = 5;
const NEWBORN_MS = 30;
/** After so many armed runs a starter will have paid for its own start. */
const MANY_ARMED = 8;
const LOST = 'The training vanished without leaving an exit code: its supervising shell was killed.';

/** Runs trainings as processes of this machine. They outlive a killed orchestrator and are found again. */
export class LocalExecutor implements Executor {
  readonly name = 'local';
  readonly #env: NodeJS.ProcessEnv;
  readonly #options: LocalOptions;
  readonly #pool: GpuPool;
  readonly #monitor: GpuMonitor | undefined;
  readonly #runs = new Set<LocalRun>();
  readonly #armed = new Set<ArmedLocalRun>();
  #table: Promise<ProcessTable> | undefined;
  #boot: Promise<string | null> | undefined;
  #disk: { place: string; at: number; space: DiskSpace | undefined } | undefined;
  #starter: Starter | undefined;
  #armedSoFar = 0;
  #isClosed = false;

  constructor(options: LocalOptions = {}) {
    this.#options = options;
    this.#env = options.env ?? process.env;
    this.#starter = options.starter;
    const smi = NvidiaSmi.on(this.#env['PATH'] ?? '');
    this.#pool = new GpuPool({ env: this.#env, discover: async () => (await smi?.gpus()) ?? [] });
    this.#monitor = smi && new GpuMonitor({ smi, intervalMs: options.gpuSampleMs ?? GPU_SAMPLE_MS });
  }

  async start(spec: RunSpec): Promise<LocalRun> {
    if (this.#isClosed) throw closedError();
    const argv = await prepareCommand(spec, this.#env, (directory) => this.#diskSpace(directory));
    const lease = spec.gpus > 0 ? await this.#pool.lease(spec.gpus, spec.env) : undefined;
    try {
      if (this.#isClosed) throw closedError();
      return await this.#launch(spec, argv, lease);
    } catch (error) {
      lease?.release();
      throw error;
    }
  }

  /** Not with GPUs: which of them it gets is known only when one falls free. */
  async arm(spec: RunSpec): Promise<ArmedLocalRun | undefined> {
    if (process.platform === 'win32' || spec.gpus > 0) return undefined;
    if (this.#isClosed) throw closedError();
    const argv = await prepareCommand(spec, this.#env, (directory) => this.#diskSpace(directory));
    const { ticket, table } = await this.#ticketFor(spec, undefined);
    const how = { spec, argv, token: ticket.token, env: this.#env, ownEnv: {}, isHeld: true };
    if (++this.#armedSoFar === MANY_ARMED) this.#starter ??= new Starter({ ...COMMON_ENV, ...this.#env });
    const { pid, main, gate } =
      (this.#starter?.isUp && (await launchBy(this.#starter, table, how))) || (await launch(how));
    if (!gate) throw new Error('a held run has no gate');
    ticket.pid = pid;
    ticket.start = (await table.find(pid))?.start ?? null;
    const armed = new ArmedLocalRun({
      main,
      gate,
      enter: () => {
        ticket.startedAt = Date.now();
        ticket.oomKills = countOomKills();
        saveTicket(spec.directory, ticket, true);
      },
      supervise: () =>
        this.#supervise({ spec, ticket, main, table, lease: undefined, lostBecause: LOST, notes: [] }),
      startAnew: () => this.start(spec),
      onSettled: (run) => void this.#armed.delete(run),
    });
    this.#armed.add(armed);
    if (this.#isClosed) armed.drop();
    return armed;
  }

  async reattach(spec: RunSpec, stored: RunTicket): Promise<LocalRun | undefined> {
    const ticket = readTicket(stored);
    if (!ticket || this.#isClosed) return undefined;
    const table = await this.#tables();
    const exitFile = exitFileOf(spec.directory);
    const { pid, start, token } = ticket;
    const isSameBoot = ticket.boot === (await this.#bootId());
    const row = isSameBoot && pid !== null ? await table.find(pid) : undefined;
    const isAlive = row !== undefined && row.start === start && !row.isZombie;
    const lease =
      isAlive && ticket.gpus !== null ? await this.#pool.retake(ticket.gpus.split(',')) : undefined;
    return this.#supervise({
      spec,
      ticket: isSameBoot ? ticket : { ...ticket, pid: null, start: null },
      main:
        isAlive && pid !== null && start !== null
          ? foundProcess({ table, pid, start, exitFile, token })
          : goneProcess(exitFile, token),
      table,
      lease,
      lostBecause: isSameBoot ? lostWhileAway() : lostByBoot(ticket),
      notes: isAlive
        ? ['Supervision was interrupted and resumed; peak memory covers only the time supervised.']
        : [],
    });
  }

  async find(spec: RunSpec): Promise<LocalTicket | undefined> {
    const ticket = loadTicket(spec.directory);
    if (!ticket || ticket.runId !== spec.runId) return undefined;
    if (ticket.pid !== null) return ticket;
    const table = await this.#tables();
    const isOver = (): boolean => readExitRecord(exitFileOf(spec.directory), ticket.token) !== undefined;
    // A process that was forked a moment ago shows our own environment until it has become another program.
    for (let look = 0; look < NEWBORN_LOOKS && !isOver(); look++) {
      if (look > 0) await sleep(NEWBORN_MS);
      const rows = await table.list();
      const carriers = await table.carriersOf(ticket.token, rows);
      const leader = rows.find((row) => carriers.has(row.pid) && row.group === row.pid && !row.isZombie);
      if (leader) return { ...ticket, pid: leader.pid, start: leader.start };
    }
    return ticket;
  }

  async capacity(gpus: number): Promise<number | null> {
    return this.#pool.capacity(gpus);
  }

  async clean(stored: RunTicket): Promise<void> {
    const ticket = readTicket(stored);
    if (!ticket || ticket.boot !== (await this.#bootId())) return;
    const table = await this.#tables();
    const { token, pid, start } = ticket;
    const processes = new RunProcesses({ table, token, pid, start });
    const row = pid === null ? undefined : await table.find(pid);
    const isGroupOurs = row !== undefined && row.start === start;
    await endProcesses(processes, await processes.find(isGroupOurs), CLEAN_GRACE_MS, () => false);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#pool.close();
    this.#monitor?.close();
    for (const run of this.#armed) run.drop();
    this.#starter?.close();
    for (const run of this.#runs) run.release();
    this.#runs.clear();
  }

  /** Of runs that start one upon the other it is asked once: their folders lie side by side. */
  async #diskSpace(directory: string): Promise<DiskSpace | undefined> {
    const place = dirname(directory);
    const now = performance.now();
    if (this.#disk?.place !== place || now - this.#disk.at > DISK_MS)
      this.#disk = { place, at: now, space: await diskSpaceOf(directory) };
    return this.#disk.space;
  }

  #tables(): Promise<ProcessTable> {
    this.#table ??= this.#options.table ? Promise.resolve(this.#options.table) : processTable();
    return this.#table;
  }

  #bootId(): Promise<string | null> {
    this.#boot ??= this.#tables().then((table) => table.bootId());
    return this.#boot;
  }

  /** Of a run that is about to be started. */
  async #ticketFor(
    spec: RunSpec,
    lease: GpuLease | undefined,
  ): Promise<{ ticket: LocalTicket; table: ProcessTable }> {
    const [table, boot] = await Promise.all([this.#tables(), this.#bootId()]);
    const ticket: LocalTicket = {
      executor: 'local',
      runId: spec.runId,
      token: randomBytes(16).toString('hex'),
      pid: null,
      start: null,
      boot,
      host: hostname(),
      startedAt: Date.now(),
      gpus: lease?.devices.join(',') ?? null,
      oomKills: countOomKills(),
    };
    return { ticket, table };
  }

  async #launch(spec: RunSpec, argv: [string, ...string[]], lease: GpuLease | undefined): Promise<LocalRun> {
    const { ticket, table } = await this.#ticketFor(spec, lease);
    saveTicket(spec.directory, ticket, true);
    const { token } = ticket;
    const { pid, main } = await launch({ spec, argv, token, env: this.#env, ownEnv: lease?.env ?? {} });
    ticket.pid = pid;
    ticket.start = (await table.find(pid))?.start ?? null;
    saveTicket(spec.directory, ticket, false);
    return this.#supervise({ spec, ticket, main, table, lease, lostBecause: LOST, notes: [] });
  }

  #supervise(options: {
    spec: RunSpec;
    ticket: LocalTicket;
    main: MainProcess;
    table: ProcessTable;
    lease: GpuLease | undefined;
    lostBecause: string;
    notes: string[];
  }): LocalRun {
    const lingerMs = this.#options.lingerMs ?? LINGER_MS;
    const run = new LocalRun({ ...options, monitor: this.#monitor, lingerMs });
    this.#runs.add(run);
    void run.outcome.then(() => this.#runs.delete(run));
    return run;
  }
}

function closedError(): Error {
  return executionError('EXECUTOR_CLOSED', 'The executor is closed.');
}

function lostWhileAway(): string {
  return process.platform === 'win32'
    ? 'The training ended while Pawl was not running; on Windows its exit code is then unknown.'
    : 'The training vanished while Pawl was not running, without leaving an exit code: it was killed together with its supervising shell.';
}

function lostByBoot({ host }: LocalTicket): string {
  return host !== '' && host !== hostname()
    ? `The training was started on another machine (${host}) or before this one restarted, and left no exit code.`
    : 'The machine was restarted while the training ran; it left no exit code.';
}
