import { describe, expect, it } from 'vitest';
import { createRng } from '../math/rng.ts';
import { judgePredictions, mcnemar } from './predictions.ts';
import { judgeTarget, type TargetQuestion } from './validation-size.ts';

describe('judgeTarget', () => {
  const ask = (rest: Partial<TargetQuestion>) =>
    judgeTarget({ value: 83, target: 80, goal: 'max', scale: 'percent', examples: 2000, ...rest });

  it('knows the standard error of 83 % on 2,000 examples: 0.84 points', () => {
    const judged = ask({});
    expect(judged.standardError).toBeCloseTo(0.84, 2);
    expect(judged.low).toBeCloseTo(81.574, 3);
    expect(judged.high).toBeCloseTo(84.337, 3);
  });

  it.each<[string, Partial<TargetQuestion>, string]>([
    ['83 % of 2,000 confirm 80 %', {}, 'confirmed'],
    ['81 % of 2,000 only touch 80 %', { value: 81 }, 'nominal'],
    ['81 % of 20,000 confirm it', { value: 81, examples: 20_000 }, 'confirmed'],
    ['79.9 % do not meet it', { value: 79.9, examples: 1_000_000 }, 'not-met'],
    ['80 % are nominal, to the point', { value: 80 }, 'nominal'],
    ['shares work like percentages', { value: 0.83, target: 0.8, scale: 'share' }, 'confirmed'],
    ['an error rate of 10 % confirms 12 %', { value: 10, target: 12, goal: 'min' }, 'confirmed'],
    ['an error rate of 11.5 % touches 12 %', { value: 11.5, target: 12, goal: 'min' }, 'nominal'],
    ['an error rate of 12.5 % misses 12 %', { value: 12.5, target: 12, goal: 'min' }, 'not-met'],
    ['without a size nothing is confirmed', { examples: null, value: 99 }, 'nominal'],
    ['a loss is never confirmed', { scale: 'other', value: 0.2, target: 0.3, goal: 'min' }, 'nominal'],
    ['a loss may miss', { scale: 'other', value: 0.4, target: 0.3, goal: 'min' }, 'not-met'],
    ['100 % of 10 do not confirm 90 %', { value: 100, target: 90, examples: 10 }, 'nominal'],
  ])('%s', (_name, rest, status) => {
    expect(ask(rest).status).toBe(status);
  });

  it.each<[string, Partial<TargetQuestion>]>([
    ['a percentage given as a share', { value: 83, scale: 'share' }],
    ['a value over 100 %', { value: 101 }],
    ['no value', { value: Number.NaN }],
    ['half an example', { examples: 0.5 }],
    ['an endless target', { target: Infinity }],
  ])('refuses %s', (_name, rest) => {
    expect(() => ask(rest)).toThrow(expect.objectContaining({ code: 'EVIDENCE_TARGET_INVALID' }));
  });
});

describe('mcnemar', () => {
  const differences = (lost: number, won: number, same: number) => [
    ...Array.from({ length: lost }, () => -1),
    ...Array.from({ length: won }, () => 1),
    ...Array.from({ length: same }, () => 0),
  ];

  it.each([
    [1, 9, 90, 11 / 1024, 'better'],
    [0, 5, 95, 1 / 32, 'better'],
    [0, 4, 96, 1 / 16, 'inconclusive'],
    [5, 5, 90, 638 / 1024, 'not-better'],
    [9, 1, 90, 1023 / 1024, 'not-better'],
    [0, 0, 100, 1, 'not-better'],
  ])('%i lost, %i won of %i + both', (lost, won, same, p, verdict) => {
    const judged = mcnemar(differences(lost, won, same), 0.05);
    expect(judged.p).toBeCloseTo(p, 12);
    expect(judged).toMatchObject({ verdict, lost, won });
    expect(judged.mean).toBeCloseTo((won - lost) / 100, 12);
  });
});

describe('judgePredictions', () => {
  const right = (text: string) => text.split('').map((letter) => letter === '1');

  it('computes the crossed standard error', () => {
    const runs = [
      { seed: 1, baseline: right('0011'), optimized: right('1011') },
      { seed: 2, baseline: right('0010'), optimized: right('1110') },
    ];
    const judged = judgePredictions(runs);
    // E = [[1,0,0,0],[1,1,0,0]]: mean 3/8, MS_seed 1/8, MS_example 11/24, MS_error 1/8.
    expect(judged.mean).toBeCloseTo(3 / 8, 12);
    if (judged.method !== 'crossed') throw new Error('not crossed');
    expect(judged.se).toBeCloseTo(Math.sqrt(1 / 8 / 8 + (11 / 24 - 1 / 8) / 2 / 4), 12);
    expect(judged.t).toBeCloseTo(judged.mean / judged.se, 12);
  });

  it('turns to McNemar for one seed, and for seeds that change nothing', () => {
    const run = { seed: 1, baseline: right('000000'), optimized: right('111111') };
    expect(judgePredictions([run])).toMatchObject({
      method: 'mcnemar',
      verdict: 'better',
      p: expect.closeTo(1 / 64, 12),
    });
    expect(judgePredictions([run, { ...run, seed: 2 }])).toMatchObject({ method: 'mcnemar', won: 6 });
  });

  it('accepts nothing more often than α and sees a true gain', () => {
    const share = (gain: number) => {
      let accepted = 0;
      for (let study = 0; study < 600; study++) {
        const rng = createRng(8, study);
        const hardness = Array.from({ length: 150 }, () => rng.normal());
        const arm = (shift: number) => {
          const luck = 0.1 * rng.normal();
          return hardness.map((h) => rng.normal() + shift + luck > h);
        };
        const runs = [1, 2, 3].map((seed) => ({ seed, baseline: arm(0.5), optimized: arm(0.5 + gain) }));
        if (judgePredictions(runs).verdict === 'better') accepted++;
      }
      return accepted / 600;
    };
    expect(share(0)).toBeLessThan(0.08);
    expect(share(0.6)).toBeGreaterThan(0.8);
  });

  it.each<[string, Parameters<typeof judgePredictions>[0], string]>([
    ['nothing', [], 'EVIDENCE_PREDICTIONS_INVALID'],
    ['a single example', [{ seed: 1, baseline: [true], optimized: [true] }], 'EVIDENCE_PREDICTIONS_INVALID'],
    [
      'arms of unlike length',
      [{ seed: 1, baseline: [true, true], optimized: [true] }],
      'EVIDENCE_PREDICTIONS_INVALID',
    ],
    [
      'a seed twice',
      [1, 1].map((seed) => ({ seed, baseline: [true, false], optimized: [true, true] })),
      'EVIDENCE_SEED_DUPLICATE',
    ],
  ])('refuses %s', (_name, runs, code) => {
    expect(() => judgePredictions(runs)).toThrow(expect.objectContaining({ code }));
  });
});
