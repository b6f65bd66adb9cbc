/**
 * Seeds as part of the budget: which configuration is the best, how good is it really, and is the next run better spent on
 * another seed of a promising configuration or on a new one?
 */
import type { Goal } from '../metrics/_contract.ts';
import type { History, Trial } from './_contract.ts';
import { noiseOf, sampledOf, type Noise, type Sampled } from './racing/noise.ts';
import { fitPrior, posteriorOf } from './racing/prior.ts';
import { completeRuns, seedEffectsOf } from './racing/seed-effects.ts';
import { worthOfNew, worthOfRuns } from './racing/worth.ts';

/** What is believed of one trial's configuration. */
export interface Standing {
  readonly trial: number;
  readonly runs: number;
  /** Mean of its runs, as measured. */
  readonly measured: number;
  /** Its expected value, with the luck of the draw taken out: what it may be said to reach. */
  readonly expected: number;
  /** Standard deviation of that belief. */
  readonly sd: number;
}

export interface Standings {
  /** Best first, by expected value. */
  readonly ranked: readonly Standing[];
  readonly noise: Noise;
}

export interface StandingOptions {
  /**
   * A configuration is judged by its mean over so many seeds (a fixed list): those that it has had count as they are.
   * Default: over all seeds there could be.
   */
  seeds?: number | undefined;
}

/** All trials with a complete run, by expected value: the first is the one to choose, never merely the luckiest. */
export function standingsOf(history: History, goal: Goal, options: StandingOptions = {}): Standings {
  const sign = goal === 'max' ? 1 : -1;
  const { sampled, spent } = sampledTrials(history, goal);
  if (sampled.length === 0) return { ranked: [], noise: { sd: 0, freedom: 0 } };
  const noise = noiseOf(sampled, spent);
  const prior = fitPrior(sampled, noise.sd);
  const ranked = sampled
    .map((one) => {
      const { mean, variance } = posteriorOf(one, noise.sd, prior);
      const missing = options.seeds === undefined ? Infinity : Math.max(0, options.seeds - one.runs);
      if (missing === Infinity) return { one, mean, sd: Math.sqrt(variance) };
      const share = missing / (missing + one.runs);
      const doubt = missing === 0 ? 0 : variance + noise.sd ** 2 / missing;
      return { one, mean: share * mean + (1 - share) * one.mean, sd: share * Math.sqrt(doubt) };
    })
    .sort((a, b) => b.mean - a.mean || b.one.runs - a.one.runs || a.one.index - b.one.index)
    .map(({ one, mean, sd }): Standing => ({
      trial: (history[one.index] as Trial).number,
      runs: one.runs,
      measured: sign * one.mean,
      expected: sign * mean,
      sd,
    }));
  return { ranked, noise };
}

export type NextRun =
  | { readonly kind: 'new'; readonly why: string }
  /** `runs`: how many runs it has or is having; its next seed is that one of the shared list. */
  | { readonly kind: 'repeat'; readonly trial: number; readonly runs: number; readonly why: string };

export interface RacingOptions extends StandingOptions {
  /** Configurations that are tried before any of them is repeated. Default 8. */
  warmup?: number;
  /** No configuration gets more runs than this. Default 10. */
  mostRuns?: number;
  /** What a new configuration costs, in runs; below 1 where bad ones are stopped early. Default 1. */
  newCost?: number;
}

const WARMUP = 8;
const MOST_RUNS = 10;
/** Degrees of freedom below which the noise is measured before it is relied upon. */
const LEAST_FREEDOM = 3;
/** Suggestions that say what the next one will be like. */
const RECENT = 20;

/** What the next free slot should do. A function of the history: running repeats count as runs that are on their way. */
export function nextRun(history: History, goal: Goal, options: RacingOptions = {}): NextRun {
  const { ranked, noise } = standingsOf(history, goal, options);
  const warmup = options.warmup ?? WARMUP;
  const mostRuns = options.mostRuns ?? options.seeds ?? MOST_RUNS;
  if (ranked.length < warmup)
    return { kind: 'new', why: `the first ${warmup} configurations are tried once` };
  const byNumber = new Map(history.map((trial) => [trial.number, trial]));
  const runsOf = ({ trial }: Standing): number => plannedRuns(byNumber.get(trial));
  const open = ranked.filter((standing) => runsOf(standing) < mostRuns);
  if (noise.freedom < LEAST_FREEDOM) {
    const pending = ranked.reduce((sum, standing) => sum + Math.max(0, runsOf(standing) - 1), 0);
    const unrepeated = open.find((standing) => runsOf(standing) < 2);
    if (pending < LEAST_FREEDOM && unrepeated !== undefined) {
      return {
        kind: 'repeat',
        trial: unrepeated.trial,
        runs: runsOf(unrepeated),
        why: 'a second seed shows how much of the differences is luck',
      };
    }
  }
  const sign = goal === 'max' ? 1 : -1;
  const value = ({ expected }: Standing): number => sign * expected;
  const [first, second] = ranked;
  if (first === undefined) return { kind: 'new', why: 'nothing is measured yet' };
  let chosen: { standing: Standing; worth: number } | undefined;
  for (const standing of open) {
    const rival = standing === first ? second : first;
    if (rival === undefined) continue;
    // A run on its way will have shrunk the doubt by the time this one ends.
    const extra = runsOf(standing) - standing.runs;
    const variance = shrunk(standing.sd ** 2, noise.sd, extra);
    const worth = worthOfRuns(value(standing), variance, value(rival), noise.sd);
    if (chosen === undefined || worth > chosen.worth) chosen = { standing, worth };
  }
  const worthNew = worthOfNext(ranked, noise.sd, value) / (options.newCost ?? 1);
  if (chosen === undefined || worthNew >= chosen.worth) {
    return { kind: 'new', why: 'a new configuration promises more than another seed' };
  }
  const { standing } = chosen;
  return {
    kind: 'repeat',
    trial: standing.trial,
    runs: runsOf(standing),
    why:
      standing === first
        ? `another seed shows whether the best so far (${standing.runs} runs) is as good as it looks`
        : `another seed shows whether trial ${standing.trial} (${standing.runs} runs) is better than trial ${first.trial}`,
  };
}

function shrunk(variance: number, sd: number, runs: number): number {
  return runs > 0 && sd > 0 ? 1 / (1 / Math.max(variance, 1e-300) + runs / sd ** 2) : variance;
}

/** What the next suggestion is worth, if it is like one of the latest: they alone know how long the tails are. */
function worthOfNext(ranked: readonly Standing[], sd: number, value: (standing: Standing) => number): number {
  const best = value(ranked[0] as Standing);
  const recent = [...ranked].sort((a, b) => b.trial - a.trial).slice(0, RECENT);
  return recent.reduce((sum, one) => sum + worthOfNew(value(one), one.sd ** 2, best, sd), 0) / recent.length;
}

/** Complete and running runs; failed ones are no measurement. */
export function plannedRuns(trial: Trial | undefined): number {
  return trial?.runs.filter(({ state }) => state === 'complete' || state === 'running').length ?? 0;
}

/** Complete runs of each trial, seed effects taken out. */
function sampledTrials(history: History, goal: Goal): { sampled: Sampled[]; spent: number } {
  const complete = completeRuns(history, goal);
  const effects = seedEffectsOf(complete);
  const sampled = complete.map(({ index, seeds, values }) =>
    sampledOf(
      index,
      values.map((value, run) => value - effects.of(seeds[run] as number | null)),
    ),
  );
  return { sampled, spent: effects.spent };
}
