import { describe, expect, test } from 'vitest';
import { decide, type DecisionInput } from './decide.ts';

const base: DecisionInput = {
  verdict: 'better',
  target: 'not-met',
  iteration: 1,
  maxIterations: 3,
  gains: [4],
  diminishing: 2,
  hasBudgetLeft: true,
};

describe('decision table', () => {
  test.each<[Partial<DecisionInput>, string, string]>([
    [{ target: 'confirmed' }, 'finalize', 'target-met'],
    [{ target: 'nominal' }, 'finalize', 'target-met'],
    [{}, 'iterate', 'improved-below-target'],
    [{ target: null }, 'iterate', 'improved-below-target'],
    [{ iteration: 2, gains: [1.9, 1.1] }, 'accept', 'diminishing-returns'],
    [{ iteration: 2, gains: [2, 1.1] }, 'iterate', 'improved-below-target'],
    [{ iteration: 1, gains: [0.5] }, 'iterate', 'improved-below-target'],
    [{ iteration: 3, gains: [4, 3, 2.5] }, 'accept', 'iteration-limit'],
    [{ iteration: 3, gains: [4, 1, 1.5], target: 'nominal' }, 'finalize', 'target-met'],
    [{ verdict: 'not-better' }, 'rediagnose', 'no-improvement'],
    [{ verdict: 'not-better', target: 'nominal' }, 'rediagnose', 'met-by-luck'],
    [{ verdict: 'unstable', target: 'nominal' }, 'rediagnose', 'unstable'],
    [{ verdict: 'unstable' }, 'rediagnose', 'unstable'],
    [{ verdict: 'inconclusive', target: 'nominal' }, 'finalize', 'target-met-weakly'],
    [{ verdict: 'inconclusive' }, 'iterate', 'more-evidence-needed'],
    [{ verdict: 'unverified' }, 'iterate', 'more-evidence-needed'],
    [{ verdict: 'unverified', target: 'nominal' }, 'finalize', 'target-met-weakly'],
    [{ verdict: 'unverified', hasBudgetLeft: false }, 'accept', 'budget-spent'],
    [{ verdict: 'inconclusive', iteration: 3, gains: [1, 1, 1] }, 'accept', 'iteration-limit'],
  ])('%j → %s (%s)', (input, decision, basis) => {
    expect(decide({ ...base, ...input })).toEqual({ decision, basis });
  });
});
