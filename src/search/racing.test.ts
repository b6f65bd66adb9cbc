import { describe, expect, test } from 'vitest';
import { createRng } from '../math/rng.ts';
import type { Trial } from './_contract.ts';
import { fitPrior, posteriorOf } from './racing/prior.ts';
import { noiseOf, sampledOf } from './racing/noise.ts';
import { worthOfNew, worthOfRuns } from './racing/worth.ts';
import { nextRun, standingsOf } from './racing.ts';
import { judgeSearch } from './stopping.ts';
import { trialOf } from './trial.ts';

const trial = (number: number, values: readonly number[]): Trial =>
  trialOf(
    number,
    { x: number },
    values.map((value, seed) => ({ seed, state: 'complete', value, reports: [] })),
  );

/** Configurations of true values N(0, spread²), each run once with noise sd. */
function draw(count: number, spread: number, sd: number, seed: number): { truth: number[]; trials: Trial[] } {
  const rng = createRng(seed);
  const truth = Array.from({ length: count }, () => spread * rng.normal());
  // Three of them twice, so that the noise can be seen.
  const trials = truth.map((value, number) =>
    trial(
      number,
      Array.from({ length: number % 10 === 0 ? 3 : 1 }, () => value + sd * rng.normal()),
    ),
  );
  return { truth, trials };
}

describe('standingsOf', () => {
  test('the value said of the chosen one is unbiased where the luckiest run overclaims', () => {
    let lucky = 0;
    let claimed = 0;
    const rounds = 40;
    for (let seed = 0; seed < rounds; seed++) {
      const { truth, trials } = draw(60, 1, 1, seed);
      const best = trials.reduce((a, b) => ((b.value ?? 0) > (a.value ?? 0) ? b : a));
      lucky += ((best.value ?? 0) - (truth[best.number] ?? 0)) / rounds;
      const [first] = standingsOf(trials, 'max').ranked;
      claimed += ((first?.expected ?? 0) - (truth[first?.trial ?? 0] ?? 0)) / rounds;
    }
    expect(lucky).toBeGreaterThan(0.8);
    expect(Math.abs(claimed)).toBeLessThan(0.3);
  });

  test('prefers a solid mean to one lucky run', () => {
    const others = Array.from({ length: 12 }, (_, number) =>
      trial(
        number,
        number % 2 ? [0.7 + number / 200, 0.72 + number / 200] : [0.72 + number / 200, 0.7 + number / 200],
      ),
    );
    const lucky = trial(12, [0.81]);
    const solid = trial(13, [0.8, 0.79, 0.81, 0.8]);
    const noisy = [trial(14, [0.7, 0.8]), trial(15, [0.68, 0.78])];
    const { ranked } = standingsOf([...others, lucky, solid, ...noisy], 'max');
    expect(ranked[0]).toMatchObject({ trial: 13, runs: 4 });
    expect(ranked.find(({ trial }) => trial === 12)?.expected).toBeLessThan(0.8);
  });

  test('for a goal of min the signs turn', () => {
    const up = standingsOf([trial(0, [1, 2]), trial(1, [3, 4])], 'max');
    const down = standingsOf([trial(0, [-1, -2]), trial(1, [-3, -4])], 'min');
    expect(down.ranked.map(({ trial, expected }) => [trial, -expected])).toEqual(
      up.ranked.map(({ trial, expected }) => [trial, expected]),
    );
  });

  test('of a fixed list of seeds, what was measured counts as it is', () => {
    const trials = [trial(0, [0.5, 0.7]), trial(1, [0.4, 0.6]), trial(2, [0.1])];
    expect(standingsOf(trials, 'max', { seeds: 2 }).ranked[0]).toMatchObject({ expected: 0.6, sd: 0 });
  });

  test('nothing, one trial, equal trials, failed trials', () => {
    expect(standingsOf([], 'max').ranked).toEqual([]);
    expect(standingsOf([trial(0, [0.5])], 'max').ranked).toMatchObject([{ expected: 0.5, sd: 0 }]);
    expect(standingsOf([trial(0, [1]), trial(1, [1])], 'max').ranked).toMatchObject([
      { trial: 0 },
      { trial: 1 },
    ]);
    const failed = trialOf(3, {}, [{ seed: 0, state: 'failed', value: null, reports: [] }]);
    expect(standingsOf([failed], 'max').ranked).toEqual([]);
  });
});

