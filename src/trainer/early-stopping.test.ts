import { expect, test } from 'vitest';
import { advance, isExhausted, noProgress } from './early-stopping.ts';

type Options = Parameters<typeof advance>[1];
const options = (given: Partial<Options>): Options => ({
  enabled: true,
  metric: 'val_acc',
  patience: 2,
  min_delta: 0,
  ...given,
});

/** Epoch at which training stops (null: never) and the best epoch. */
function follow(values: number[], given: Partial<Options>): [number | null, number | null] {
  let progress = noProgress();
  for (const [i, value] of values.entries()) {
    progress = advance(progress, options(given), value, i + 1);
    if (isExhausted(progress, options(given))) return [i + 1, progress.bestEpoch];
  }
  return [null, progress.bestEpoch];
}

test.each<[string, number[], Partial<Options>, [number | null, number | null]]>([
  ['stops after patience epochs without a better one', [1, 2, 2, 2, 3], {}, [4, 2]],
  ['an equal value is not better', [5, 5, 5], {}, [3, 1]],
  ['loss goes down', [3, 2, 1, 1.5], { metric: 'val_loss' }, [null, 3]],
  [
    'a gain under min_delta is best but does not renew patience',
    [1, 1.05, 1.08, 2],
    { min_delta: 0.1 },
    [3, 3],
  ],
  ['NaN is never an improvement', [Number.NaN, Number.NaN], { metric: 'val_loss' }, [2, null]],
  ['disabled never stops', [3, 2, 1, 1, 1], { enabled: false }, [null, 1]],
])('%s', (_, values, given, expected) => {
  expect(follow(values, given)).toEqual(expected);
});
