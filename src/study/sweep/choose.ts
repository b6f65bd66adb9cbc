import type { Goal } from '../../metrics/_contract.ts';
import { standingsOf } from '../../search/racing.ts';
import type { Candidate } from './ledger.ts';

/** A configuration and what is believed of it. */
export interface Ranked {
  candidate: Candidate;
  /** Mean over its complete runs. */
  mean: number;
  n: number;
  /** Its expected value, with the luck of the draw taken out. */
  posterior: number;
  /** Standard deviation of that belief. */
  sd: number;
}

/** Configurations with a result, best first by posterior mean: never merely the luckiest. */
export function rankCandidates(candidates: readonly Candidate[], goal: Goal): Ranked[] {
  const { ranked } = standingsOf(
    candidates.map(({ search }) => search),
    goal,
  );
  const byNumber = new Map(candidates.map((candidate) => [candidate.search.number, candidate]));
  return ranked.flatMap(({ trial, runs, measured, expected, sd }): Ranked[] => {
    const candidate = byNumber.get(trial);
    return candidate ? [{ candidate, mean: measured, n: runs, posterior: expected, sd }] : [];
  });
}
