import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { readPlain11, readPlain12 } from './plain.ts';
import { formatScalar } from './scalar.ts';

test.each([
  [1e-4, '', '0.0001'],
  [1e-6, '', '0.000001'],
  [1e-7, '', '1.0e-7'],
  [-2.5e-9, '', '-2.5e-9'],
  [1e21, '', '1.0e+21'],
  [1.5e300, '', '1.5e+300'],
  [123456789, '', '123456789'],
  [0.1 + 0.2, '', '0.30000000000000004'],
  [1, '1.0', '1.0'],
  [1, '5e-4', '1.0'],
  [1, '3', '1'],
  [5e-4, '1e-3', '5.0e-4'],
  [3e-5, '1.0e-4', '3.0e-5'],
  [0.01, '1e-3', '0.01'],
  [2e6, '1e5', '2.0e+6'],
  [0, '1e-3', '0.0'],
  [-0, '', '-0.0'],
  [Infinity, '', '.inf'],
  [-Infinity, '', '-.inf'],
  [Number.NaN, '', '.nan'],
  [true, '', 'true'],
  [false, 'True', 'False'],
  [true, 'no', 'true'],
  [null, '', 'null'],
  [null, '~', '~'],
  ['adamw', '', 'adamw'],
  ['adamw', "'sgd'", "'adamw'"],
  ['adamw', '"sgd"', '"adamw"'],
  ["it's", "'x'", "'it''s'"],
  ['a\nb', "'x'", '"a\\nb"'],
  ['no', '', '"no"'],
  ['no', "'x'", "'no'"],
  ['12:30', '', '"12:30"'],
  ['014', '', '"014"'],
  ['1e-4', '', '"1e-4"'],
  ['null', '', '"null"'],
  ['', '', '""'],
  [' x', '', '" x"'],
  ['- a', '', '"- a"'],
  ['a: b', '', '"a: b"'],
  ['a:b', '', 'a:b'],
  ['a #b', '', '"a #b"'],
  ['*x', '', '"*x"'],
  ['@x', '', '"@x"'],
  ['<<', '', '"<<"'],
  ['=', '', '"="'],
  ['http://x.y/z?a=1', '', 'http://x.y/z?a=1'],
  ['C:\\data', '', 'C:\\data'],
  ['ünï', '', 'ünï'],
  ['a\u2028b', '', '"a\\u2028b"'],
  ['\u0007', '', '"\\u0007"'],
  ['\u0085', '', '"\\u0085"'],
  ['😀', '', '"😀"'],
])('%j instead of %s is written %s', (value, like, text) => {
  expect(formatScalar(value, { place: 'block', like })).toBe(text);
});

test.each([
  ['a,b', 'a,b', '"a,b"'],
  ['a:b', 'a:b', '"a:b"'],
  ['a[0]', '"a[0]"', '"a[0]"'],
])('%s is quoted where commas and brackets count', (value, block, flow) => {
  expect(formatScalar(value, { place: 'block' })).toBe(block);
  expect(formatScalar(value, { place: 'flow' })).toBe(flow);
});

const SIGNS = Array.from('0123456789.:_-+eExobTrueyn~ ,[]{}#&*!|>\'"%@`=<?/\\\t\n');

const scalar = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...SIGNS) }),
);

test('both versions of YAML read back every scalar in every place', () => {
  const place = fc.constantFrom('block' as const, 'flow' as const);
  const like = fc.constantFrom('', '1.0', '1e-3', "'x'", '"x"', 'True', 'plain');
  const property = fc.property(scalar, place, like, (value, where, old) => {
    const text = formatScalar(value, { place: where, like: old });
    expect(text).not.toContain('\n');
    const source = where === 'flow' ? `{k: ${text}, l: [${text}]}` : `k: ${text} # c\nl:\n- ${text}\n`;
    const { contents, errors } = parseDocument(source, { schema: 'failsafe' });
    expect(errors).toEqual([]);
    const node = contents as unknown as { get(key: string, keep: boolean): { value: string; type: string } };
    const { value: content, type } = node.get('k', true);
    for (const read of [readPlain11, readPlain12]) {
      const got = type === 'PLAIN' ? read(content) : content;
      // -0 and 0 are one value.
      expect(got === value || Object.is(got, value)).toBe(true);
    }
  });
  fc.assert(property, { numRuns: 800 });
});
