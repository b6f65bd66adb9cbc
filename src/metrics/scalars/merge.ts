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
function drainUntilEmpty(sources: MergeSource[]): void {
  for (;;) {
    let first = sources[0] as MergeSource;
    let next = Number.POSITIVE_INFINITY;
    for (const source of sources) {
      if (source === first) continue;
      const { time } = source.queue;
      if (time < first.queue.time) {
        next = first.queue.time;
        first = source;
      } else if (time < next) next = time;
    }
    const take = first.take.bind(first);
    do first.queue.shift(take);
    while (first.queue.length > 0 && first.queue.time <= next);
    if (first.queue.length === 0) return;
  }
}
