import { expect, test } from 'vitest';
import type { ConfigValue } from '../config/value.ts';
import { formatSetting } from './setting.ts';

test.each<[ConfigValue, string]>([
  [0.4, '0.4'],
  [null, 'null'],
  [true, 'true'],
  ['cosine', 'cosine'],
  ['no', '"no"'],
  ['two words', '"two words"'],
  [['RandomCrop', { p: 0.5 }], '[RandomCrop, {p: 0.5}]'],
  [[], '[]'],
  ['a\nb', '"a\\nb"'],
])('%j', (value, text) => expect(formatSetting(value)).toBe(text));

test('huge values are cut without being walked', () => {
  const deep: ConfigValue = Array.from({ length: 200_000 }, (_, index) => index);
  const text = formatSetting(deep, 20);
  expect(text).toBe('[0, 1, 2, 3, 4, 5, …');
});
