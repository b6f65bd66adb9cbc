import type { ArmedRun, Executor, RunHandle, RunOutcome, RunSpec } from '../execution/_contract.ts';
import type { Point } from '../metrics/_contract.ts';
import type { Entry, Store } from '../store/_contract.ts';
import { PawlError } from '../errors.ts';
import type { StudyEvent } from './events.ts';
import { findDivergence } from './guards.ts';
import type { Launcher } from './launch.ts';
import { Queue } from './queue.ts';
import { NOT_NEEDED } from './attempts.ts';
import { applyEvent, iterationOf, runOf, type StudyRecord } from './record.ts';
import type { Conclusion, RunRequest, Stop, Strategy, StrategyView } from './strategies/_contract.ts';
import type { Candidacy } from './sweep/types.ts';
import type { Run, Trial } from './types.ts';
import type { RunWatch, WatchRun } from './watch.ts';
import { elapsedMs } from './elapsed.ts';
import { recover, neverRan } from './recover.ts';

export interface EngineOptions {
  record: StudyRecord;
  iteration: number;
  store: Store;
  executor: Executor;
  launcher: Launcher;
  strategy: Strategy;
  /** Trainings at a time. */
  slots: number;
  watch: WatchRun;
  /** Whether NaN stops a run. */
  stopsOnNan: boolean;
  interrupts: Interrupts;
  /** Hears every stored event and every new point; for live views. */
  onEvent: (event: StudyEvent) => void;
  onPoints: (run: Run, points: readonly Point[]) => void;
  now: () => number;
  /** Makes the trial of a request that proposes a new one. */
  propose?: (trial: string, candidacy: Candidacy) => Promise<Trial>;
}

/** How the user's Ctrl-C reaches the engine: once asks the runs to end, twice ends them now. */
export interface Interrupts {
  subscribe(listener: (now: boolean) => void): () => void;
  readonly level: 0 | 1 | 2;
}

export type EngineResult = Conclusion | { kind: 'interrupted' };

type Message =
  | { kind: 'points'; run: string; firstChanged: number }
  | { kind: 'ended'; run: string; outcome: RunOutcome }
  | { kind: 'interrupt'; now: boolean };

interface ActiveRun {
  handle: RunHandle;
  watch: RunWatch;
  stop: Stop | null;
  /** Points that the store has; null where an earlier session stored some. */
  stored: number | null;
  /** It holds no slot any more, although its end is not stored yet. */
  hasEnded: boolean;
}

/** A run that was made ready while all slots were taken. Nothing of it is in the record yet. */
interface Ready {
  trial: Trial | null;
  run: Run;
  spec: RunSpec;
  /** Where the executor could get it ready as well. */
  armed?: ArmedRun | undefined;
}

/**
 * The event loop over a pure strategy: starts what it asks for, feeds it what comes, and stops when it concludes.
 * Everything that happens is stored before it is acted on, so that a killed engine is continued by starting it again
 * on the loaded record: live runs are attached to again, lost ones are repeated, finished ones are never touched. What
 * happens in one turn of the loop is stored in one transaction.
 */
