import { expect, test } from 'vitest';
import { markText, oneLine, shortMark } from './comment.ts';

test.each([
  [{ kind: 'new', from: '', why: 'because (recommendation 1)' }, '', 'NEW: because (recommendation 1)'],
  [{ kind: 'new', from: '', why: 'because' }, 'a.b', 'NEW: because [a.b]'],
  [{ kind: 'new', from: '', why: '' }, '', 'NEW'],
  [{ kind: 'new', from: '', why: '' }, 'a', 'NEW [a]'],
  [{ kind: 'changed', from: '0.5', why: 'because' }, '', 'CHANGED: from 0.5, because'],
  [{ kind: 'changed', from: '0.5', why: '' }, '', 'CHANGED: from 0.5'],
  [
    { kind: 'changed', from: '10', why: 'because' },
    'stop.patience',
    'CHANGED: from 10, because [stop.patience]',
  ],
  [{ kind: 'removed', from: '1', why: 'because' }, 'wd', 'REMOVED: wd: 1, because'],
  [{ kind: 'removed', from: '1', why: '' }, '', 'REMOVED: 1'],
  [{ kind: 'kept', from: 'was *x', why: 'as inherited' }, '', 'KEPT: was *x, as inherited'],
] as const)('%j with label %j', (mark, label, text) => {
  expect(markText(mark, label)).toBe(text);
});

test('marks further lines in short', () => {
  expect(shortMark({ kind: 'changed', from: '1', why: 'x' })).toBe('CHANGED');
});

test.each([
  ['a\nb', 'a b'],
  ['a\r\n\u2028\u2029\u0085b', 'a b'],
  ['a\u0000\u001b[31mb', 'a [31mb'],
  ['safe \u202Eevil\u202C', 'safe evil'],
  ['\ud800', ''],
  ['  a  b  ', 'a b'],
  ['ünï → 😀', 'ünï → 😀'],
])('makes %j one line', (text, line) => {
  expect(oneLine(text)).toBe(line);
});

test('bounds what it is given, by whole characters', () => {
  expect(oneLine('😀'.repeat(400))).toBe(`${'😀'.repeat(297)}...`);
});
