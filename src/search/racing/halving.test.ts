import { describe, expect, test } from 'vitest';
import { createRng } from '../../math/rng.ts';
import type { Trial } from '../_contract.ts';
import { plannedRuns } from '../racing.ts';
import { trialOf } from '../trial.ts';
import { nextHalvingRun } from './halving.ts';

const once = (count: number, noise: number): Trial[] => {
  const rng = createRng(5);
  return Array.from({ length: count }, (_, number) =>
    trialOf(number, { x: number }, [
      { seed: 0, state: 'complete', value: number / count + noise * rng.normal(), reports: [] },
    ]),
  );
};

const add = (trial: Trial, state: 'complete' | 'running', value: number | null): Trial =>
  trialOf(trial.number, trial.params, [
    ...trial.runs,
    { seed: trial.runs.length, state, value, reports: [] },
  ]);

/** Plays to the end; how many configurations have had 1, 2, … runs. */
function play(history: Trial[], noise: number, options: { allowance: number; mostRuns: number }): number[] {
  const rng = createRng(6);
  for (let next = nextHalvingRun(history, 'max', options); next !== null;) {
    const old = history[next.trial] as Trial;
    history[next.trial] = add(old, 'complete', next.trial / history.length + noise * rng.normal());
    next = nextHalvingRun(history, 'max', options);
  }
  return Array.from(
    { length: options.mostRuns },
    (_, at) => history.filter((trial) => plannedRuns(trial) > at).length,
  );
}

describe('halving over seeds', () => {
  test.each([
    [{ allowance: 24, mostRuns: 3 }, [48, 16, 8]],
    [{ allowance: 28, mostRuns: 4 }, [48, 16, 8, 4]],
    [{ allowance: 10, mostRuns: 2 }, [48, 10]],
    [{ allowance: 0, mostRuns: 3 }, [48, 0, 0]],
  ])('with much noise %o gives %o', (options, counts) => {
    expect(play(once(48, 0.5), 0.5, options)).toEqual(counts);
  });

  test('stops once the noise is known to be too small to matter', () => {
    const [, second = 0] = play(once(48, 0), 0, { allowance: 24, mostRuns: 3 });
    expect(second).toBeGreaterThanOrEqual(3);
    expect(second).toBeLessThan(16);
  });

  test('begins with the best, and waits for a level to end before it begins the next', () => {
    const history = once(6, 0);
    const options = { allowance: 3, mostRuns: 3 };
    expect(nextHalvingRun(history, 'max', options)).toMatchObject({ trial: 5, runs: 1 });
    history[5] = add(history[5] as Trial, 'running', null);
    expect(nextHalvingRun(history, 'max', options)).toMatchObject({ trial: 4, runs: 1 });
    history[4] = add(history[4] as Trial, 'running', null);
    expect(nextHalvingRun(history, 'max', options)).toBeNull();
    history[5] = add(once(6, 0)[5] as Trial, 'complete', 0.9);
    history[4] = add(once(6, 0)[4] as Trial, 'complete', 0.5);
    expect(nextHalvingRun(history, 'max', options)).toMatchObject({ trial: 5, runs: 2 });
  });

  test('nothing finished, nothing to repeat', () => {
    expect(nextHalvingRun([], 'max', { allowance: 5, mostRuns: 3 })).toBeNull();
  });
});
