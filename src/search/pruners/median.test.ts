import { describe, expect, test } from 'vitest';
import { curve, describePruner, trialWith } from './conformance.ts';
import { createMedian } from './median.ts';

describePruner('median', (setup) => createMedian(setup));

describe('median', () => {
  const peers = [0.9, 0.8, 0.7, 0.6, 0.5].map((level, number) =>
    trialWith(number, 'complete', curve(level, 27)),
  );
  test.each([
    [0.69, 'stop'],
    [0.71, 'continue'],
  ])('level %d against a median of 0.7: %s', (level, expected) => {
    const history = [...peers, trialWith(9, 'running', curve(level, 5))];
    const pruner = createMedian({ goal: 'max', fullStep: 27 });
    expect(pruner.judge({ history, trial: 9, seed: 1, judged: 4 }).action).toBe(expected);
    expect(pruner.judge({ history: history.slice(1), trial: 9, seed: 1, judged: 4 }).action).toBe('continue');
  });
});
