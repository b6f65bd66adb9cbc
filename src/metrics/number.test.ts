import { describe, expect, it } from 'vitest';
import { isDurationName, readDuration } from './duration.ts';
import { isMissing, readNumber } from './number.ts';

describe('readNumber', () => {
  it.each([
    ['0.5', 0.5],
    [' 3.2e-4 ', 3.2e-4],
    ['.5', 0.5],
    ['83.1%', 83.1],
    ['83.1 %', 83.1],
    ['NaN', Number.NaN],
    ['-nan(ind)', Number.NaN],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['1,234,567.5', 1_234_567.5],
    ['−0.4', -0.4],
    ['tensor(0.5)', 0.5],
    ["tensor(0.5, device='cuda:0', grad_fn=<NllLossBackward0>)", 0.5],
    ['np.float64(0.25)', 0.25],
    ['tensor([1.5])', 1.5],
    ['0.31f0', 0.31],
    ['-3.1f-2', -0.031],
    ['**92.1%**', 92.1],
    ['`0.5`', 0.5],
  ])('reads %s', (text, value) => expect(readNumber(text)).toBe(value));

  it.each([
    '',
    'abc',
    '1.2.3',
    '12:30',
    '0x10',
    '1e',
    'e5',
    '1 2',
    'resnet18',
    'tensor([1, 2])',
    '1,5',
    'True',
    '--1',
    '**',
    '**1*',
    '3f',
  ])('takes %j for no number', (text) => expect(readNumber(text)).toBeUndefined());

  it('reads decimal commas where the table has them', () => {
    expect(readNumber('0,83', { decimalComma: true })).toBe(0.83);
  });

  it('stays quick on hostile text', () => {
    const begun = performance.now();
    for (const text of [
      `tensor(${'('.repeat(190)}`,
      '1,'.repeat(100_000),
      '9'.repeat(100_000),
      `tensor(1${',1'.repeat(90)}`,
    ])
      readNumber(text);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

it.each(['', 'NA', 'n/a', 'None', 'null', '-', '--', '?'])('takes %j for nothing logged', (text) =>
  expect(isMissing(text)).toBe(true),
);

describe('readDuration', () => {
  it.each([
    ['12s', 12],
    ['1m 20s', 80],
    ['1m20s', 80],
    ['45.12ms', 0.04512],
    ['00:12', 12],
    ['1:02:03', 3723],
    ['1 day, 2:03:04', 93_784],
    ['2h 5min', 7500],
    ['3 minutes', 180],
    ['12.5 sec', 12.5],
    ['800us', 0.0008],
  ])('reads %s', (text, seconds) => expect(readDuration(text)).toBe(seconds));

  it.each(['', '12', '12:', 'soon', '5 apples', '1:2:3:4', 's'])('takes %j for no duration', (text) =>
    expect(readDuration(text)).toBeUndefined(),
  );

  it.each(['time', 'epoch_time', 'Elapsed', 'wall', 'trainTime', 'seconds/epoch'])(
    'knows %s for a time',
    (name) => expect(isDurationName(name)).toBe(true),
  );
  it.each(['loss', 'timestep_reward', 'sometimes'])('knows %s for none', (name) =>
    expect(isDurationName(name)).toBe(false),
  );
});
