import { isPending, lastRunOf, shouldRepeat } from '../attempts.ts';
import type { Conclusion, RunRequest, Strategy, StrategyView } from './_contract.ts';

/** The final trainings: one for each seed, all of which must end well. */
export function final(trial: string, seeds: readonly number[]): Strategy {
  const lastOf = (view: StrategyView, seed: number) => lastRunOf(view.record, trial, seed);
  return {
    name: 'final',
    next: (view): RunRequest[] =>
      seeds
        .filter((seed) => {
          const run = lastOf(view, seed);
          return run === undefined || shouldRepeat(view.record, run);
        })
        .map((seed) => ({ trial, seed })),
    judge: () => null,
    conclude(view): Conclusion | undefined {
      let isOpen = false;
      for (const seed of seeds) {
        const run = lastOf(view, seed);
        if (run === undefined || isPending(run) || shouldRepeat(view.record, run)) isOpen = true;
        else if (run.status !== 'finished') {
          return {
            kind: 'failed',
            code: 'TRAINING_FAILED',
            message: `The final training with seed ${seed} ended as ${run.status}: ${run.failure?.message ?? 'no result'}`,
            remedy: run.failure?.remedy ?? `See \`pawl logs ${run.id}\`, then run \`pawl finalize\` again.`,
          };
        }
      }
      return isOpen ? undefined : { kind: 'done' };
    },
  };
}
