import { expect, it } from 'vitest';
import { foldCharacters } from './characters.ts';

it.each([
  ['plain text', 'plain text'],
  ['0.1 ⟶ 0.4', '0.1 → 0.4'],
  ['0.1 ⇒ 0.4', '0.1 → 0.4'],
  ['1×10⁻⁴', '1×10^-4'],
  ['1e−4', '1e-4'],
  ['dropout＝０．４', 'dropout=0.4'],
  ['“0.4”', '"0.4"'],
  ['drop\u200bout\u202e', 'dropout'],
  ['a\u00a0b\u3000c', 'a b c'],
  ['½', '0.5'],
  ['é'.normalize('NFD'), 'é'],
  ['\u001b[31mred', '[31mred'],
])('%j → %j', (text, folded) => {
  expect(foldCharacters(text)).toBe(folded);
});
