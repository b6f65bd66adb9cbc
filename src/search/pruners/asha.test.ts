import { describe, expect, test } from 'vitest';
import { createAsha, createAshaPromotion } from './asha.ts';
import { curve, describePruner, trialWith } from './conformance.ts';

describePruner('asha', (setup) => createAsha(setup));
describePruner('asha-promotion', (setup) => createAshaPromotion(setup));

const setup = { goal: 'max', fullStep: 27 } as const;

describe('asha', () => {
  const peers = [0.9, 0.8, 0.7, 0.6, 0.5].map((level, number) =>
    trialWith(number, 'complete', curve(level, 27)),
  );
  const judge = (level: number, steps: number, judged: number, options = {}): string =>
    createAsha(setup, options).judge({
      history: [...peers, trialWith(9, 'running', curve(level, steps))],
      trial: 9,
      seed: 1,
      judged,
    }).action;

  test.each([
    // Rungs 1, 3 and 9: of six trials two go on.
    [0.85, 3, 2, 'continue'],
    [0.75, 3, 2, 'stop'],
    // Between rungs nothing is judged; several new reports at once are.
    [0.1, 5, 4, 'continue'],
    [0.1, 5, 2, 'stop'],
  ])('level %d after %i steps, %i judged before: %s', (level, steps, judged, expected) => {
    expect(judge(level, steps, judged)).toBe(expected);
  });

  test('grace, reduction and the least number of trials', () => {
    expect(judge(0.1, 3, 0, { grace: 4 })).toBe('continue');
    expect(judge(0.75, 2, 1, { grace: 2, reduction: 2 })).toBe('continue');
    expect(judge(0.1, 3, 0, { minTrials: 6 })).toBe('continue');
    for (const options of [{ grace: 0 }, { reduction: 1 }, { minTrials: 0.5 }]) {
      expect(() => createAsha(setup, options)).toThrow(
        expect.objectContaining({ code: 'SEARCH_OPTION_INVALID' }),
      );
    }
  });

  test('says where a run stands', () => {
    const history = [...peers, trialWith(9, 'running', curve(0.75, 3))];
    expect(createAsha(setup).judge({ history, trial: 9, seed: 1, judged: 2 })).toEqual({
      action: 'stop',
      step: 3,
      why: 'at step 3 it is number 3 of 6; the best 2 go on',
    });
  });

  test('compares runs that report every 4 steps with their peers at the same step', () => {
    const run = trialWith(9, 'running', curve(0.85, 4, { every: 4 }));
    const judgement = createAsha(setup).judge({ history: [...peers, run], trial: 9, seed: 1, judged: 0 });
    expect(judgement.action).toBe('continue');
  });
});

describe('asha-promotion', () => {
  test('promotes the best third of a rung, from the top rung down, and otherwise starts anew', () => {
    const pruner = createAshaPromotion(setup);
    const paused = [0.5, 0.9, 0.7].map((level, number) => trialWith(number, 'paused', curve(level, 1)));
    expect(pruner.nextJob?.(paused.slice(0, 2))).toEqual({ kind: 'new', toStep: 1 });
    expect(pruner.nextJob?.(paused)).toEqual({ kind: 'promote', trial: 1, toStep: 3 });
    const promoted = paused.map((trial) =>
      trial.number === 1 ? trialWith(1, 'running', curve(0.9, 2)) : trial,
    );
    expect(pruner.nextJob?.(promoted)).toEqual({ kind: 'new', toStep: 1 });
  });
});