export async function runEngine(options: EngineOptions): Promise<EngineResult> {
  const { record, store, executor, launcher, strategy, interrupts } = options;
  const queue = new Queue<Message>();
  const active = new Map<string, ActiveRun>();

  /** What has happened and is not stored yet: written in one transaction, before anything is done about it. */
  let pending: Entry[] = [];
  const emit = (event: StudyEvent): void => {
    applyEvent(record, event);
    pending.push({ event });
  };
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const entries = pending;
    pending = [];
    await store.appendAll(record, entries);
    for (const entry of entries) if ('event' in entry) options.onEvent(entry.event);
  };
  const view = (): StrategyView => ({
    record,
    iteration: iterationOf(record, options.iteration),
    metric: record.metric,
    elapsedMs: elapsedMs(record, options.now()),
  });

  const supervise = (run: Run, handle: RunHandle, isNew: boolean): void => {
    const watch = options.watch(run, {
      onChange: (firstChanged) => {
        handle.touch();
        queue.push({ kind: 'points', run: run.id, firstChanged });
      },
    });
    active.set(run.id, { handle, watch, stop: null, stored: isNew ? 0 : null, hasEnded: false });
    void handle.outcome.then((outcome) => hearEnd(run.id, outcome));
  };

  let starts = 0;
  /** Slots that are taken, by trainings and by those that are just being started. */
  const taken = (): number => starts + [...active.values()].filter(({ hasEnded }) => !hasEnded).length;

  const hearEnd = (run: string, outcome: RunOutcome): void => {
    const entry = active.get(run);
    if (entry) entry.hasEnded = true;
    queue.push({ kind: 'ended', run, outcome });
    // The loop may be busy with what came before; the slot need not wait for it.
    startReady();
  };

  const stopRun = (id: string, stop: Stop, now = false): void => {
    const entry = active.get(id);
    if (!entry) return;
    entry.stop ??= stop;
    entry.handle.stop({ code: entry.stop.code, message: entry.stop.message }, { now });
  };

  const adoptPoints = async (id: string, firstChanged: number): Promise<void> => {
    const entry = active.get(id);
    if (!entry) return;
    const points = entry.watch.curve().points;
    const fresh = points
      .slice(firstChanged)
      .map((point, offset) => ({ index: firstChanged + offset, point }));
    pending.push({ run: id, points: fresh });
    if (entry.stored !== null) entry.stored = Math.max(entry.stored, points.length);
    const run = runOf(record, id);
    options.onPoints(run, points);
    const stop =
      (options.stopsOnNan ? findDivergence(points, firstChanged, record.metric) : null) ??
      strategy.judge(run, points, view());
    if (stop && !entry.stop) stopRun(id, stop);
  };

  const settle = async (id: string, outcome: RunOutcome): Promise<void> => {
    const entry = active.get(id);
    if (!entry) return;
    const settled = await entry.watch.finish(outcome, entry.stop);
    const points = entry.watch.curve().points;
    if (entry.stored === null || entry.stored > points.length)
      pending.push({ run: id, dropFrom: entry.stored === null ? 0 : points.length });
    pending.push({ run: id, points: points.map((point, index) => ({ index, point })) });
    if (settled.metric && !record.metric) {
      emit({ type: 'metric-chosen', at: options.now(), metric: settled.metric });
    }
    active.delete(id);
    const isInterrupted = interrupts.level > 0 && settled.ended.status === 'stopped' && !entry.stop;
    // A short run may be over before its points were looked at, and a trainer may end itself at its first NaN.
    const isOver = settled.ended.status === 'finished' || settled.ended.status === 'failed';
    const diverged =
      options.stopsOnNan && isOver ? findDivergence(points, 0, settled.metric ?? record.metric) : null;
    // An orchestrator that was killed after it had stopped a run never wrote down why; its strategy says so again.
    const isUnexplained = outcome.end === 'failed' && entry.stored === null && !entry.stop;
    const stopped = diverged ?? (isUnexplained ? strategy.judge(runOf(record, id), points, view()) : null);
    const ended = {
      ...settled.ended,
      ...(isInterrupted ? { status: 'interrupted' as const } : {}),
      ...(stopped && { status: stopped.status, failure: { code: stopped.code, message: stopped.message } }),
    };
    options.onPoints(runOf(record, id), points);
    emit({ type: 'run-ended', at: options.now(), run: id, ended });
  };

  const prepare = async (request: RunRequest): Promise<Ready> => {
    const isNew = request.proposal && options.propose && !record.trials.has(request.trial);
    const trial =
      isNew && request.proposal && options.propose
        ? await options.propose(request.trial, request.proposal)
        : null;
    return { trial, ...(await launcher.prepare(record, request, trial ?? undefined)) };
  };

  /** That it runs is stored by whoever calls this, with whatever else has happened. */
  const start = async ({ trial, run, spec, armed }: Ready): Promise<void> => {
    if (trial) emit({ type: 'trial-added', at: options.now(), trial });
    emit({ type: 'run-starting', at: options.now(), run });
    await flush();
    try {
      const handle = await (armed ?? executor).start(spec);
      emit({ type: 'run-started', at: options.now(), run: run.id, ticket: handle.ticket });
      supervise(runOf(record, run.id), handle, true);
    } catch (error) {
      if (!(error instanceof PawlError)) throw error;
      const failure = { code: error.code, message: error.message, remedy: error.remedy };
      emit({
        type: 'run-ended',
        at: options.now(),
        run: run.id,
        ended: neverRan(run, failure, options.now()),
      });
      await flush();
      throw error;
    }
  };

  const withSlot = async (work: () => Promise<void>): Promise<void> => {
    starts++;
    try {
      await work();
    } finally {
      starts--;
    }
  };

  const startMore = async (): Promise<void> => {
    while (active.size < options.slots && interrupts.level === 0 && !strategy.conclude(view())) {
      const request = strategy.next(view())[0];
      if (!request) return;
      await withSlot(async () => start(await prepare(request)));
      await flush();
    }
  };

  let conclusion: Conclusion | undefined;
  let ready: Ready | undefined;
  let starting = Promise.resolve();
  /** While every slot is taken: makes ready what may follow at once, so that a slot is not free for longer than need be. */
  const makeReady = async (): Promise<void> => {
    // More are active where the end of one is still to be heard of; what follows shall know its result.
    if (ready || active.size !== options.slots || interrupts.level > 0) return;
    const request = strategy.ahead?.(view());
    if (!request) return;
    const prepared = await prepare(request);
    // What is wrong with it shows where it is started, if it ever is.
    ready = { ...prepared, armed: await executor.arm?.(prepared.spec).catch(() => undefined) };
  };
  const startReady = (): void => {
    if (!ready || conclusion || interrupts.level > 0 || taken() >= options.slots) return;
    const following = ready;
    ready = undefined;
    starting = withSlot(() => start(following));
    // Whoever awaits it hears of its failure; it must not end the process before.
    starting.catch(() => {});
  };

  await recover(options, emit, supervise);
  await flush();
  const unsubscribe = interrupts.subscribe((now) => queue.push({ kind: 'interrupt', now }));
  try {
    for (;;) {
      await starting;
      await startMore();
      conclusion ??= strategy.conclude(view());
      await flush();
      if (interrupts.level > 0 && active.size === 0) return { kind: 'interrupted' };
      if (conclusion && active.size === 0) return conclusion;
      if (conclusion) {
        const why: Stop = {
          status: 'stopped',
          code: NOT_NEEDED,
          message: 'The matter was settled before it ended.',
        };
        for (const id of active.keys()) stopRun(id, why);
      }
      if (active.size === 0)
        throw new Error(`the strategy '${strategy.name}' neither concludes nor asks for a run`);
      if (!conclusion) await makeReady();
      for (const message of await queue.take()) {
        if (message.kind === 'points') await adoptPoints(message.run, message.firstChanged);
        else if (message.kind === 'ended') {
          if (active.has(message.run)) startReady();
          await starting;
          await settle(message.run, message.outcome);
        } else {
          await starting;
          for (const { handle } of active.values()) {
            handle.stop({ code: 'RUN_INTERRUPTED', message: 'Pawl was interrupted.' }, { now: message.now });
          }
        }
      }
      await flush();
    }
  } finally {
    unsubscribe();
    ready?.armed?.drop();
    await starting.catch(() => {});
    // Reached with live runs only when something above failed: nothing may be left behind.
    for (const { handle, watch } of active.values()) {
      handle.stop({ code: 'RUN_INTERRUPTED', message: 'Pawl ended unexpectedly.' }, { now: true });
      await handle.outcome;
      watch.close();
    }
  }
}
