import type { SearchSetup } from '../../search/_contract.ts';
import { createGainModel } from '../../search/gp/further-gain.ts';
import { judgeSearch } from '../../search/stopping.ts';
import { showAmount } from '../show.ts';
import type { StrategyView } from '../strategies/_contract.ts';
import { hasNoGainLeft } from './gain.ts';
import type { Ledger } from './ledger.ts';
import type { SweepPlan } from './types.ts';

/** Why a search ends although its budget does not; null while it goes on. A function of the stored study. */
export type Stopper = (ledger: Ledger, view: StrategyView) => string | null;

/** A model of the metric is asked once in so many trials: its answer changes slowly. */
const EVERY = 5;

export function stopperOf(plan: SweepPlan, setup: SearchSetup): Stopper {
  const { patience } = plan;
  if (patience === null) return () => null;
  const judge: Stopper =
    plan.stopsBy === 'model'
      ? byModel(plan, setup)
      : ({ candidates }, { metric }) => metric && hasNoGainLeft(candidates, metric, patience);
  let known: { version: number; reason: string | null } | undefined;
  return (ledger, view) => {
    if (known?.version !== ledger.version) known = { version: ledger.version, reason: judge(ledger, view) };
    return known.reason;
  };
}

function byModel(plan: SweepPlan, setup: SearchSetup): Stopper {
  const gain = createGainModel(setup);
  return (ledger, view) => {
    const { metric } = view;
    const { own } = ledger;
    if (!metric || own === 0 || own % EVERY !== 0) return null;
    const remaining = trialsLeft(plan, ledger, view);
    if (remaining < 1) return null;
    const { history } = ledger;
    const ask = { show: (value: number) => showAmount(value, metric) };
    // Without a look at the model where even the mere course of the best forbids an end.
    const { goal } = setup;
    const dimensions = plan.space.params.length;
    if (!judgeSearch(history, goal, remaining, dimensions, { ...ask, modelGain: 0 }).stop) return null;
    const modelGain = gain(history, own, remaining);
    const judged = judgeSearch(history, goal, remaining, dimensions, { ...ask, modelGain });
    return judged.stop ? `Further gain is unlikely. ${judged.reason}` : null;
  };
}

/** Trials that the budget still pays for, at the price of those so far. */
function trialsLeft(
  { budget }: SweepPlan,
  { own, epochsSpent }: Ledger,
  { elapsedMs }: StrategyView,
): number {
  const left = [
    budget.trials === null ? Infinity : budget.trials - own,
    budget.epochs === null || epochsSpent === 0
      ? Infinity
      : ((budget.epochs - epochsSpent) / epochsSpent) * own,
    budget.ms === null || elapsedMs === 0 ? Infinity : ((budget.ms - elapsedMs) / elapsedMs) * own,
  ];
  const least = Math.min(...left);
  return Number.isFinite(least) ? Math.max(0, Math.floor(least)) : own;
}
