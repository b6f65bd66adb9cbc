/**
 * The median rule (Golovin et al. 2017, Vizier): a run is stopped when the best it has shown is worse than the median of
 * what complete trials were worth at the same step.
 */
import type { Pruner, PrunerSetup } from '../_contract.ts';
import { findTrial } from './asha.ts';
import { checkOptions, ladderOf, type PrunerOptions } from './options.ts';
import { createReading, firstFrom, peerLoss } from './reached.ts';

const MIN_TRIALS = 5;

export function createMedian(setup: PrunerSetup, options: PrunerOptions = {}): Pruner {
  checkOptions(options);
  const minTrials = options.minTrials ?? MIN_TRIALS;
  const reading = createReading(setup.goal, options.select ?? 'best');
  return {
    name: 'median',
    judge: ({ history, trial, seed, judged }) => {
      const reports = findTrial(history, trial)?.runs.find((run) => run.seed === seed)?.reports ?? [];
      const { rungs, full } = ladderOf(setup, options, history);
      const grace = rungs[0];
      if (grace === undefined) return { action: 'continue' };
      const from = firstFrom(reports, grace);
      if (from < 0) return { action: 'continue' };
      for (let position = Math.max(judged, from); position < reports.length; position++) {
        const at = reports[position]?.step ?? grace;
        // What has come to its end has cost all that it could.
        if (full !== null && at >= full) break;
        const own = reading.lossAt(reports, position);
        if (Number.isNaN(own))
          return { action: 'stop', step: at, why: `its value at step ${at} is not a number` };
        const losses = history
          .filter((other) => other.number !== trial && other.state === 'complete')
          .map((other) => peerLoss(other, grace, at, reading))
          .filter((loss) => !Number.isNaN(loss));
        if (losses.length < minTrials) continue;
        if (own > median(losses)) {
          const why = `at step ${at} it is worse than the median of ${losses.length} complete trials`;
          return { action: 'stop', step: at, why };
        }
      }
      return { action: 'continue' };
    },
  };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  const upper = values[middle] as number;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] as number) + upper) / 2;
}
