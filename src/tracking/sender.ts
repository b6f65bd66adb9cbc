import type { Point } from '../metrics/_contract.ts';
import {
  type Artifact,
  type LoggedValue,
  type TrackedRun,
  type Tracker,
  TrackerFailure,
} from './_contract.ts';
import { backoffMs } from './backoff.ts';
import { type Facts, revisionOf } from './describe.ts';
import type { Ledger } from './ledger.ts';
import { RunCopy, type TimeOf } from './run-copy.ts';

/** Values and facts that come within this time go out together. */
const GATHER_MS = 1000;
const PATIENCE_MS = [5000, 2000] as const;
/** At the end of a study no backlog is worth waiting longer for. */
const LONGEST_END_MS = 30_000;
/** Logs are rewritten now and then; a tracker that never gives back what it got must not be tried for ever. */
const MOST_RESTARTS = 5;

/** What there is to be sent, as it is when it is asked for. */
export interface SendSource {
  /** Key of the study. */
  readonly study: string;
  facts: (key: string) => Facts;
  describe: (key: string) => Promise<TrackedRun>;
  curve: (key: string) => Promise<readonly Point[]>;
  artifacts: (key: string) => AsyncIterable<Artifact & { hash: string }>;
}

export interface SenderOptions {
  tracker: Tracker;
  source: SendSource;
  ledger: Ledger;
  /** Throws a TrackerFailure while another process sends. */
  takeLock: () => void;
  /** Hears when the tracker fails for the first time, answers again, and of what it cannot take. */
  say: (message: string) => void;
  /** Compares with the tracker even what the ledger says has arrived. */
  isCheck?: boolean;
  gatherMs?: number;
  /** Waited for an answer at the end of the study, where the tracker answered so far, and where it did not. */
  patienceMs?: readonly [number, number];
}

/** What is known of one run at the tracker. */
interface Entry {
  copy: RunCopy;
  isOpen: boolean;
  described: string | null;
  /** An answer was lost while it was written to: its end is checked against what the tracker holds. */
  isDoubtful: boolean;
  restarts: number;
}

/**
 * Brings one tracker to what the study is, in the background, for as long as the study lives. It queues no data: only
 * which runs there is something new of. What that is, it finds by comparing when it sends; so a server that is down for
 * hours costs no memory, and what was not sent is in the study's own store.
 */
