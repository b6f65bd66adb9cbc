import { hasResult } from '../results.ts';
import type { StudyEvent } from '../events.ts';
import type { StudyRecord } from '../record.ts';
import type { Run } from '../types.ts';
import { isPending } from '../attempts.ts';
import { stateOf } from './ledger.ts';

/** How a search stands, kept from event to event: what a live view shows without looking at every trial again. */
export class Tally {
  pruned = 0;
  failed = 0;
  trainings = 0;
  best: { number: number; value: number } | null = null;
  /** Trials that had ended before this session. */
  readonly before: number;
  readonly #done = new Set<string>();

  constructor(record: StudyRecord) {
    for (const run of record.runs.values()) this.#see(run, record);
    this.before = this.#done.size;
  }

  /** Trials that came to an end of any kind. */
  get done(): number {
    return this.#done.size;
  }

  take(event: StudyEvent, record: StudyRecord): void {
    if (event.type !== 'run-ended') return;
    const run = record.runs.get(event.run);
    if (run) this.#see(run, record);
  }

  #see(run: Run, record: StudyRecord): void {
    if (isPending(run) || run.status === 'adopted' || run.status === 'interrupted') return;
    this.trainings += 1;
    const candidacy = record.trials.get(run.trial)?.candidacy;
    if (!candidacy || candidacy.origin === 'imported') return;
    const isFirst = !this.#done.has(run.trial);
    this.#done.add(run.trial);
    const state = stateOf(run);
    if (isFirst && state === 'pruned') this.pruned += 1;
    if (isFirst && state === 'failed') this.failed += 1;
    if (!hasResult(run) || !record.metric) return;
    const { value } = run.value;
    const isBetter =
      this.best === null ||
      (record.metric.goal === 'max' ? value > this.best.value : value < this.best.value);
    if (isBetter) this.best = { number: candidacy.number, value };
  }
}
