/**
 * The state of the evolution strategy as a function of the history: trials in order of number are cut into generations;
 * the first one (Sobol points) gives the start, each further one an update. A generation waits for its running trials until
 * the next one is complete in number; then they count as absent. When the search has contracted or stands still, it starts
 * again elsewhere with twice as many points (IPOP, Auger & Hansen 2005).
 */
import type { Goal } from '../../../metrics/_contract.ts';
import type { History, Trial } from '../../_contract.ts';
import { lossOf } from '../../trial.ts';
import { Strategy, type Told } from './strategy.ts';

const START_SIGMA = 0.2;
/** A spread below this share of the range cannot be seen in a config any more. */
const CONTRACTED = 1e-5;
const MAX_LAMBDA = 256;

export interface Evolution {
  /** Null as long as the first generation is not complete. */
  strategy: Strategy | null;
  lambda: number;
  /** How many trials the generations so far have used. */
  used: number;
  /** Best loss of each generation since the last restart. */
  bests: number[];
  restarts: number;
}

export type Encode = (trial: Trial) => Float64Array | null;

export function createReplay(
  n: number,
  goal: Goal,
  encode: Encode,
  startAt: (restart: number) => Float64Array,
) {
  const first = (): Evolution => ({
    strategy: null,
    lambda: populationOf(n),
    used: 0,
    bests: [],
    restarts: 0,
  });
  let state = first();
  let seen: Trial[] = [];
  return (history: History): Evolution => {
    // What was used must be what is there; a trial that ended late in an old generation means replaying.
    const isSame = seen.length <= history.length && seen.every((trial, at) => history[at] === trial);
    if (!isSame) state = first();
    while (state.used + state.lambda <= history.length) {
      const block = history.slice(state.used, state.used + state.lambda);
      const isWaiting = block.some(({ state: at }) => at === 'running' || at === 'paused');
      if (isWaiting && state.used + 2 * state.lambda > history.length) break;
      advance(state, block, { n, goal, encode, startAt });
      state.used += block.length;
    }
    seen = history.slice(0, state.used);
    return state;
  };
}

interface Rules {
  n: number;
  goal: Goal;
  encode: Encode;
  startAt: (restart: number) => Float64Array;
}

function advance(state: Evolution, block: History, { n, goal, encode, startAt }: Rules): void {
  const told: Told[] = [];
  for (const trial of block) {
    const x = trial.state === 'running' ? null : encode(trial);
    if (x !== null) told.push({ x, loss: lossIn(trial, goal) });
  }
  const best = told.reduce<Told | undefined>(
    (least, one) => (one.loss < (least?.loss ?? Infinity) ? one : least),
    undefined,
  );
  if (best === undefined) return;
  if (state.strategy === null) {
    state.strategy = new Strategy(Float64Array.from(best.x), START_SIGMA, state.lambda);
    return;
  }
  if (told.length >= 2) state.strategy.tell(told);
  state.bests.push(best.loss);
  if (!hasEnded(state, n)) return;
  state.restarts += 1;
  state.lambda = Math.min(MAX_LAMBDA, 2 * state.lambda);
  state.bests = [];
  state.strategy = new Strategy(startAt(state.restarts), 1.5 * START_SIGMA, state.lambda);
}

function hasEnded({ strategy, bests, lambda }: Evolution, n: number): boolean {
  if (strategy === null) return false;
  let widest = 0;
  for (let at = 0; at < n; at++) widest = Math.max(widest, strategy.spread(at));
  if (widest < CONTRACTED || !Number.isFinite(widest)) return true;
  const window = 10 + Math.ceil((30 * n) / lambda);
  const recent = bests.slice(-window);
  return (
    recent.length === window && Math.max(...recent) - Math.min(...recent) <= 1e-12 * Math.abs(recent[0] ?? 0)
  );
}

/** Pruned trials are worse than all complete ones, the further they got the better; failed ones are worst. */
function lossIn(trial: Trial, goal: Goal): number {
  if (trial.value !== null && Number.isFinite(trial.value)) return lossOf(trial.value, goal);
  const step =
    trial.state === 'pruned' || trial.state === 'paused' ? trial.runs[0]?.reports.at(-1)?.step : undefined;
  return step === undefined ? Infinity : 1e300 / (1 + Math.max(0, step));
}

export function populationOf(n: number): number {
  return 4 + Math.floor(3 * Math.log(Math.max(1, n)));
}
