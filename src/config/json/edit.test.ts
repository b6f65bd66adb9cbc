import { expect, test } from 'vitest';
import { edit } from '../fixtures/edited.ts';
import type { ShortEdit } from '../fixtures/edited.ts';
import { jsonSyntax } from './syntax.ts';

test.each<[string, string, ShortEdit[], string]>([
  ['a scalar', '{\n  "a": 1.0,\n  "b": "x"\n}\n', [['a', 2], ['b', 'y"z']], '{\n  "a": 2.0,\n  "b": "y\\"z"\n}\n'],
  ['small numbers', '{"a": 1e-4}', [['a', 3e-7]], '{"a": 3.0e-7}'],
  ['a new key, tabs', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}', [['a.c', { d: 1 }]], '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": {\n\t\t\t"d": 1\n\t\t}\n\t}\n}'],
  ['a new key on one line', '{"a": 1, "b": {"c": 2}}', [['b.d', [1, { e: 2 }]], ['f', 3]], '{"a": 1, "b": {"c": 2, "d": [1, {"e": 2}]}, "f": 3}'],
  ['a new key, compact', '{"a":1,"b":{"c":2}}', [['b.d', [1, 2]], ['f.g', 3]], '{"a":1,"b":{"c":2,"d":[1,2]},"f":{"g":3}}'],
  ['a key in an empty object', '{\n    "a": {},\n    "b": {\n    }\n}\n', [['a.x', 1], ['b.y', 2]], '{\n    "a": {\n        "x": 1\n    },\n    "b": {\n        "y": 2\n    }\n}\n'],
  ['a key in null', '{\n  "a": null\n}\n', [['a.b', 1]], '{\n  "a": {\n    "b": 1\n  }\n}\n'],
  ['removed keys', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n', [['a', undefined], ['c', undefined]], '{\n  "b": 2\n}\n'],
  ['removed keys on one line', '{"a": 1, "b": 2, "c": 3}', [['a', undefined], ['c', undefined]], '{"b": 2}'],
  ['the last key', '{\n  "a": {\n    "b": 1\n  }\n}\n', [['a.b', undefined]], '{\n  "a": {}\n}\n'],
  ['items on lines', '{\n  "a": [\n    1,\n    2\n  ]\n}\n', [['a', [1, 3, 2, 4]]], '{\n  "a": [\n    1,\n    3,\n    2,\n    4\n  ]\n}\n'],
  ['a list on one line', '{\n  "a": [1, 2]\n}\n', [['a', [1, 2, 3]]], '{\n  "a": [1, 2, 3]\n}\n'],
  ['floats of a list', '{"a": [0.9, 0.5]}', [['a[0]', 1]], '{"a": [1.0, 0.5]}'],
])('%s', (_, before, edits, after) => {
  const edited = edit(jsonSyntax, before, edits);
  expect(edited.text).toBe(after);
  expect(() => JSON.parse(edited.text) as unknown).not.toThrow();
}); // prettier-ignore

test('comments where a file has comments', () => {
  const before = `{
  // the rate
  "lr": 0.1, // old
  "wd": 0, /* block */
  "m": {"a": 1, "b": 2},
  "t": [
    "Flip", // first
    "Crop"
  ],
}
`;
  const edits: ShortEdit[] = [
    ['lr', 0.2],
    ['wd', undefined],
    ['m.a', 2],
    ['t', ['Flip', 'Pad', 'Crop']],
    ['n.x', 1],
  ];
  const why = 'why (recommendation 2)';
  expect(edit(jsonSyntax, before, edits).text).toBe(`{
  // the rate
  "lr": 0.2, // old | CHANGED: from 0.1, ${why}
  // REMOVED: "wd": 0, ${why} | block
  "m": {"a": 2, "b": 2},  // CHANGED: from 1, ${why} [m.a]
  "t": [
    "Flip", // first
    "Pad",  // NEW: ${why}
    "Crop"
  ],
  "n": {  // NEW
    "x": 1  // NEW: ${why}
  },
}
`);
});

test('documents the changes beside files without comments', () => {
  const before = '{"model": {"dropout": 0.1, "layers": [1, 2]}}';
  const edited = jsonSyntax.edit(jsonSyntax.parse(before, 'conf/train.json'), [
    {
      path: ['model', 'dropout'],
      kind: 'changed',
      value: 0.4,
      why: 'a | b\n<script> *x* (recommendation 1)',
    },
    { path: ['model', 'act`'], kind: 'new', value: { a: 'x|y' }, why: '' },
    { path: ['model', 'layers'], kind: 'removed', value: null, why: 'not needed' },
  ]);
  expect(edited.sidecar).toBe(`# Changes to train.json

The format of this config has no comments, so its changes are documented here.

| Path | Change | From | To | Why |
| --- | --- | --- | --- | --- |
| \`model.dropout\` | CHANGED | \`0.1\` | \`0.4\` | a \\| b \\<script\\> \\*x\\* (recommendation 1) |
| \`\` model.act\` \`\` | NEW | — | \`{a: "x\\|y"}\` |  |
| \`model.layers\` | REMOVED | \`[1, 2]\` | — | not needed |
`);
});

test.each([Number.NaN, Infinity, -Infinity])('JSON cannot hold %s', (value) => {
  const run = (): unknown => edit(jsonSyntax, '{"a": 1}', [['a', value]]);
  expect(run).toThrow(expect.objectContaining({ code: 'CONFIG_VALUE_UNWRITABLE', exit: 2 }));
});
