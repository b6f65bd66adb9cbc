import { expect, test } from 'vitest';
import { edit } from '../fixtures/edited.ts';
import type { ShortEdit } from '../fixtures/edited.ts';
import { yamlSyntax } from './syntax.ts';

const MARK = 'why (recommendation 2)';

/** Name, text before, edits, text after; `%` stands for the reason. */
const CASES: [string, string, ShortEdit[], string][] = [
  ['a scalar', 'a: 1\nb: 2\n', [['a', 5]], 'a: 5  # CHANGED: from 1, %\nb: 2\n'],
  ['a scalar with a comment', 'a: 1 # one\n', [['a', 5]], 'a: 5 # one  # CHANGED: from 1, %\n'],
  ['a scalar with an empty comment', 'a: 1 #\n', [['a', 5]], 'a: 5 # CHANGED: from 1, %\n'],
  ['trailing spaces', 'a: 1   \n', [['a', 5]], 'a: 5  # CHANGED: from 1, %\n'],
  ['a tab before a comment', 'a: 1\t#\tone\n', [['a', 5]], 'a: 5\t#\tone  # CHANGED: from 1, %\n'],
  [
    'aligned comments',
    'lr: 0.1      # rate\nepochs: 10   # all\n',
    [['lr', 0.0001]],
    'lr: 0.0001   # rate  # CHANGED: from 0.1, %\nepochs: 10   # all\n',
  ],
  [
    'aligned comments that no longer fit',
    'a: 1  # x\nb: 2  # y\n',
    [['a', 123456]],
    'a: 123456 # x  # CHANGED: from 1, %\nb: 2  # y\n',
  ],
  ['quotes as they were', `a: 'x'\nb: "y"\n`, [['a', "it's"], ['b', 'z']], `a: 'it''s'  # CHANGED: from 'x', %\nb: "z"  # CHANGED: from "y", %\n`], // prettier-ignore
  ['True stays in its case', 'a: True\nb: FALSE\n', [['a', false], ['b', true]], 'a: False  # CHANGED: from True, %\nb: TRUE  # CHANGED: from FALSE, %\n'], // prettier-ignore
  ['PyYAML strings become numbers', 'lr: 1e-4\n', [['lr', 3e-5]], 'lr: 3.0e-5  # CHANGED: from 1e-4, %\n'],
  ['floats stay floats', 'a: 1.0\nb: [0.9, 0.5]\n', [['a', 2], ['b', [1, 0.5]]], 'a: 2.0  # CHANGED: from 1.0, %\nb: [1.0, 0.5]  # CHANGED: from [0.9, 0.5], %\n'], // prettier-ignore
  ['null', 'a: null\nb: ~\nc:\nd: # x\n', [['a', 1], ['b', 2], ['c', 3], ['d', 4]], 'a: 1  # CHANGED: from null, %\nb: 2  # CHANGED: from ~, %\nc: 3  # CHANGED: from null, %\nd: 4 # x  # CHANGED: from null, %\n'], // prettier-ignore
  ['to null', 'a: 1\nb: ~\n', [['a', null]], 'a: null  # CHANGED: from 1, %\nb: ~\n'],
  [
    'a value on the next line',
    'a:\n  long text\nb: 1\n',
    [['a', 'short']],
    'a:\n  short  # CHANGED: from long text, %\nb: 1\n',
  ],
  [
    'text over several lines',
    'a: one\n  two # c\nb: "x\n  y"\n',
    [['a', 'one'], ['b', 'z']],
    'a: one # c  # CHANGED: from one two, %\nb: "z"  # CHANGED: from x y, %\n',
  ],
  [
    'a block scalar by a line',
    'a: | # hdr\n  x\n\n  y\n\n# foot\nb: 1\n',
    [['a', 'z']],
    'a: z # hdr  # CHANGED: from "x\\n\\ny\\n", %\n\n# foot\nb: 1\n',
  ],
  [
    'a block scalar by another',
    'a: |\n  x\nb: 1\n',
    [['a', 'one\n  two\n']],
    'a: |  # CHANGED: from "x\\n", %\n  one\n    two\nb: 1\n',
  ],
  [
    'a new text over several lines',
    'm:\n    a: 1\n',
    [['m.b', 'one\ntwo']],
    'm:\n    a: 1\n    b: |-  # NEW: %\n        one\n        two\n',
  ],
  ['a block list by a scalar', 'a:  # list\n  - 1\n  - 2 # two\nb: 1\n', [['a', 5]], 'a: 5  # list  # CHANGED: from [1, 2], %\nb: 1\n'],
  ['a scalar by a short list', 'a: 1 # c\n', [['a', [1, 2]]], 'a: [1, 2] # c  # CHANGED: from 1, %\n'],
  [
    'a scalar by a mapping',
    'a: 1 # c\nb: 2\n',
    [['a', { x: 1, z: [1] }]],
    'a: # c  # CHANGED: from 1, %\n  x: 1  # CHANGED\n  z: [1]  # CHANGED\nb: 2\n',
  ],
  [
    'a list of mappings',
    'a: 1\n',
    [['t', [{ name: 'Crop', size: 32 }, 'Flip']]],
    'a: 1\nt:  # NEW: %\n  - name: Crop  # NEW\n    size: 32  # NEW\n  - Flip  # NEW\n',
  ],
  [
    'items of a block list',
    't:\n  - a  # first\n  # between\n  - b\n  - c # last\n',
    [['t', ['a', 'x', 'b', 'd']]],
    't:\n  - a  # first\n  - x  # NEW: %\n  # between\n  - b\n  - d # last  # CHANGED: from c, %\n',
  ],
  [
    'the first item of a list',
    'm:\n- a\n- b\n',
    [['m', ['z', 'a', 'b']]],
    'm:\n- z  # NEW: %\n- a\n- b\n',
  ],
  [
    'items of mappings in a list',
    't:\n- name: Crop\n  size: 32\n- {name: Flip}\n',
    [['t', [{ name: 'Crop', size: 28, pad: 4 }, { name: 'Flip' }]]],
    't:\n- name: Crop\n  size: 28  # CHANGED: from 32, %\n  pad: 4  # NEW: %\n- {name: Flip}\n',
  ],
  [
    'a flow mapping',
    'o: {lr: 0.1, wd: 0}  # opt\n',
    [['o.lr', 0.2], ['o.m', 0.9], ['o.wd', undefined]],
    'o: {lr: 0.2, m: 0.9}  # opt  # CHANGED: from 0.1, % [o.lr]  # NEW: % [o.m]  # REMOVED: o.wd: 0, %\n',
  ],
  [
    'a flow mapping over several lines',
    'o: {\n  lr: 0.1,  # rate\n  wd: 0\n}\n',
    [['o.lr', 0.2], ['o.m', 0.9], ['o.wd', undefined]],
    'o: {\n  lr: 0.2,  # rate  # CHANGED: from 0.1, %\n  # REMOVED: wd: 0, %\n  m: 0.9  # NEW: %\n}\n',
  ],
  ['a flow list with a comma at its end', 'a: [\n  1,\n  2, # two\n]\n', [['a', [1, 2, 3]]], 'a: [\n  1,\n  2, # two\n  3,  # NEW: %\n]\n'],
  ['a flow list with padding', 'a: [ 1, 2 ]\n', [['a', [3]]], 'a: [ 3 ]  # CHANGED: from [1, 2], %\n'],
  ['a flow list that closes on the last line', 'a: [1,\n    2]\n', [['a', [1, 2, 3]]], 'a: [1,\n    2,\n    3]  # NEW: % [a[2]]\n'],
  [
    'a flow list that outgrows its line',
    't: [a]\n',
    [['t', [{ name: 'RandomResizedCrop', size: 224, scale: [0.08, 1.5] }, { name: 'ColorJitter', brightness: 0.4, hue: 0.1 }]]],
    't:  # CHANGED: from [a], %\n  - name: RandomResizedCrop  # CHANGED\n    size: 224  # CHANGED\n    scale: [0.08, 1.5]  # CHANGED\n  - name: ColorJitter  # CHANGED\n    brightness: 0.4  # CHANGED\n    hue: 0.1  # CHANGED\n',
  ],
  ['a scalar amid quoted lines', 'a: ["x\n  y", 1, "u\n  v"]\n', [['a[1]', 2]], 'a: ["x\n  y", 2, "u\n  v"]  # CHANGED: from 1, % [a[1]]\n'],
  ['pairs in a flow list', 'a: [b: 1, c]\n', [['a[0].b', 2], ['a[0].d', 3]], 'a: [{b: 2, d: 3}, c]  # CHANGED: from 1, % [a[0].b]  # NEW: % [a[0].d]\n'],
  ['JSON in YAML', '{"a": 1, "b": {}}\n', [['a', 2], ['c', 'x'], ['b.d', 1]], '{"a": 2, "b": {"d": 1}, "c": "x"}  # CHANGED: from 1, % [a]  # NEW: % [c]  # NEW: % [b.d]\n'],
  ['a key at the end of the root', 'a: 1\n# foot\n', [['b', 1]], 'a: 1\nb: 1  # NEW: %\n# foot\n'],
  ['a key without a final line break', 'a: 1', [['b', 1]], 'a: 1\nb: 1  # NEW: %'],
  ['a key after an open block scalar', 'a: |\n  x', [['b', 1]], 'a: |-\n  x\nb: 1  # NEW: %'],
  ['a text at an open end', 'a: 1', [['b', 'x\ny\n'], ['c', 'x\ny']], 'a: 1\nb: "x\\ny\\n"  # NEW: %\nc: |-  # NEW: %\n  x\n  y'],
  ['a key after kept line breaks', 'a: |+\n  x\n\nb: 1\n', [['c', 1]], 'a: |+\n  x\n\nb: 1\nc: 1  # NEW: %\n'],
  ['a block after kept line breaks', 'a:\n  x: 1\n\nb:\n  c: |+\n    y\n\n', [['d.e', 1]], 'a:\n  x: 1\n\nb:\n  c: |+\n    y\n\nd:  # NEW\n  e: 1  # NEW: %\n'],
  ['a key before the end marker', '---\na: 1\n...\n', [['b', 1]], '---\na: 1\nb: 1  # NEW: %\n...\n'],
  ['a key after a directive', '%YAML 1.1\n---\na: 1\n', [['b', 1]], '%YAML 1.1\n---\na: 1\nb: 1  # NEW: %\n'],
  [
    'a key in a block with comments below',
    'm:\n  a: 1\n  # b: 2\n\nt: 1\n',
    [['m.c', 1]],
    'm:\n  a: 1\n  c: 1  # NEW: %\n  # b: 2\n\nt: 1\n',
  ],
  [
    'a root key below the comments of the block before it',
    'm:\n  a: 1\n  # b: 2\n',
    [['c', 1]],
    'm:\n  a: 1\n  # b: 2\nc: 1  # NEW: %\n',
  ],
  ['a block among spaced blocks', 'a:\n  x: 1\n\nb:\n  y: 1\n', [['c.z', 1]], 'a:\n  x: 1\n\nb:\n  y: 1\n\nc:  # NEW\n  z: 1  # NEW: %\n'],
  ['a key in nothing', 'm:\nt: 1\n', [['m.a', 1]], 'm:\n  a: 1  # NEW: %\nt: 1\n'],
  ['a key in nothing with a comment', 'm: # later\nt: 1\n', [['m.a', 1]], 'm: # later\n  a: 1  # NEW: %\nt: 1\n'],
  ['a key in null', 'm: ~\n', [['m.a', 1]], 'm:\n  a: 1  # NEW: %\n'],
  ['a key in braces', 'm: {}  # none\n', [['m.a', 1]], 'm:  # none\n  a: 1  # NEW: %\n'],
  ['a key in braces that hold a comment', 'm: {\n  # none\n}\n', [['m.a', 1]], 'm: {a: 1  # NEW: % [m.a]\n  # none\n}\n'],
  ['a deep key', 'm:\n    a: 1\n', [['m.b.c.d', 1]], 'm:\n    a: 1\n    b:  # NEW\n        c:  # NEW\n            d: 1  # NEW: %\n'],
  ['a key in an item', 'a:\n- b: 1\n- c\n', [['a[0].d', 1], ['a[2].e.f', 1, 'new']], 'a:\n- b: 1\n  d: 1  # NEW: %\n- c\n- e:  # NEW\n    f: 1  # NEW: %\n'],
  ['odd keys', 'a: 1\n', [['"x.y"', 1], ['"no"', 1], ['"a b"', 1], ['"- x"', 1], ['"#"', 1]], 'a: 1\nx.y: 1  # NEW: %\n"no": 1  # NEW: %\na b: 1  # NEW: %\n"- x": 1  # NEW: %\n"#": 1  # NEW: %\n'],
  ['odd keys as targets', `"x.y": 1\n'a b': 1\non: 1\n? k\n: 1\n`, [['"x.y"', 2], ['"a b"', 2], ['on', 2], ['k', 2]], `"x.y": 2  # CHANGED: from 1, %\n'a b': 2  # CHANGED: from 1, %\non: 2  # CHANGED: from 1, %\n? k\n: 2  # CHANGED: from 1, %\n`],
  ['numbers as keys', 'a: {30: 0.1}\nb:\n  1: x\n', [['a.60', 0.01], ['b.2', 'z']], 'a: {30: 0.1, 60: 0.01}  # NEW: % [a.60]\nb:\n  1: x\n  2: z  # NEW: %\n'],
  ['a removed key', 'a: 1 # one\nb: 2\n', [['a', undefined]], '# REMOVED: a: 1, % | one\nb: 2\n'],
  ['a removed block', 'a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n', [['a.b', undefined]], 'a:\n  # REMOVED: b: {c: 1, d: 2}, %\n  e: 3\n'],
  ['the last key of a block', 'a:\n  # why\n  b: 1\nc: 1\n', [['a.b', undefined]], 'a: {}\n  # why\n  # REMOVED: b: 1, %\nc: 1\n'],
  ['the last key of a flow mapping', 'a: {b: 1}\n', [['a.b', undefined]], 'a: {}  # REMOVED: b: 1, %\n'],
  ['the last key of all', '# head\na: 1\n', [['a', undefined]], '# head\n{}  # REMOVED: a: 1, %\n'],
  ['the first key of an item', 'a:\n- b: 1\n  c: 2\n', [['a[0].b', undefined]], 'a:\n- # REMOVED: b: 1, %\n  c: 2\n'],
  ['removed items', 'a:\n- x\n- y\nb: [1, 2, 3]\n', [['a[0]', undefined], ['b[2]', undefined], ['b[0]', undefined]], 'a:\n# REMOVED: x, %\n- y\nb: [2]  # REMOVED: b[2]: 3, %  # REMOVED: b[0]: 1, %\n'],
  ['a value behind a standard tag', 'a: !!float 1\n', [['a', 2]], 'a: 2  # CHANGED: from 1, %\n'],
  ['a collection behind a tag of the trainer', 'a: !tuple [1, 2]\n', [['a', [1]]], 'a: !tuple [1]  # CHANGED: from [1, 2], %\n'],
]; // prettier-ignore

test.each(CASES)('%s', (_, before, edits, after) => {
  expect(edit(yamlSyntax, before, edits).text).toBe(
    after.replaceAll('%', MARK).replaceAll(`${MARK}YAML`, '%YAML'),
  );
});

test.each(CASES)('%s, with CRLF', (_, before, edits, after) => {
  const crlf = edit(yamlSyntax, before.replaceAll('\n', '\r\n'), edits).text;
  const wanted = after.replaceAll('%', MARK).replaceAll(`${MARK}YAML`, '%YAML').replaceAll('\n', '\r\n');
  expect(crlf.replace(/\r\n/g, '\n')).not.toContain('\r');
  if (before.includes('\n')) expect(crlf).toBe(wanted);
});
