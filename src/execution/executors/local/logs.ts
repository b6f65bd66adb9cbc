import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a run's output goes, in its folder. */
export const LOGS = ['stdout.log', 'stderr.log'] as const;

/** Sizes in the order of LOGS; a log that is not there has 0. */
export function logSizes(directory: string): Promise<number[]> {
  return Promise.all(
    LOGS.map((log) =>
      stat(join(directory, log)).then(
        (stats) => stats.size,
        () => 0,
      ),
    ),
  );
}
