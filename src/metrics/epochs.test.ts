import { describe, expect, it } from 'vitest';
import type { EpochBase, Point } from './_contract.ts';
import { epochsOf, normalizeEpochs } from './epochs.ts';

const at = (...epochs: (number | null)[]): Point[] =>
  epochs.map((epoch, step) => ({ epoch, step, values: { loss: step } }));

describe('epochsOf', () => {
  it.each<[string, (number | null)[], EpochBase | undefined, number[]]>([
    ['from 0', [0, 1, 2], undefined, [1, 2, 3]],
    ['from 1', [1, 2, 3], undefined, [1, 2, 3]],
    ['from 0, resumed later', [10, 11], 0, [11, 12]],
    ['from 1, resumed later', [10, 11], 1, [10, 11]],
    ['parts of epochs', [0.16, 0.5, 1, 1.25, 2], undefined, [1, 1, 1, 2, 2]],
    ['whole epochs passed, after an evaluation before the first', [0, 1, 2], 'elapsed', [1, 1, 2]],
    ['whole epochs passed', [1, 2, 3], 'elapsed', [1, 2, 3]],
    ['a hair less than whole', [0.9995, 1.9999], undefined, [1, 2]],
    ['steps only', [null, null, null], undefined, [1, 2, 3]],
    ['a point without, among others', [0, null, 1], undefined, [1, 1, 2]],
  ])('%s', (_, epochs, base, expected) => {
    expect(epochsOf(at(...epochs), base)).toEqual(expected);
  });
});

it('merges the points of an epoch, the later value winning', () => {
  expect(normalizeEpochs({ points: at(0, 0, 1), epochs: 0 })).toEqual([
    { epoch: 1, step: 1, values: { loss: 1 }, index: 1 },
    { epoch: 2, step: 2, values: { loss: 2 }, index: 2 },
  ]);
});
