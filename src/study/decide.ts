import type { Decision, TargetStatus, Verdict } from './types.ts';

export interface DecisionInput {
  verdict: Verdict;
  /** null where no target is known. */
  target: TargetStatus['status'];
  iteration: number;
  maxIterations: number;
  /** Gain of each iteration against what it started from, in points (or relative %), this one last. */
  gains: readonly number[];
  /** Gains under this are diminishing, in the same unit. */
  diminishing: number;
  hasBudgetLeft: boolean;
}

/** Why a decision was taken; the words around it are the report's. */
export type DecisionBasis =
  | 'target-met'
  | 'target-met-weakly'
  | 'improved-below-target'
  | 'diminishing-returns'
  | 'iteration-limit'
  | 'no-improvement'
  | 'unstable'
  | 'met-by-luck'
  | 'more-evidence-needed'
  | 'budget-spent';

/** The decision table: verdict × target. Pure. */
export function decide(input: DecisionInput): { decision: Decision; basis: DecisionBasis } {
  const isMet = input.target === 'confirmed' || input.target === 'nominal';
  const isLast = input.iteration >= input.maxIterations;
  switch (input.verdict) {
    case 'better': {
      if (isMet) return { decision: 'finalize', basis: 'target-met' };
      const lastTwo = input.gains.slice(-2);
      if (lastTwo.length === 2 && lastTwo.every((gain) => gain < input.diminishing)) {
        return { decision: 'accept', basis: 'diminishing-returns' };
      }
      if (isLast) return { decision: 'accept', basis: 'iteration-limit' };
      return { decision: 'iterate', basis: 'improved-below-target' };
    }
    case 'not-better':
    case 'unstable':
      if (input.verdict === 'unstable') return { decision: 'rediagnose', basis: 'unstable' };
      return { decision: 'rediagnose', basis: isMet ? 'met-by-luck' : 'no-improvement' };
    case 'inconclusive':
    case 'unverified':
      if (isMet) return { decision: 'finalize', basis: 'target-met-weakly' };
      if (isLast) return { decision: 'accept', basis: 'iteration-limit' };
      if (!input.hasBudgetLeft) return { decision: 'accept', basis: 'budget-spent' };
      return { decision: 'iterate', basis: 'more-evidence-needed' };
  }
}
