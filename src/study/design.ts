import { chooseDesign } from '../evidence/design.ts';
import type { EvidenceLevel } from './types.ts';

export interface DesignWish {
  level: EvidenceLevel;
  /** Seeds the user named; they decide the number of pairs. */
  seeds: readonly number[] | undefined;
  firstSeed: number;
  runBudget: number | null;
  /** Pairs that the hours allow, at the known time of a run; null where it is not known or there is no limit. */
  affordablePairs: number | null;
  /** Runs of the reference that exist already and count. */
  reusable: number;
  alpha: number;
}

export interface Design {
  level: EvidenceLevel;
  seeds: number[];
  plannedPairs: number;
  alpha: number;
  notes: string[];
}

const FEWEST_PAIRS_FOR_A_TEST = 3;

/** How many pairs at most, fixed before the first one. */
export function designStudy(wish: DesignWish): Design {
  const notes: string[] = [];
  const { seeds } = wish;
  let pairs: number;
  let level = wish.level;
  if (seeds && seeds.length > 0) {
    pairs = Math.min(seeds.length, 10);
    if (seeds.length > 10) notes.push(`${seeds.length} seeds were named; the test uses the first 10.`);
    if (pairs < FEWEST_PAIRS_FOR_A_TEST) level = 'quick';
  } else {
    const chosen = chooseDesign(wish);
    pairs = chosen.plannedPairs;
    level = chosen.level;
    notes.push(...chosen.notes);
  }
  const list =
    seeds && seeds.length > 0 ? [...seeds] : Array.from({ length: pairs }, (_, i) => wish.firstSeed + i);
  return { level, seeds: list.slice(0, pairs), plannedPairs: pairs, alpha: wish.alpha, notes };
}
