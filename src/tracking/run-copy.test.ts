import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../metrics/_contract.ts';
import type { Held, LoggedValue } from './_contract.ts';
import { RunCopy } from './run-copy.ts';

const tracker = {
  batch: 4,
  cleanName: (name: string) => name.replaceAll('@', '_'),
  cleanValue: (value: number) => Math.fround(value),
};
const at = (): number => 7;
const point = (epoch: number, values: Record<string, number>): Point => ({ step: null, epoch, values });
const short = (values: LoggedValue[] | 'contradiction'): unknown =>
  values === 'contradiction' ? values : values.map(({ name, step, value }) => `${name} ${step} ${value}`);

test('what was taken is not missing any more, in batches', () => {
  const copy = new RunCopy(tracker);
  const points = [point(1, { loss: 2, acc: 0.5 }), point(2, { loss: 1, acc: 0.75 }), point(3, { loss: 0.5 })];
  const first = copy.missing(points, at);
  expect(short(first)).toEqual(['loss 1 2', 'acc 1 0.5', 'loss 2 1', 'acc 2 0.75']);
  // Not confirmed: missing still.
  expect(short(copy.missing(points, at))).toEqual(short(first));
  copy.took(first === 'contradiction' ? [] : first);
  const second = copy.missing(points, at);
  expect(short(second)).toEqual(['loss 3 0.5']);
  expect(copy.isExact(points)).toBe(false);
  copy.took(second === 'contradiction' ? [] : second);
  expect(short(copy.missing(points, at))).toEqual([]);
  expect(copy.isExact(points)).toBe(true);
});

test.each<[string, Held, Point[], unknown, boolean]>([
  ['nothing held', new Map(), [point(1, { loss: 2 })], ['loss 1 2'], false],
  ['all held', new Map([['loss', [{ step: 1, value: 2 }]]]), [point(1, { loss: 2 })], [], true],
  [
    'held as 32 bits',
    new Map([['loss', [{ step: 1, value: Math.fround(0.1) }]]]),
    [point(1, { loss: 0.1 })],
    [],
    true,
  ],
  [
    'NaN held',
    new Map([['loss', [{ step: 1, value: Number.NaN }]]]),
    [point(1, { loss: Number.NaN })],
    [],
    true,
  ],
  [
    'other value',
    new Map([['loss', [{ step: 1, value: 3 }]]]),
    [point(1, { loss: 2 })],
    'contradiction',
    false,
  ],
  [
    'held twice',
    new Map([
      [
        'loss',
        [
          { step: 1, value: 2 },
          { step: 1, value: 2 },
        ],
      ],
    ]),
    [point(1, { loss: 2 })],
    [],
    false,
  ],
  [
    'held twice, differently',
    new Map([
      [
        'loss',
        [
          { step: 1, value: 2 },
          { step: 1, value: 3 },
        ],
      ],
    ]),
    [point(1, { loss: 2 })],
    'contradiction',
    false,
  ],
  // A log that is read anew after a kill is short at first: that is no reason to begin anew.
  [
    'more held than read so far',
    new Map([
      [
        'loss',
        [
          { step: 1, value: 2 },
          { step: 2, value: 1 },
        ],
      ],
    ]),
    [point(1, { loss: 2 })],
    [],
    false,
  ],
])('%s', (_name, held, points, missing, isExact) => {
  const copy = new RunCopy(tracker);
  copy.adopt(held);
  expect(short(copy.missing(points, at))).toEqual(missing);
  if (missing !== 'contradiction') expect(copy.isExact(points)).toBe(isExact);
});

test('two names that become one are told apart, and the same way again', () => {
  const points = [point(1, { 'acc@1': 1, acc_1: 2 })];
  const names = (): string[] => {
    const missing = new RunCopy(tracker).missing(points, at);
    return missing === 'contradiction' ? [] : missing.map(({ name }) => name);
  };
  expect(names()).toEqual(['acc_1', expect.stringMatching(/^acc_1_[0-9a-f]{6}$/) as string]);
  expect(names()).toEqual(names());
});

test('counting by something else is a contradiction', () => {
  const copy = new RunCopy(tracker);
  const points = [point(1, { loss: 2 })];
  const missing = copy.missing(points, at);
  copy.took(missing === 'contradiction' ? [] : missing);
  expect(copy.missing([...points, { step: 9, epoch: null, values: { loss: 1 } }], at)).toBe('contradiction');
});

test('however a curve grows, is lost and looked at again: in the end all of it is there once', () => {
  const values = fc.dictionary(fc.constantFrom('loss', 'acc', 'a@b'), fc.float(), { maxKeys: 3 });
  const moment = fc.record({ grows: values, isLost: fc.boolean(), isNewProcess: fc.boolean() });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 12 }), (moments) => {
      const held = new Map<string, { step: number; value: number }[]>();
      const points: Point[] = [];
      let copy = new RunCopy(tracker);
      const put = (isLost: boolean): void => {
        const missing = copy.missing(points, at);
        if (missing === 'contradiction') throw new Error(missing);
        for (const { name, step, value } of missing)
          held.set(name, [...(held.get(name) ?? []), { step, value }]);
        // The answer is lost: the values have arrived, and nobody knows.
        if (isLost) copy.adopt(held);
        else copy.took(missing);
      };
      for (const { grows, isLost, isNewProcess } of moments) {
        points.push(point(points.length, grows));
        put(isLost);
        if (isNewProcess) {
          copy = new RunCopy(tracker);
          copy.adopt(held);
        }
      }
      while ((copy.missing(points, at) as LoggedValue[]).length > 0) put(false);
      expect(copy.isExact(points)).toBe(true);
      for (const series of held.values())
        expect(new Set(series.map(({ step }) => step)).size).toBe(series.length);
    }),
  );
});
