import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPlain } from './plain.ts';

test.each([
  ['val_acc', 'val_acc'],
  ['two\nlines\tand\r\nmore', 'two lines and more'],
  ['\u001B[31mred\u001B[0m', 'red'],
  ['\u001B]0;title\u0007text', 'text'],
  ['\u001B]8;;http://x\u001B\\link\u001B]8;;\u001B\\', 'link'],
  ['abc\u202Edef\u202C', 'abc def'],
  ['\u0000\u0007x', 'x'],
  ['lone \uD800 surrogate', 'lone \uFFFD surrogate'],
  ['検証精度 👩‍🔬', '検証精度 👩‍🔬'],
])('%j becomes %j', (text, plain) => expect(toPlain(text)).toBe(plain));

test('long text is cut, megabytes quickly', () => {
  expect(toPlain('abcdef', 4)).toBe('abc…');
  expect(toPlain('x'.repeat(50_000_000), 10)).toBe('xxxxxxxxx…');
});

const UNIT = fc.constantFrom(
  ...Array.from('a \u001B\u009B[];?m\u0007\u0000\u007F\u0085\u202E\u2066\u200B\uD800\\'),
  '\u001B[31m',
  '\u001B]0;',
);

test('nothing that moves the cursor survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: UNIT }), (text) => {
      // oxlint-disable-next-line no-control-regex
      expect(toPlain(text)).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E]/u);
    }),
  );
});
