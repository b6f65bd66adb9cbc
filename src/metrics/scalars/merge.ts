import type { ScalarQueue } from './queue.ts';

/** One of several sources of scalars, each in the order of its own times. */
export interface MergeSource {
  readonly queue: ScalarQueue;
  /** Reads on; the queue may stay empty. Returns `ended` where there is no more for now. */
  fill(): Promise<'more' | 'ended' | 'rewritten'>;
  take(tag: number, step: number, value: number, seconds: number): void;
}

/** Takes the scalars of all sources in the order of their times, reading each on only as its queue runs out. */
export async function mergeSources(
  sources: readonly MergeSource[],
  signal: AbortSignal,
): Promise<void | 'rewritten'> {
  const ended = new Set<MergeSource>();
  for (;;) {
    for (const source of sources) {
      while (source.queue.length === 0 && !ended.has(source)) {
        if (signal.aborted) return;
        const state = await source.fill();
        if (state === 'rewritten') return state;
        if (state === 'ended') ended.add(source);
      }
    }
    const waiting = sources.filter(({ queue }) => queue.length > 0);
    if (waiting.length === 0) return;
    drainUntilEmpty(waiting);
  }
}

/** Takes the earliest scalars until a queue is empty, since what comes behind it may be earlier than the others. */
function drainUntilEmpty(sources: readonly MergeSource[]): void {
  for (;;) {
    let first = sources[0] as MergeSource;
    let next: MergeSource | undefined;
    for (const source of sources) {
      if (source === first) continue;
      if (isBefore(source.queue, first.queue)) {
        next = first;
        first = source;
      } else if (!next || isBefore(source.queue, next.queue)) next = source;
    }
    const rival = next?.queue;
    const take = first.take.bind(first);
    for (;;) {
      first.queue.shift(take);
      if (first.queue.length === 0) return;
      if (rival !== undefined && isBefore(rival, first.queue)) break;
    }
  }
}

/** By time; what was logged in the same moment, by step. */
function isBefore(a: ScalarQueue, b: ScalarQueue): boolean {
  return a.time < b.time || (a.time === b.time && a.step < b.step);
}