export class Sender {
  readonly tracker: Tracker;
  readonly #options: SenderOptions;
  readonly #dirty = new Set<string>();
  readonly #entries = new Map<string, Entry>();
  readonly #abort = new AbortController();
  #loop: Promise<void> | undefined;
  #sleep: { wake: () => void; isIdle: boolean } | undefined;
  #isClosing = false;
  #failures = 0;
  #hasAnswered = false;
  /** When the call that is under way began; null between calls. */
  #askedAt: number | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.tracker = options.tracker;
  }

  /** There is something new of a run. Returns at once, whatever the tracker does. */
  mark(key: string): void {
    if (this.#isClosing) return;
    this.#dirty.add(key);
    this.#loop ??= this.#run();
    if (this.#sleep?.isIdle) this.#sleep.wake();
  }

  /** Sends what there is left, as far as the tracker takes it within a short time. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#sleep?.wake();
    const begun = performance.now();
    const [much, little] = this.#options.patienceMs ?? PATIENCE_MS;
    const look = setInterval(() => {
      const now = performance.now();
      const patience = this.#failures === 0 && this.#hasAnswered ? much : little;
      const waited = this.#askedAt === null ? 0 : now - this.#askedAt;
      if (waited > patience || now - begun > LONGEST_END_MS) this.#abort.abort();
    }, 50);
    await this.#loop;
    clearInterval(look);
  }

  /** Sends all of these runs, and fails where the tracker does. */
  async drain(keys: Iterable<string>): Promise<void> {
    for (const key of keys) while (await this.#send(key));
    this.#options.ledger.setProblem(null, Date.now());
  }

  async #run(): Promise<void> {
    for (;;) {
      if (this.#dirty.size === 0) {
        if (this.#isClosing) return;
        await this.#pause();
        continue;
      }
      if (!this.#isClosing) await this.#pause(this.#gatherMs());
      for (const key of this.#takeDirty()) {
        const isFine = await this.#attempt(key);
        if (this.#abort.signal.aborted || (!isFine && this.#isClosing)) return;
        if (!isFine) await this.#pause(backoffMs(this.#failures, Math.random()));
      }
    }
  }

  #gatherMs(): number {
    return this.#hasAnswered ? (this.#options.gatherMs ?? GATHER_MS) : 0;
  }

  /** The study before its runs. */
  #takeDirty(): string[] {
    const { study } = this.#options.source;
    const keys = [...this.#dirty].sort((a, b) => Number(b === study) - Number(a === study));
    this.#dirty.clear();
    return keys;
  }

  /** Never throws: what goes wrong here must not reach the study. */
  async #attempt(key: string): Promise<boolean> {
    const { ledger, say } = this.#options;
    try {
      if (await this.#send(key)) this.#dirty.add(key);
      if (this.#failures > 0) say(`${this.tracker.target} answers again; sending what it has missed.`);
      ledger.setProblem(null, Date.now());
      this.#failures = 0;
      return true;
    } catch (error) {
      this.#dirty.add(key);
      this.#failures += 1;
      const message = error instanceof Error ? error.message : String(error);
      if (this.#failures === 1 && !this.#abort.signal.aborted) {
        say(`Tracking: ${message} The study goes on; what is not sent is kept and tried again.`);
      }
      try {
        ledger.setProblem(message, Date.now());
      } catch {
        // The disk is full: the study itself will say so.
      }
      return false;
    }
  }

  /** One step towards the run as it is; returns whether there is more. */
  async #send(key: string): Promise<boolean> {
    const { source, ledger, takeLock, isCheck } = this.#options;
    const known = this.#entries.get(key);
    if (!known?.isOpen && !isCheck && ledger.revision(key) === revisionOf(source.facts(key)))
      return this.#attach(key);
    takeLock();
    const { parent } = source.facts(key);
    if (parent !== null && !this.#entries.get(parent)?.isOpen)
      await this.#open(await source.describe(parent));
    const run = await source.describe(key);
    const entry = known?.isOpen ? known : await this.#open(run);
    const isOver = run.endedAt !== null;
    if (!isOver) await this.#describe(run, entry);
    const points = await source.curve(key);
    const missing = entry.copy.missing(points, timesOf(run, points.length));
    if (missing === 'contradiction' || (missing.length === 0 && isOver && !entry.copy.isExact(points))) {
      if (entry.restarts < MOST_RESTARTS) return this.#restart(run, entry);
      this.#note(`${this.tracker.target} holds other values of ${run.name} than were sent.`);
      ledger.arrived(key, revisionOf(run));
      return false;
    }
    if (missing.length > 0) {
      await this.#log(run, entry, missing);
      return isOver || missing.length === this.tracker.batch;
    }
    if (!isOver) return false;
    if (entry.isDoubtful) {
      // A request whose answer was lost may have come through after the look at what is there.
      await this.#open(run);
      entry.isDoubtful = false;
      return true;
    }
    await this.#attach(key, run);
    await this.#describe(run, entry);
    ledger.arrived(key, revisionOf(run));
    // A study gets ever more facts, its runs rarely do: only it stays open.
    if (run.parent !== null) this.#entries.delete(key);
    return false;
  }

  /** The log was written anew, so that what was sent of it is not so any more. */
  async #restart(run: TrackedRun, entry: Entry): Promise<true> {
    await this.#ask(entry, (signal) => this.tracker.restart(run, signal));
    entry.copy.clear();
    entry.described = null;
    entry.restarts += 1;
    return true;
  }

  async #describe(run: TrackedRun, entry: Entry): Promise<void> {
    const revision = revisionOf(run);
    if (entry.described === revision) return;
    try {
      await this.#ask(entry, (signal) => this.tracker.describe(run, signal));
    } catch (error) {
      if (!(error instanceof TrackerFailure) || error.reason !== 'rejected') throw error;
      this.#note(`${this.tracker.target} does not take all facts of ${run.name}: ${error.message}`);
    }
    entry.described = revision;
  }

  async #open(run: TrackedRun): Promise<Entry> {
    const entry = this.#entries.get(run.key) ?? {
      copy: new RunCopy(this.tracker),
      isOpen: false,
      described: null,
      isDoubtful: false,
      restarts: 0,
    };
    this.#entries.set(run.key, entry);
    entry.copy.adopt(await this.#ask(entry, (signal) => this.tracker.open(run, signal)));
    entry.isOpen = true;
    entry.described = null;
    return entry;
  }

  /** Values that a tracker rejects are looked for by halves, and left out with a word about it. */
  async #log(run: TrackedRun, entry: Entry, values: readonly LoggedValue[]): Promise<void> {
    try {
      await this.#ask(entry, (signal) => this.tracker.log(run, values, signal));
      entry.copy.took(values);
    } catch (error) {
      if (!(error instanceof TrackerFailure) || error.reason !== 'rejected') throw error;
      const [first] = values;
      if (values.length === 1 && first) {
        this.#note(`${this.tracker.target} does not take ${first.name} of ${run.name}: ${error.message}`);
        entry.copy.took(values);
        return;
      }
      const half = Math.ceil(values.length / 2);
      await this.#log(run, entry, values.slice(0, half));
      await this.#log(run, entry, values.slice(half));
    }
  }

  /** Files whose content has not been sent; `run` where it is described already. */
  async #attach(key: string, run?: TrackedRun): Promise<false> {
    const { source, ledger, takeLock } = this.#options;
    for await (const { name, bytes, hash } of source.artifacts(key)) {
      if (ledger.hasArtifact(key, name, hash)) continue;
      takeLock();
      const described = run ?? (await source.describe(key));
      let entry = this.#entries.get(key);
      if (!entry?.isOpen) entry = await this.#open(described);
      try {
        await this.#ask(entry, (signal) => this.tracker.attach(described, { name, bytes }, signal));
      } catch (error) {
        if (!(error instanceof TrackerFailure) || error.reason !== 'rejected') throw error;
        this.#note(error.message);
      }
      ledger.attached(key, name, hash);
    }
    return false;
  }

  async #ask<T>(entry: Entry, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#askedAt = performance.now();
    try {
      const answer = await call(this.#abort.signal);
      this.#hasAnswered = true;
      return answer;
    } catch (error) {
      if (!(error instanceof TrackerFailure) || error.reason !== 'rejected') {
        // What came of it is not known: it is looked at before anything more is written.
        entry.isDoubtful ||= entry.isOpen;
        entry.isOpen = false;
      }
      throw error;
    } finally {
      this.#askedAt = null;
    }
  }

  #note(message: string): void {
    if (this.#options.ledger.note(message)) this.#options.say(`Tracking: ${message}`);
  }

  /** Until the time is over or the study ends; without a time, until there is news. */
  #pause(ms?: number): Promise<void> {
    if (this.#isClosing || ms === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.#sleep?.wake(), ms);
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleep = undefined;
        resolve();
      };
      this.#sleep = { wake, isIdle: ms === undefined };
    });
  }
}

/** Points that nobody saw come are spread over the time of their run. */
function timesOf({ startedAt, endedAt }: TrackedRun, count: number): TimeOf {
  if (endedAt === null) return Date.now;
  return (index) => Math.round(startedAt + ((endedAt - startedAt) * (index + 1)) / count);
}
