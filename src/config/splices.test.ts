import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SpliceSheet, undoEdits } from './splices.ts';

test('remembers what was done in the coordinates of the original', () => {
  const sheet = new SpliceSheet('one two three');
  sheet.apply([{ start: 4, end: 7, text: 'TWO' }]);
  sheet.apply([
    { start: 13, end: 13, text: '!' },
    { start: 0, end: 0, text: '> ' },
  ]);
  sheet.apply([{ start: 6, end: 9, text: '2' }]);
  expect(sheet.text).toBe('> one 2 three!');
  expect(sheet.splices()).toEqual([
    { start: 0, old: '', text: '> ' },
    { start: 4, old: 'two', text: '2' },
    { start: 13, old: '', text: '!' },
  ]);
  expect(undoEdits(sheet.text, sheet.splices())).toBe('one two three');
});

test('names nothing that stayed the same', () => {
  const sheet = new SpliceSheet('a: 1\r\nb: 2\r\n');
  sheet.apply([{ start: 0, end: 12, text: 'a: 1\r\nb: 3\r\n' }]);
  expect(sheet.splices()).toEqual([{ start: 9, old: '2', text: '3' }]);
  sheet.apply([{ start: 0, end: 12, text: 'a: 1\r\nb: 2\r\n' }]);
  expect(sheet.splices()).toEqual([]);
});

test('keeps insertions at one place in their order', () => {
  const sheet = new SpliceSheet('ab');
  sheet.apply([
    { start: 1, end: 1, text: '1' },
    { start: 1, end: 2, text: '' },
    { start: 1, end: 1, text: '2' },
  ]);
  expect(sheet.text).toBe('a12');
});

test('any cuts can be undone', () => {
  const cut = fc.tuple(fc.nat(40), fc.nat(5), fc.string({ maxLength: 5 }));
  const property = fc.property(
    fc.string({ maxLength: 30 }),
    fc.array(cut, { maxLength: 8 }),
    (original, cuts) => {
      const sheet = new SpliceSheet(original);
      let expected = original;
      for (const [at, length, text] of cuts) {
        const start = Math.min(at, expected.length);
        const end = Math.min(start + length, expected.length);
        sheet.apply([{ start, end, text }]);
        expected = expected.slice(0, start) + text + expected.slice(end);
      }
      expect(sheet.text).toBe(expected);
      expect(undoEdits(expected, sheet.splices())).toBe(original);
    },
  );
  fc.assert(property, { numRuns: 500 });
});
