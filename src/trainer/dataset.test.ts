import { expect, test } from 'vitest';
import { cutSplits, noisyLabels } from './dataset.ts';
import type { TrainerConfig } from './schema.ts';

const SIDE = 2;
const N = 100;
const labels = Uint8Array.from({ length: N }, (_, i) => i % 5);
const images = Uint8Array.from({ length: N * SIDE * SIDE }, (_, i) => Math.floor(i / 4) + 1);
const data = {
  val_samples: 20,
  confirm_samples: 10,
  test_samples: 15,
  train_samples: null,
  label_noise: 0,
  noise_seed: 0,
};
const cut = (overrides: Partial<TrainerConfig['data']> = {}) =>
  cutSplits(images, labels, SIDE, { images: '', labels: '', ...data, ...overrides });

test('splits do not overlap and do not move with the number of training examples', () => {
  const all = cut();
  const few = cut({ train_samples: 7 });
  expect(
    [all.train, all.confirm, all.val, all.test].map(({ first, labels }) => [first, labels.length]),
  ).toEqual([
    [0, 55],
    [55, 10],
    [65, 20],
    [85, 15],
  ]);
  expect(few.train.labels).toEqual(labels.subarray(0, 7));
  expect([few.confirm, few.val, few.test]).toEqual([all.confirm, all.val, all.test]);
  expect(all.val.images.bytes[0]).toBe(66);
  expect(all.classes).toBe(5);
});

test('more training examples than there are is refused', () => {
  expect(() => cut({ train_samples: 56 })).toThrow(
    'leave 55 for training, but data.train_samples asks for 56',
  );
  expect(() => cut({ val_samples: 100 })).toThrow('leave 0 for training');
});

test('label noise spoils its share, always to another class, and nested', () => {
  const many = Uint8Array.from({ length: 10_000 }, (_, i) => i % 10);
  const at = (share: number): Uint8Array => noisyLabels(many, 10, share, 0);
  const spoiled = (noisy: Uint8Array): number[] => [...noisy.keys()].filter((i) => noisy[i] !== many[i]);
  expect(at(0)).toEqual(many);
  expect(spoiled(at(1))).toHaveLength(10_000);
  const fifth = spoiled(at(0.2));
  expect(Math.abs(fifth.length - 2000)).toBeLessThan(120);
  expect(new Set(fifth)).toEqual(new Set([...spoiled(at(0.1)), ...fifth]));
  expect(noisyLabels(many, 10, 0.2, 1)).not.toEqual(at(0.2));
});