describe('nextRun', () => {
  test('tries new configurations first, then measures the noise', () => {
    const { trials } = draw(5, 1, 1, 1);
    expect(nextRun(trials, 'max')).toMatchObject({ kind: 'new' });
    const once = Array.from({ length: 8 }, (_, number) => trial(number, [number / 10]));
    expect(nextRun(once, 'max')).toMatchObject({ kind: 'repeat', trial: 7, runs: 1 });
  });

  test('repeats a doubtful leader, and explores when the noise is small', () => {
    const { trials: noisy } = draw(40, 0.2, 1, 3);
    expect(nextRun(noisy, 'max').kind).toBe('repeat');
    const { trials: clear } = draw(40, 1, 0.01, 3);
    expect(nextRun(clear, 'max').kind).toBe('new');
  });

  test('slots that ask at the same time do not all repeat the same run, and nothing is repeated for ever', () => {
    const { trials } = draw(40, 0.2, 1, 3);
    const history = [...trials];
    const asked: string[] = [];
    for (let slot = 0; slot < 60; slot++) {
      const next = nextRun(history, 'max', { mostRuns: 4 });
      if (next.kind === 'new') break;
      asked.push(`${next.trial}:${next.runs}`);
      expect(next.runs).toBeLessThan(4);
      const old = history[next.trial] as Trial;
      const run = { seed: 100 + next.runs, state: 'running', value: null, reports: [] } as const;
      history[next.trial] = trialOf(old.number, old.params, [...old.runs, run]);
    }
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(0);
  });
});

describe('the parts', () => {
  test('noise is pooled within configurations', () => {
    const sampled = [sampledOf(0, [1, 3]), sampledOf(1, [5, 7]), sampledOf(2, [9, 11])];
    expect(noiseOf(sampled).freedom).toBe(2.25);
    expect(noiseOf([sampledOf(0, [1]), sampledOf(1, [4])])).toMatchObject({ freedom: 0 });
  });

  test('a free-form prior does not expect good outliers where only bad ones exist', () => {
    const rng = createRng(9);
    const sampled = Array.from({ length: 150 }, (_, index) =>
      sampledOf(index, [(index % 3 === 0 ? -8 * rng.uniform() : 0) + 0.3 * rng.normal()]),
    );
    const prior = fitPrior(sampled, 0.3);
    const top = sampled.reduce((a, b) => (b.mean > a.mean ? b : a));
    expect(top.mean).toBeGreaterThan(0.5);
    expect(posteriorOf(top, 0.3, prior).mean).toBeLessThan(0.4);
  });

  test('worth: nothing without doubt, more the closer the rival, and never negative', () => {
    expect(worthOfRuns(1, 0, 1, 1)).toBe(0);
    expect(worthOfRuns(1, 1, 1, 1)).toBeGreaterThan(worthOfRuns(0, 1, 1, 1));
    expect(worthOfRuns(0, 1, 2, 1)).toBeCloseTo(worthOfRuns(4, 1, 2, 1), 12);
    expect(worthOfNew(-100, 1, 0, 1)).toBeGreaterThanOrEqual(0);
    expect(worthOfNew(2, 0, 0, 0, 1)).toBe(2);
  });
});

describe('judgeSearch', () => {
  const values = (list: readonly number[]): Trial[] => list.map((value, number) => trial(number, [value]));

  test.each([
    ['still rising', Array.from({ length: 40 }, (_, at) => at / 40), false, 'that is more'],
    [
      'flat for long',
      Array.from({ length: 40 }, (_, at) => (at < 5 ? at / 10 : 0.5 - (at % 7) / 100)),
      true,
      'less',
    ],
    ['too early', Array.from({ length: 8 }, () => 0.5), false, '8 of the 20 trials'],
  ])('%s', (_, list, stop, reason) => {
    const judged = judgeSearch(values(list), 'max', 20, 2);
    expect(judged.stop).toBe(stop);
    expect(judged.reason).toContain(reason);
  });

  test.each([
    ['a model that expects little ends a search that has stood still', 0.7, 0.001, true],
    ['a model that expects more goes on', 0.7, 0.3, false],
    ['a model that expects little is not believed while the search still gains', 0.02, 0.001, false],
  ])('%s', (_, share, modelGain, stop) => {
    // Noise of 0.1 by a second seed for every trial; the best comes after a share of them.
    const list = Array.from({ length: 40 }, (_each, at) => (at >= 40 * (1 - share) ? 1 : at / 100));
    // The sign alternates: were one seed better for all, it would be no noise.
    const history = list.map((value, number) => {
      const luck = number % 2 === 0 ? 0.05 : -0.05;
      return trial(number, [value - luck, value + luck]);
    });
    const shown = (value: number): string => `${(100 * value).toFixed(1)} pp`;
    const judged = judgeSearch(history, 'max', 20, 2, { modelGain, show: shown });
    expect(judged.stop).toBe(stop);
    expect(judged.furtherGain).toBe(modelGain);
    expect(judged.reason).toContain(`expected by the model to add no more than ${shown(modelGain)}`);
  });

  test('stops when everything fails', () => {
    const failed = Array.from({ length: 5 }, (_, number) =>
      trialOf(number, {}, [{ seed: 0, state: 'failed', value: null, reports: [] }]),
    );
    expect(judgeSearch(failed, 'max', 20, 2)).toMatchObject({
      stop: true,
      reason: 'All 5 trials so far have failed.',
    });
    expect(judgeSearch(failed.slice(1), 'max', 20, 2).stop).toBe(false);
    expect(judgeSearch([], 'max', 20, 2).stop).toBe(false);
  });
});
