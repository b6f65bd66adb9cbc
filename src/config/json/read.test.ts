import { expect, test } from 'vitest';
import { jsonSyntax } from './syntax.ts';

test.each<[string, string, string, number | undefined, string]>([
  ['bare NaN', '{\n  "a": NaN\n}', 'CONFIG_SYNTAX', 2, 'NaN is not JSON, though Python writes it.'],
  ['bare -Infinity', '{"a": -Infinity}', 'CONFIG_SYNTAX', 1, 'Infinity is not JSON'],
  ['a trailing comma', '{\n  "a": 1,\n}', 'CONFIG_SYNTAX', 3, 'A comma stands before a closing bracket.'],
  ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 'CONFIG_SYNTAX', 3, 'a comma is expected'],
  ['single quotes', "{'a': 1}", 'CONFIG_SYNTAX', 1, 'is not understood'],
  ['a missing end', '{"a": [1, 2', 'CONFIG_SYNTAX', 1, 'expected'],
  ['text behind the value', '{"a": 1}\n{"b": 2}', 'CONFIG_SYNTAX', 2, 'nothing may follow'],
  ['a comment that does not end', '{"a": 1} /* x', 'CONFIG_SYNTAX', 1, 'a comment is not closed'],
  ['a key twice', '{\n  "a": 1,\n  "b": 2,\n  "a": 3\n}', 'CONFIG_DUPLICATE_KEY', 4, 'first on line 2'],
  ['__proto__', '{"a": {"__proto__": 1}}', 'CONFIG_KEY_REFUSED', 1, '__proto__'],
  ['a list', '\n[1]', 'CONFIG_NOT_MAPPING', 2, 'a list'],
  ['null', 'null', 'CONFIG_NOT_MAPPING', 1, 'null'],
  ['lists too deep', `{"a": ${'['.repeat(100_000)}`, 'CONFIG_TOO_DEEP', undefined, 'too deeply'],
  [
    'objects a little too deep',
    `{"a": ${'['.repeat(600)}${']'.repeat(600)}}`,
    'CONFIG_TOO_DEEP',
    1,
    'too deeply',
  ],
])('refuses %s', (_, text, code, line, message) => {
  expect(() => jsonSyntax.parse(text, 'c.json')).toThrow(
    expect.objectContaining({
      code,
      exit: 2,
      file: 'c.json',
      line,
      message: expect.stringContaining(message),
      remedy: expect.any(String),
    }),
  );
});

test('reads comments and trailing commas where a file has comments, or is named .jsonc', () => {
  const value = { a: [1, 2] };
  expect(jsonSyntax.parse('// c\n{"a": [1, 2,],}', 'c.json').value).toEqual(value);
  expect(jsonSyntax.parse('{"a": [1, 2,],}', 'c.jsonc').value).toEqual(value);
});
