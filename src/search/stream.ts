import { createRng, type Rng } from '../math/rng.ts';

/** Keeps the draws of trials apart from whatever else uses the study's seed. */
const TRIALS = 0x5ea2c4;

/** The random stream of a trial: a function of (study seed, trial number) and of nothing else. */
export function trialStream(seed: number, number: number): Rng {
  return createRng(seed, TRIALS, number);
}

/** The random stream of a whole study, for what is drawn once (a grid's order, the scrambling of a sequence). */
export function studyStream(seed: number, purpose: number): Rng {
  return createRng(seed, TRIALS + 1, purpose);
}
