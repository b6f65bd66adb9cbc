import type { History, Report, TrialRun, Trial as SearchTrial } from '../../search/_contract.ts';
import { isInside } from '../../search/space/active.ts';
import type { Space } from '../../search/space.ts';
import { trialOf } from '../../search/trial.ts';
import { isPending, NOT_NEEDED } from '../attempts.ts';
import { hasResult } from '../results.ts';
import type { StudyRecord } from '../record.ts';
import type { Run, Trial } from '../types.ts';
import { isPaused, joinReports, trainedEpochs } from './paused.ts';
import type { ReportBook } from './reports.ts';
import type { Candidacy } from './types.ts';

/** Code of a run that a pruner ended: it counts as a result of its trial, not as a failure. */
export const PRUNED = 'RUN_PRUNED';

const RECENT = 8;

/** A candidate with its runs, the latest attempt of each seed. */
export interface Candidate {
  trial: Trial & { candidacy: Candidacy };
  runs: Map<number | null, Run>;
  search: SearchTrial;
}

/**
 * The search's view of a study record, kept up to date without reading it whole again: runs and trials are only ever
 * appended, and only open runs change. What comes out depends on the record (and the reports) alone.
 */
export class Ledger {
  /** By number of the search. */
  readonly candidates: Candidate[] = [];
  readonly #byTrial = new Map<string, Candidate>();
  /** Runs that can still change. */
  readonly #open = new Set<string>();
  /** Runs without a result that a further attempt may stand in for. */
  readonly #broken = new Map<string, Run>();
  /** By id of a run: the attempt before it at the same seed. */
  readonly #former = new Map<string, Run>();
  /** Candidates that wait for their first run. */
  readonly #waiting = new Set<Candidate>();
  readonly #epochs = new Map<string, number>();
  #epochsSpent = 0;
  #furtherRuns = 0;
  #version = 0;
  #own = 0;
  #hasWorked = false;
  #longestMs = 0;
  #longestEpochs = 0;
  /** Durations of the trainings that ended last. */
  #recentMs: number[] = [];
  readonly #space: Space;
  readonly #iteration: number;
  readonly #reports: ReportBook;
  readonly #sync: (record: StudyRecord, metric: string | null) => void;
  /** Candidates inside the space, as samplers see them. */
  readonly #history: SearchTrial[] = [];
  /** Position in `#history` by number. */
  readonly #place = new Map<number, number>();

  constructor(space: Space, reports: ReportBook, iteration: number) {
    this.#iteration = iteration;
    this.#space = space;
    this.#reports = reports;
    let source: StudyRecord | undefined;
    let trials: Tail<Trial> | undefined;
    let runs: Tail<Run> | undefined;
    this.#sync = (record, metric) => {
      if (source !== record) {
        source = record;
        trials = new Tail(record.trials);
        runs = new Tail(record.runs);
      }
      for (const trial of trials?.fresh() ?? []) this.#addTrial(trial);
      const changed = new Set<Candidate>();
      for (const id of [...this.#open, ...(runs?.fresh() ?? []).map(({ id }) => id)]) {
        const run = record.runs.get(id);
        const candidate = run && this.#byTrial.get(run.trial);
        if (!run || !candidate) continue;
        const former = candidate.runs.get(run.seed);
        if (former && former.id !== id) {
          this.#broken.delete(former.id);
          this.#former.set(id, former);
        }
        if (isPending(run)) this.#open.add(id);
        else this.#close(run);
        if (!former && candidate.runs.size > 0) this.#furtherRuns += 1;
        candidate.runs.set(run.seed, run);
        this.#waiting.delete(candidate);
        changed.add(candidate);
      }
      for (const candidate of changed) this.#update(candidate, metric);
    };
  }

  /** Brings the view up to date with the record. */
  read(record: StudyRecord, metric: string | null): this {
    this.#sync(record, metric);
    return this;
  }

  /** All candidates that lie inside the space, in order of number. A new list each time: it never changes afterwards. */
  get history(): History {
    return this.#history.slice();
  }

  /** Changes with everything that a sampler could see. */
  get version(): number {
    return this.#version;
  }

  get broken(): Iterable<Run> {
    return this.#broken.values();
  }

  get waiting(): Iterable<Candidate> {
    return this.#waiting;
  }

  /** Trainings of configurations that had one already. */
  get furtherRuns(): number {
    return this.#furtherRuns;
  }

  /** Epochs of all ended trainings of the search. */
  get epochsSpent(): number {
    return this.#epochsSpent;
  }

  /** Candidates but for imported ones. */
  get own(): number {
    return this.#own;
  }

  /** Whether any training (or imported trial) came to something: a value, or a pruner's end. */
  get hasWorked(): boolean {
    return this.#hasWorked;
  }

  /** Of any ended training. */
  get longestMs(): number {
    return this.#longestMs;
  }

  get longestEpochs(): number {
    return this.#longestEpochs;
  }

