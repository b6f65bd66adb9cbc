import { describe, expect, test } from 'vitest';
import { createRng } from '../../math/rng.ts';
import type { Sampler, Trial } from '../_contract.ts';
import { standingsOf } from '../racing.ts';
import { trialOf } from '../trial.ts';
import { levelled, onOneSeed } from './on-one-seed.ts';
import { completeRuns, seedEffectsOf } from './seed-effects.ts';

const trial = (number: number, values: readonly number[]): Trial =>
  trialOf(
    number,
    { x: number },
    values.map((value, seed) => ({ seed, state: 'complete', value, reports: [] })),
  );

const EFFECTS = [0.3, -0.2, -0.1];

/** Configurations of truth 0.01·i; the last twelve with all three seeds. */
function draw(noise: number, effects: readonly number[], seed = 1): Trial[] {
  const rng = createRng(seed);
  return Array.from({ length: 24 }, (_, number) => {
    const seeds = number < 12 ? effects.slice(0, 1) : effects;
    return trial(
      number,
      seeds.map((effect) => 0.01 * number + effect + noise * rng.normal()),
    );
  });
}

describe('seed effects', () => {
  test('are found where seeds are hard or easy for all', () => {
    const effects = seedEffectsOf(completeRuns(draw(0.01, EFFECTS), 'max'));
    EFFECTS.forEach((effect, seed) => expect(effects.of(seed)).toBeCloseTo(effect, 1));
    expect(effects.of(0) + effects.of(1) + effects.of(2)).toBeCloseTo(0, 10);
    expect(effects.spent).toBeGreaterThan(1.9);
    expect(effects.of(99)).toBe(0);
  });

  test('of a value to minimize turn round', () => {
    const effects = seedEffectsOf(completeRuns(draw(0.01, EFFECTS), 'min'));
    // The better half are now those with a single seed.
    expect(effects.isNone).toBe(true);
  });

  test('are nothing where there is only luck, most of the time and on average', () => {
    let sum = 0;
    let none = 0;
    for (let seed = 0; seed < 40; seed++) {
      const effects = seedEffectsOf(completeRuns(draw(0.1, [0, 0, 0], seed), 'max'));
      none += effects.isNone ? 1 : 0;
      sum += effects.of(0) / 40;
    }
    expect(none).toBeGreaterThan(28);
    expect(Math.abs(sum)).toBeLessThan(0.01);
  });

  test('are not spoilt by a configuration that collapses on one seed', () => {
    const trials = draw(0.01, EFFECTS);
    trials[23] = trial(23, [0.53, -5, 0.13]);
    trials.push(...draw(0.01, EFFECTS, 2).map((each, at) => ({ ...each, number: 24 + at })));
    const effects = seedEffectsOf(completeRuns(trials, 'max'));
    expect(effects.of(1)).toBeCloseTo(-0.2, 1);
  });

  test('are numbers where most runs agree exactly', () => {
    const trials = Array.from({ length: 20 }, (_, number) =>
      trial(number, number < 3 ? [1, 0.9, 1] : [1, 1, 1]),
    );
    for (const history of [trials, trials.slice(3)]) {
      const effects = seedEffectsOf(completeRuns(history, 'max'));
      for (const seed of [0, 1, 2]) expect(Math.abs(effects.of(seed))).toBeLessThan(0.02);
      for (const { expected } of standingsOf(history, 'max').ranked) expect(expected).toBeCloseTo(1, 1);
    }
  });

  test('show in three repeated configurations already, where they are large', () => {
    const noise = [0.01, -0.005, -0.005];
    const found = (effect: number): ReturnType<typeof seedEffectsOf> =>
      seedEffectsOf(
        completeRuns(
          Array.from({ length: 8 }, (_, number) =>
            trial(number, number < 3 ? [number, number - effect + (noise[number] as number)] : [-number]),
          ),
          'max',
        ),
      );
    expect(found(0.2).of(0) - found(0.2).of(1)).toBeCloseTo(0.2, 2);
    expect(found(0.004).isNone).toBe(true);
    // What is left is the luck of a run: the pairs differ by 0.2 + {−0.01, 0.005, 0.005}.
    expect(found(0.2).spent).toBeCloseTo(1, 2);
  });

  test('are not told from luck with few repeated runs, nor without any', () => {
    expect(seedEffectsOf(completeRuns([trial(0, [1, 2]), trial(1, [2, 3])], 'max')).isNone).toBe(true);
    expect(seedEffectsOf(completeRuns([trial(0, [1]), trial(1, [2])], 'max')).isNone).toBe(true);
    expect(seedEffectsOf([]).isNone).toBe(true);
  });

  test('taken out, they are no noise, and a configuration is not flattered by an easy seed', () => {
    const { ranked, noise } = standingsOf(draw(0.01, EFFECTS), 'max');
    expect(noise.sd).toBeLessThan(0.03);
    expect(ranked[0]?.trial).toBeGreaterThan(18);
    // Its runs were all on the easy seed: as measured 0.41, over all seeds 0.11.
    const single = ranked.find(({ trial }) => trial === 11);
    expect(single?.measured).toBeCloseTo(0.11, 1);
  });
});

describe('a history as of one seed', () => {
  test('moves repeated trials to what they would be on the common seed, and leaves the others as they are', () => {
    const history = draw(0.001, EFFECTS);
    const seen = levelled(history, 'max');
    seen.forEach((each, at) => {
      expect(each.value).toBeCloseTo(0.01 * at + 0.3, 1);
      if (at < 12) expect(each).toBe(history[at]);
    });
  });

  test('is the history itself where seeds do not matter', () => {
    const history = [trial(0, [1, 2]), trial(1, [2])];
    expect(levelled(history, 'max')).toBe(history);
  });

  test('is what the sampler gets', () => {
    let got: unknown;
    const sampler: Sampler = {
      name: 'spy',
      suggest: (history) => {
        got = history.at(-1)?.value;
        return null;
      },
    };
    expect(onOneSeed(sampler, 'max').suggest(draw(0.001, EFFECTS), 24)).toBeNull();
    expect(got).toBeCloseTo(0.53, 1);
  });
});
