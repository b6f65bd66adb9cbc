/**
 * Chooses the sequential design before the first pair: how many pairs at most, and what they can show.
 * N is fixed by the level and lowered by the budget, so that the worst case (all N pairs) always fits in it.
 */
import { evidenceError } from './errors.ts';
import { checkAlpha, MAX_PAIRS, MIN_PAIRS } from './limits.ts';
import { type Detectable, detectableEffect, meanPairs } from './power.ts';

const LEVEL_PAIRS = { quick: 1, standard: 8, thorough: MAX_PAIRS } as const;
export type EvidenceLevel = keyof typeof LEVEL_PAIRS;

export interface DesignQuestion {
  level: EvidenceLevel;
  /** One-sided error of the study; 0.05 where absent. */
  alpha?: number;
  /** New trainings that may be run for this comparison; null or absent: no limit. */
  runBudget?: number | null;
  /** Pairs that another budget (time) allows; null or absent: no limit. */
  affordablePairs?: number | null;
  /** Wall-clock hours, with the hours of one training and the trainings that run at once. */
  hoursBudget?: number | null;
  hoursPerRun?: number | null;
  slots?: number;
  /** Baseline runs that exist and are known to match (config, data) the first seeds of the list. */
  reusable?: number;
}

export interface ChosenDesign {
  /** `quick` where the budget holds no three pairs. */
  level: EvidenceLevel;
  plannedPairs: number;
  alpha: number;
  /** New trainings in the worst case. */
  maxRuns: number;
  /** New trainings on average when the change does nothing, and when its effect is the detectable one. */
  expectedRuns: { noEffect: number; detectable: number };
  /** The effect this design accepts with 80 % power; null for a single pair. */
  detectable: Detectable | null;
  /** Why it is not what the level asks for, and what that costs. */
  notes: string[];
}

export function chooseDesign(question: DesignQuestion): ChosenDesign {
  const { level, alpha = 0.05, slots = 1, reusable = 0 } = question;
  checkAlpha(alpha);
  for (const [name, value] of Object.entries({ ...question, reusable })) {
    if (typeof value === 'number' && !(value >= 0)) {
      throw evidenceError('EVIDENCE_BUDGET_INVALID', `${name} is ${value}.`, {
        remedy: 'Give zero or more.',
      });
    }
  }
  const wanted = LEVEL_PAIRS[level];
  const byRuns = pairsWithin(question.runBudget ?? Infinity, reusable);
  const byHours = pairsWithin(runsWithin(question, slots), reusable);
  const affordable = Math.floor(Math.min(byRuns, byHours, question.affordablePairs ?? Infinity));
  const notes: string[] = [];
  let plannedPairs = Math.min(wanted, affordable);
  if (plannedPairs < wanted && plannedPairs >= MIN_PAIRS) {
    notes.push(
      `The budget holds ${plannedPairs} pairs of runs instead of ${wanted}: only larger effects can be seen.`,
    );
  }
  if (plannedPairs < MIN_PAIRS) {
    if (level !== 'quick') {
      notes.push(
        `The budget holds fewer than ${MIN_PAIRS} pairs of runs (${costOf(MIN_PAIRS, reusable)} trainings): ` +
          'a single comparison remains, which verifies nothing.',
      );
    }
    if (affordable < 1) notes.push('The budget does not even hold one run of each trial.');
    plannedPairs = 1;
  }
  if (plannedPairs === 1) {
    const runs = costOf(1, reusable);
    return {
      level: 'quick',
      plannedPairs,
      alpha,
      maxRuns: runs,
      expectedRuns: { noEffect: runs, detectable: runs },
      detectable: null,
      notes,
    };
  }
  const detectable = detectableEffect(plannedPairs, alpha, null);
  const expected = (d: number) => costOf(meanPairs(plannedPairs, alpha, d) ?? plannedPairs, reusable);
  return {
    level,
    plannedPairs,
    alpha,
    maxRuns: costOf(plannedPairs, reusable),
    expectedRuns: { noEffect: expected(0), detectable: expected(detectable.d) },
    detectable,
    notes,
  };
}

/** New trainings that n pairs cost. */
function costOf(pairs: number, reusable: number): number {
  return 2 * pairs - Math.min(pairs, reusable);
}

/** Pairs that `runs` new trainings pay for: the first `reusable` pairs cost one, the others two. */
function pairsWithin(runs: number, reusable: number): number {
  if (runs === Infinity) return Infinity;
  const whole = Math.floor(runs);
  return whole <= reusable ? whole : Math.floor((whole + reusable) / 2);
}

function runsWithin(question: DesignQuestion, slots: number): number {
  const { hoursBudget = null, hoursPerRun = null } = question;
  if (hoursBudget === null || hoursPerRun === null || hoursPerRun === 0) return Infinity;
  return Math.floor(hoursBudget / hoursPerRun + 1e-9) * Math.max(1, Math.floor(slots));
}
