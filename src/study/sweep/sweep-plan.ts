import { suitsGp } from '../../search/samplers/auto.ts';
import { sizeOf } from '../../search/space/domain.ts';
import type { Space } from '../../search/space.ts';
import { prunerPlan } from './pruner-plan.ts';
import type { SweepPlan } from './types.ts';
import type { SweepWish } from './wish.ts';

const DEFAULT_SEEDS = 3;
const DEFAULT_TOP = 5;
/** Fresh seeds of the final round: away from those that the search used to choose. */
const FINAL_ROUND_SEEDS = 2;
const FINAL_ROUND_FROM = 100;

/** How a sweep searches: what was wished for, and defaults that fit the space. */
export function sweepPlan(
  space: Space,
  wish: SweepWish,
  {
    first,
    fullEpochs,
    firstSeed,
  }: { first: SweepPlan['first']; fullEpochs: number | null; firstSeed: number },
): SweepPlan {
  const size = space.params.reduce((product, param) => product * sizeOf(param), 1);
  const isOpenEnded = wish.trials === null && wish.epochs === null && wish.hours === null;
  const trials = wish.trials ?? (isOpenEnded ? defaultTrials(space, size, wish.sampler, first.length) : null);
  const dimensions = space.params.filter((param) => sizeOf(param) > 1).length;
  const isGrid = wish.sampler === 'grid';
  const top = wish.confirm === false ? 0 : (wish.confirm ?? DEFAULT_TOP);
  return {
    space,
    sampler: wish.sampler,
    pruner: prunerPlan(wish.pruner, fullEpochs),
    seed: wish.seed ?? 0,
    seeds: Array.from({ length: wish.seeds ?? DEFAULT_SEEDS }, (_, index) => firstSeed + index),
    first,
    budget: { trials, epochs: wish.epochs, ms: wish.hours === null ? null : wish.hours * 3_600_000 },
    patience: wish.patience === false || isGrid ? null : (wish.patience ?? Math.max(30, 10 * dimensions)),
    ...(isModelled(space, wish, trials) ? { stopsBy: 'model' as const } : {}),
    confirm:
      top === 0
        ? null
        : {
            top,
            seeds: Array.from(
              { length: FINAL_ROUND_SEEDS },
              (_, index) => firstSeed + FINAL_ROUND_FROM + index,
            ),
          },
    fullEpochs,
  };
}

/** A Gaussian process says what the rest could add where it suggests as well; a patience that somebody wrote comes first. */
function isModelled(space: Space, { sampler, patience }: SweepWish, trials: number | null): boolean {
  if (patience !== undefined || (sampler !== 'auto' && sampler !== 'gp')) return false;
  return suitsGp({ space, plannedTrials: sampler === 'auto' ? trials : null });
}

/** A grid is tried whole; otherwise ten trials for each parameter, within what a night allows. */
function defaultTrials(space: Space, size: number, sampler: string, first: number): number {
  if (sampler === 'grid' && Number.isFinite(size)) return size + first;
  return Math.min(size + first, Math.max(20, Math.min(100, 10 * space.params.length)));
}
