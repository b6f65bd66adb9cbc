import { describe, expect, test } from 'vitest';
import type { History, TrialState } from '../_contract.ts';
import { trialOf } from '../trial.ts';
import { isToFinish } from './share.ts';

const trial = (number: number, state: TrialState, steps: number) =>
  trialOf(number, {}, [
    { seed: 0, state, value: state === 'complete' ? 1 : null, reports: [{ step: steps, value: 1 }] },
  ]);
/** Finished trainings of 50 epochs and stopped ones of 5. */
const history = (complete: number, stopped: number): History =>
  Array.from({ length: complete + stopped }, (_, i) =>
    i < complete ? trial(i, 'complete', 50) : trial(i, 'pruned', 5),
  );

describe('share of finished trainings', () => {
  test.each([
    ['nothing yet', 0, 0, false],
    ['none has finished', 0, 99, false],
    ['5 finished should have 5/12: 250 of 600 epochs are enough', 5, 70, false],
    ['250 of 605 are not', 5, 71, true],
    ['40 finished should have 0.85: 2,000 of 2,350 are enough', 40, 70, false],
    ['2,000 of 2,355 are not', 40, 71, true],
  ])('%s', (_, complete, stopped, isShort) => {
    expect(isToFinish(history(complete, stopped), 500)).toBe(isShort);
    expect(isToFinish(history(complete, stopped), 501)).toBe(false);
  });
});
