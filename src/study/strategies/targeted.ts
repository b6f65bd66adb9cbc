import { orientedDifference, type SeedPair } from '../../evidence/outcome.ts';
import { pairsToNextStop } from '../../evidence/sequential.ts';
import { isPending, lastRunOf, NOT_NEEDED, shouldRepeat } from '../attempts.ts';
import { FUTILE, judgeIteration, judgeSettled, outcomeOf, SETTLED } from '../effect.ts';
import { hasResult, MATCHED_NOTE, standingRuns } from '../results.ts';
import type { Run } from '../types.ts';
import type { Conclusion, RunRequest, Stop, Strategy, StrategyView } from './_contract.ts';

export interface TargetedOptions {
  /** Wall time at most, ms; null: none. */
  budgetMs: number | null;
  /** Whether a run need not go on: a candidate that looks hopeless, a baseline run that has nothing more to tell. */
  judgeRun: Strategy['judge'];
}

/**
 * The optimized trial against its reference on shared seeds. Pairs are started in seed order and only while no look
 * could have ended the matter, so that parallel slots neither spoil the stopping rule nor start runs needlessly. Where
 * the first pair shows no gain, the second baseline run goes before the second candidate: it may settle the matter.
 */
export function targeted(options: TargetedOptions): Strategy {
  return {
    name: 'targeted',

    next(view): RunRequest[] {
      const { reference, optimized, plannedPairs } = view.iteration;
      if (isOutOfTime(view)) return [];
      const waitsForBaseline = isFirstLookOpen(view);
      const startable = plannedPairs <= 2 ? plannedPairs : pairsToNextStop(completePairs(view));
      const wanted: RunRequest[] = [];
      for (const seed of seedsOf(view).slice(0, startable)) {
        if (needsRun(view, referenceRun(view, seed))) wanted.push({ trial: reference, seed });
        if (waitsForBaseline && seed !== seedsOf(view)[0]) continue;
        if (needsRun(view, lastRunOf(view.record, optimized, seed))) wanted.push({ trial: optimized, seed });
      }
      return wanted;
    },

    judge(run, points, view): Stop | null {
      return options.judgeRun(run, points, view);
    },

    conclude(view): Conclusion | undefined {
      const { iteration, record, metric } = view;
      for (const seed of seedsOf(view)) {
        for (const run of [referenceRun(view, seed), lastRunOf(record, iteration.optimized, seed)]) {
          if (run && isBroken(run) && !shouldRepeat(record, run)) return failure(run);
        }
      }
      if (!metric) return undefined;
      const settled = settledRun(view);
      if (settled?.failure) {
        const { verdict, reason, effect, stop } = judgeSettled(
          pairsOf(view),
          iteration,
          metric,
          settled.failure.message,
        );
        return { kind: 'verdict', verdict, reason, gain: effect, stop };
      }
      const isSpent = isOutOfTime(view) && !hasPending(view);
      const judged = judgeIteration(pairsOf(view), iteration, metric, isSpent);
      return (
        judged && {
          kind: 'verdict',
          verdict: judged.verdict,
          reason: judged.reason,
          gain: judged.effect,
          stop: judged.stop,
        }
      );
    },
  };

  function isOutOfTime(view: StrategyView): boolean {
    if (options.budgetMs === null || completePairs(view) === 0) return false;
    return view.elapsedMs + longestRunMs(view) > options.budgetMs;
  }
}

const seedsOf = ({ iteration }: StrategyView): (number | null)[] =>
  iteration.seeds.slice(0, iteration.plannedPairs);

/** The reference's run that stands for a seed. An adopted run of unproven seed counts only in a single comparison. */
function referenceRun({ record, iteration }: StrategyView, seed: number | null): Run | undefined {
  const standing = standingRuns(record, iteration.reference);
  if (iteration.plannedPairs === 1) {
    const adopted = standing.find(hasResult);
    if (adopted) return adopted;
  }
  const own = lastRunOf(record, iteration.reference, seed);
  if (own && own.status !== 'adopted') return own;
  return standing.find(
    (run) => run.seed === seed && hasResult(run) && (run.status !== 'adopted' || isProven(run)),
  );
}

