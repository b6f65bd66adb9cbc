import { expect, it } from 'vitest';
import { lineAt, readInline } from './inline.ts';

function leafOf(...texts: string[]) {
  return readInline(texts.map((text, index) => ({ text, line: index + 10 })));
}

it.each([
  ['**bold** and *soft*', 'bold and soft'],
  ['`model.dropout: 0.4`', 'model.dropout: 0.4'],
  ['``a ` b``', 'a ` b'],
  ['[Dropout](https://example.org) up', ' Dropout up'],
  ['![curve](a.png) text', ' text'],
  ['see https://example.org/a?b=1 now', 'see  now'],
  ['early_stopping.patience', 'early_stopping.patience'],
  ['3 * 4 and 3*4', '3 * 4 and 3*4'],
  ['$10 \\to 5$ and $1 \\times 10^{-4}$', '10 → 5 and 1 × 10^-4'],
  ['\\*no\\* emphasis', '*no* emphasis'],
  ['a[^1] b', 'a b'],
  ['~0.4', '~0.4'],
  ['`open', 'open'],
])('%j reads as %j', (text, plain) => {
  expect(leafOf(text).text).toBe(plain);
});

it('leaves out what is struck', () => {
  const leaf = leafOf('~~lr 0.1~~ lr 0.2');
  expect(leaf.text.trim()).toBe('lr 0.2');
  expect(leaf.hasStruck).toBe(true);
});

it('knows the line of an offset', () => {
  const leaf = leafOf('one', 'two `x`', 'three');
  expect(lineAt(leaf, leaf.text.indexOf('one'))).toBe(10);
  expect(lineAt(leaf, leaf.text.indexOf('x'))).toBe(11);
  expect(lineAt(leaf, leaf.text.indexOf('three'))).toBe(12);
});