  /** Mean duration of the trainings that ended last; null before there is one. */
  get recentMs(): number | null {
    const { length } = this.#recentMs;
    return length === 0 ? null : this.#recentMs.reduce((sum, ms) => sum + ms, 0) / length;
  }

  /** Runs that are being trained. */
  get openRuns(): number {
    return this.#open.size;
  }

  find(trial: string): Candidate | undefined {
    return this.#byTrial.get(trial);
  }

  /** The last step of the attempts before a run; 0 where it is the first. */
  reachedBefore(run: Run, metric: string | null): number {
    const former = this.#former.get(run.id);
    if (!former) return 0;
    return Math.max(
      this.#reports.of(former.id, metric).at(-1)?.step ?? 0,
      this.reachedBefore(former, metric),
    );
  }

  isInHistory(candidate: Candidate): boolean {
    return this.#place.has(candidate.search.number);
  }

  /** Takes the reports of a running training anew. */
  refresh(candidate: Candidate, metric: string | null): void {
    this.#update(candidate, metric);
  }

  #close(run: Run): void {
    this.#open.delete(run.id);
    const state = stateOf(run);
    if (run.status === 'interrupted' || state === 'failed') this.#broken.set(run.id, run);
    if (state === 'complete' || state === 'pruned' || state === 'paused') this.#hasWorked = true;
    this.#longestEpochs = Math.max(this.#longestEpochs, run.value?.epochs ?? 0);
    if (run.startedAt !== null && run.endedAt !== null) {
      const ms = run.endedAt - run.startedAt;
      this.#longestMs = Math.max(this.#longestMs, ms);
      this.#recentMs = [...this.#recentMs.slice(1 - RECENT), ms];
    }
    if (run.status === 'adopted') return;
    const epochs =
      run.value === null
        ? this.#reports.of(run.id, null).length
        : trainedEpochs(run, this.#former.get(run.id));
    this.#epochsSpent += epochs - (this.#epochs.get(run.id) ?? 0);
    this.#epochs.set(run.id, epochs);
  }

  #addTrial(trial: Trial): void {
    const { candidacy } = trial;
    if (!candidacy || trial.iteration !== this.#iteration || this.#byTrial.has(trial.id)) return;
    const search = trialOf(candidacy.number, candidacy.params, []);
    const candidate: Candidate = { trial: { ...trial, candidacy }, runs: new Map(), search };
    this.candidates.push(candidate);
    this.#byTrial.set(trial.id, candidate);
    if (candidacy.origin !== 'imported') this.#own += 1;
    this.#waiting.add(candidate);
    this.#version += 1;
    if (!isInside(this.#space, candidacy.params)) return;
    this.#place.set(candidacy.number, this.#history.length);
    this.#history.push(search);
  }

  #update(candidate: Candidate, metric: string | null): void {
    const { number, params } = candidate.search;
    this.#version += 1;
    const runs = [...candidate.runs.values()].map((run) => this.#searchRun(run, metric));
    candidate.search = trialOf(number, params, runs);
    const place = this.#place.get(number);
    if (place !== undefined) this.#history[place] = candidate.search;
  }

  #searchRun(run: Run, metric: string | null): TrialRun {
    const state = stateOf(run);
    return {
      seed: run.seed,
      state,
      value: state === 'complete' ? (run.value?.value ?? null) : null,
      reports: this.#reportsOf(run, metric),
    };
  }

  #reportsOf(run: Run, metric: string | null): readonly Report[] {
    const own = this.#reports.of(run.id, metric);
    const former = this.#former.get(run.id);
    // Only what paused goes on; a failed attempt has nothing to say of the next one.
    return former && isPaused(former) ? joinReports(this.#reportsOf(former, metric), own) : own;
  }
}

/** What a run means to a search. An interrupted run will be repeated. */
export function stateOf(run: Run): TrialRun['state'] {
  if (isPending(run) || run.status === 'interrupted') return 'running';
  if (hasResult(run)) return 'complete';
  if (isPaused(run)) return 'paused';
  if (run.status === 'stopped' && run.failure?.code === PRUNED) return 'pruned';
  // Ended because the search was over: as if it had never been asked for.
  if (run.status === 'stopped' && run.failure?.code === NOT_NEEDED) return 'pruned';
  return 'failed';
}

/** What was appended to a map since the last look. A map's iterator goes on as long as it has not come to the end. */
class Tail<T> {
  readonly #map: ReadonlyMap<string, T>;
  readonly #values: IterableIterator<T>;
  #seen = 0;

  constructor(map: ReadonlyMap<string, T>) {
    this.#map = map;
    this.#values = map.values();
  }

  fresh(): T[] {
    const found: T[] = [];
    for (; this.#seen < this.#map.size; this.#seen++) {
      const next = this.#values.next();
      if (next.done !== true) found.push(next.value);
    }
    return found;
  }
}
