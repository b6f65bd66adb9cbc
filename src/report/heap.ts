import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Keeps the part of the heap where V8 puts what is new at the size that it has now. Left alone it grows to 48 MB, of which a
 * long search would gain nothing: it makes much and throws it away at once.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Frees now what is not used any more, so that what comes next takes its place instead of growing the process. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
