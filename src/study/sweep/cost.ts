import { sizeOf } from '../../search/space/domain.ts';
import type { Cost } from '../cost.ts';
import { sweepError } from './errors.ts';
import { RACING_SHARE } from './parts.ts';
import type { SweepPlan } from './types.ts';

/** Trainings at most; null: no number of them is set. */
export interface Trainings {
  search: number | null;
  confirm: number;
}

export function trainingsOf(
  { budget, confirm, fullEpochs, seeds, space, first }: SweepPlan,
  pairs: number,
): Trainings {
  const racing = seeds.length > 1 ? 1 + RACING_SHARE : 1;
  // A space may hold fewer configurations than the budget allows.
  const size = space.params.reduce((product, param) => product * sizeOf(param), 1) + first.length;
  const byTrials = Math.floor(Math.min(budget.trials ?? Infinity, size) * racing);
  const byEpochs =
    budget.epochs === null || fullEpochs === null ? Infinity : Math.floor(budget.epochs / fullEpochs);
  const search = Math.min(byTrials, byEpochs);
  return {
    search: Number.isFinite(search) ? search : null,
    confirm: confirm === null ? 0 : finalRoundTrainings(confirm) + 2 * pairs,
  };
}

const finalRoundTrainings = ({ top, seeds }: { top: number; seeds: readonly number[] }): number =>
  top < 2 ? 0 : top * seeds.length;

export function epochsOf({ budget, fullEpochs }: SweepPlan, { search, confirm }: Trainings): number | null {
  if (fullEpochs === null) return budget.epochs;
  const most = search === null ? null : (search + confirm) * fullEpochs;
  if (budget.epochs === null) return most;
  return Math.min(most ?? Infinity, budget.epochs + confirm * fullEpochs);
}

export function refuseSmallBudget({ budget, fullEpochs }: SweepPlan, cost: Cost, slots: number): void {
  const fail = (message: string, remedy: string): never => {
    throw sweepError('SWEEP_BUDGET_TOO_SMALL', message, { remedy });
  };
  if (budget.trials !== null && budget.trials < 2)
    fail(
      'A budget of one trial trains the baseline and nothing else.',
      'Allow two trials or more (--trials, `sweep.budget.trials`).',
    );
  if (budget.epochs !== null && fullEpochs !== null && budget.epochs < fullEpochs)
    fail(
      `A budget of ${budget.epochs} epochs is smaller than one training of ${fullEpochs}.`,
      'Allow more epochs (--epochs, `sweep.budget.epochs`), or lower the epoch limit of the config.',
    );
  if (budget.ms === null || cost.secondsPerEpoch === null || fullEpochs === null) return;
  const oneMs = cost.secondsPerEpoch * fullEpochs * 1000;
  if (budget.ms < oneMs)
    fail(
      `A budget of ${hours(budget.ms)} is smaller than one training, which takes about ${hours(oneMs)} (time per epoch from ${cost.basis}).`,
      `Allow more time (--hours, \`sweep.budget.hours\`); with ${slots} at a time the search needs several trainings.`,
    );
}

const hours = (ms: number): string => `${Number((ms / 3_600_000).toPrecision(2))} h`;
