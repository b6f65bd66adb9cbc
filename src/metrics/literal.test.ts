import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLiteral } from './literal.ts';

describe('parseLiteral', () => {
  it.each([
    [
      '{"a": [1, 2.5, NaN, -Infinity], "b": null}',
      { a: [1, 2.5, Number.NaN, Number.NEGATIVE_INFINITY], b: null },
    ],
    ["{'loss': 0.5, 'ok': True, 'none': None, }", { loss: 0.5, ok: true, none: null }],
    [
      "{'a': tensor(0.5, device='cuda:0'), 'b': np.float64(0.25), 'c': (1, 2)}",
      { a: 0.5, b: 0.25, c: [1, 2] },
    ],
    [String.raw`{"a": "x\"y\u0041\n", 'b': 'it\'s'}`, { a: 'x"yA\n', b: "it's" }],
    ['{loss: 0.5, nan: nan}', { loss: 0.5, nan: Number.NaN }],
    ['{"__proto__": 1, "a": {"constructor": 2, "b": 3}}', { a: { b: 3 } }],
  ])('reads %s', (text, value) => {
    expect(parseLiteral(text)).toEqual({ value, end: text.length, isCut: false });
  });

  it('reads whatever JSON holds', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        if (!/^[[{]/.test(text) || /__proto__|constructor|prototype/.test(text)) return;
        expect(JSON.stringify(parseLiteral(text)?.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('keeps what there is of a literal that is cut, whole values only', () => {
    expect(parseLiteral('{"epochs": [{"e": 1, "loss": 0.5}, {"e": 2, "loss": 0.4')).toEqual({
      value: { epochs: [{ e: 1, loss: 0.5 }, { e: 2 }] },
      end: 55,
      isCut: true,
    });
  });

  it.each(['{"a" 1}', '{"a": }', '[1 2]', '}', 'word', '{"a": 1.2.3}', '{a: b: c}'])(
    'takes %s for none',
    (text) => {
      expect(parseLiteral(`${text} `)).toBeUndefined();
    },
  );

  it('gives up on deep nesting', () => {
    expect(parseLiteral('['.repeat(100_000))).toBeUndefined();
  });
});
