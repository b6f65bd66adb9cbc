/** Two groups of runs: which have a value, and which belong together. */
import { evidenceError } from './errors.ts';
import { MIN_PAIRS } from './limits.ts';
import { checkSeeds, type Outcome, type SeedPair, valueOf } from './outcome.ts';
import type { Note } from './verdict.ts';

/** `auto` pairs by seed where at least half of the smaller group has a partner; `position` pairs first with first. */
export type Pairing = 'auto' | 'position' | 'none';

export interface GroupRun {
  /** Null where it is not known. */
  seed: number | null;
  value: Outcome;
  /** Fingerprint of the whole curve, where known. */
  curve?: string;
}

export interface FinishedRun extends GroupRun {
  value: number;
}

/** The runs that have a value. */
export function finishedRuns(runs: readonly GroupRun[], arm: string): FinishedRun[] {
  checkSeeds(
    runs.flatMap(({ seed }) => (seed === null ? [] : [seed])),
    `The ${arm} group`,
  );
  const finished = runs.flatMap((run, index) => {
    const value = valueOf(
      run.value,
      `the ${arm} group, ${run.seed === null ? `run ${index + 1}` : `seed ${run.seed}`}`,
    );
    return value === undefined ? [] : [{ ...run, value }];
  });
  if (finished.length > 0) return finished;
  throw evidenceError('EVIDENCE_NO_RUNS', `The ${arm} group has no finished run with a value.`, {
    remedy: 'Name at least one finished run for each group.',
  });
}

/** First with first, second with second: positions from 1 stand for the seeds. */
export function pairByPosition(
  baseline: readonly GroupRun[],
  optimized: readonly GroupRun[],
): { baseline: GroupRun[]; optimized: GroupRun[] } {
  if (baseline.length !== optimized.length) {
    throw evidenceError(
      'EVIDENCE_GROUPS_UNEQUAL',
      `The baseline has ${baseline.length} runs and the optimized group ${optimized.length}: they cannot be paired by position.`,
      { remedy: 'Give equally many of each, or compare them unpaired.' },
    );
  }
  const number = (runs: readonly GroupRun[]) => runs.map((run, index) => ({ ...run, seed: index + 1 }));
  return { baseline: number(baseline), optimized: number(optimized) };
}

/** The pairs to compare, or undefined: the groups are compared unpaired. */
export function pairRuns(
  baseline: readonly FinishedRun[],
  optimized: readonly FinishedRun[],
  pairing: Pairing,
  notes: Note[],
): SeedPair[] | undefined {
  const pair = (a: FinishedRun, b: FinishedRun, seed: number): SeedPair => ({
    seed,
    baseline: a.value,
    optimized: b.value,
    curves: {
      ...(a.curve === undefined ? {} : { baseline: a.curve }),
      ...(b.curve === undefined ? {} : { optimized: b.curve }),
    },
  });
  const bySeed = new Map(optimized.map((run) => [run.seed, run]));
  const pairs = baseline.flatMap((run) => {
    const other = run.seed === null ? undefined : bySeed.get(run.seed);
    return other && run.seed !== null ? [pair(run, other, run.seed)] : [];
  });
  const fewest = Math.min(baseline.length, optimized.length);
  if (
    pairing === 'none' ||
    pairs.length === 0 ||
    (pairing === 'auto' && pairs.length < Math.max(Math.min(MIN_PAIRS, fewest), fewest / 2))
  ) {
    if (fewest > 1) {
      const message = `The runs are not paired by seed (${pairs.length} shared): Welch's test on all of them.`;
      notes.push({ code: 'unpaired', message });
    }
    return undefined;
  }
  const unpaired = baseline.length + optimized.length - 2 * pairs.length;
  if (unpaired > 0) {
    notes.push({
      code: 'seeds-unpaired',
      message: `${unpaired} ${unpaired === 1 ? 'run has' : 'runs have'} a seed that only one group has; the test rests on the ${pairs.length} shared seeds.`,
    });
  }
  return pairs;
}