function isProven(run: Run): boolean {
  return run.notes.includes(MATCHED_NOTE);
}

function needsRun(view: StrategyView, run: Run | undefined): boolean {
  if (run === undefined || shouldRepeat(view.record, run)) return true;
  // A reference run that an earlier iteration had no more need of.
  return run.trial === view.iteration.reference && isCut(run) && settledRun(view) === undefined;
}

function isCut({ status, failure }: Run): boolean {
  return status === 'stopped' && (failure?.code === SETTLED || failure?.code === NOT_NEEDED);
}

/** Whether the first look is still to come: the second candidate is not started before it. */
function isFirstLookOpen(view: StrategyView): boolean {
  const [first, second] = pairsOf(view);
  if (!first || !second || view.iteration.plannedPairs < 3) return false;
  const { baseline, optimized } = first;
  if (baseline === 'pending' || optimized === 'pending') return true;
  if (typeof baseline !== 'number' || typeof optimized !== 'number') return false;
  // A gain on the first pair: the look cannot end the matter.
  const goal = view.metric?.goal ?? 'max';
  return orientedDifference(baseline, optimized, goal) < 0 && second.baseline === 'pending';
}

/** The second baseline run, where it was stopped because the first look of this iteration was clear. */
function settledRun(view: StrategyView): Run | undefined {
  const [seed, second] = seedsOf(view);
  if (seed === undefined || second === undefined) return undefined;
  const run = lastRunOf(view.record, view.iteration.reference, second);
  const candidate = lastRunOf(view.record, view.iteration.optimized, seed);
  if (run?.failure?.code !== SETTLED || !candidate || !hasResult(candidate)) return undefined;
  // Runs are recorded in the order of their starts: one that was settled by an earlier candidate comes before this one.
  const order = [...view.record.runs.keys()];
  return order.indexOf(run.id) > order.indexOf(candidate.id) ? run : undefined;
}

function pairsOf(view: StrategyView): SeedPair[] {
  const { record, iteration } = view;
  return seedsOf(view).map((seed, index) => {
    const before = referenceRun(view, seed);
    const after = lastRunOf(record, iteration.optimized, seed);
    const prints = { baseline: before?.value?.fingerprint, optimized: after?.value?.fingerprint };
    return {
      seed: seed ?? index,
      baseline: outcomeOf(record, before),
      optimized: outcomeOf(record, after),
      curves: {
        ...(prints.baseline === undefined ? {} : { baseline: prints.baseline }),
        ...(prints.optimized === undefined ? {} : { optimized: prints.optimized }),
      },
    };
  });
}

/** Pairs that are complete, from the first seed up to the first gap. */
function completePairs(view: StrategyView): number {
  const gap = pairsOf(view).findIndex(
    ({ baseline, optimized }) => baseline === 'pending' || optimized === 'pending',
  );
  return gap < 0 ? seedsOf(view).length : gap;
}

function hasPending({ record }: StrategyView): boolean {
  return [...record.runs.values()].some(isPending);
}

function longestRunMs({ record }: StrategyView): number {
  let longest = 0;
  for (const run of record.runs.values()) {
    if (hasResult(run) && run.startedAt !== null && run.endedAt !== null)
      longest = Math.max(longest, run.endedAt - run.startedAt);
  }
  return longest;
}

function isBroken(run: Run): boolean {
  const code = run.failure?.code;
  return (
    run.status === 'failed' ||
    (run.status === 'stopped' && code !== FUTILE && code !== SETTLED && code !== NOT_NEEDED)
  );
}

function failure(run: Run): Conclusion {
  return {
    kind: 'failed',
    code: run.failure?.code ?? 'TRAINING_FAILED',
    message: `${run.id}: ${run.failure?.message ?? 'the training ended without a result.'}`,
    remedy:
      run.failure?.remedy ??
      `See its output with \`pawl logs ${run.id}\`, then continue with \`pawl optimize --resume\`.`,
  };
}
