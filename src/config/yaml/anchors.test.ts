import { expect, test } from 'vitest';
import { edit } from '../fixtures/edited.ts';
import type { ShortEdit } from '../fixtures/edited.ts';
import { yamlSyntax } from './syntax.ts';

/** Only the path of an edit changes: what is repeated or merged elsewhere keeps its value. `%` stands for the reason. */
const CASES: [string, string, ShortEdit[], string][] = [
  ['an anchor nobody repeats stays', 'a: &x 1\n', [['a', 2]], 'a: &x 2  # CHANGED: from 1, %\n'],
  [
    'an anchored scalar hands its anchor on',
    'a: &x 1e-4\nb: *x\nc: *x\n',
    [['a', 2]],
    'a: 2.0  # CHANGED: from 1e-4, %\nb: &x 1e-4  # KEPT: was *x, the anchor moved here\nc: *x\n',
  ],
  ['an alias as target', 'a: &x 1\nb: *x # c\n', [['b', 2]], 'a: &x 1\nb: 2 # c  # CHANGED: from 1, %\n'],
  [
    'a value in a repeated mapping',
    'a: &x\n  lr: 0.1\nb: *x\n',
    [['a.lr', 0.2]],
    'a: &x\n  lr: 0.2  # CHANGED: from 0.1, %\nb:  # KEPT: was *x, keeps its value\n  lr: 0.1\n',
  ],
  [
    'a value in a merged mapping',
    'a: &x\n  lr: 0.1\n  wd: 0\nb:\n  <<: *x\n  m: 1\n',
    [['a.lr', 0.2]],
    'a: &x\n  lr: 0.2  # CHANGED: from 0.1, %\n  wd: 0\nb:\n  <<: *x\n  m: 1\n  lr: 0.1  # KEPT: was *x, as inherited before\n',
  ],
  [
    'a merged value that is overridden anyway',
    'a: &x {lr: 0.1}\nb: {<<: *x, lr: 0.5}\n',
    [['a.lr', 0.2]],
    'a: &x {lr: 0.2}  # CHANGED: from 0.1, % [a.lr]\nb: {<<: *x, lr: 0.5}\n',
  ],
  [
    'a new key in a merged mapping is not inherited',
    'a: &x\n  lr: 0.1\nb:\n  <<: *x\n',
    [['a.wd', 1]],
    'a: &x\n  lr: 0.1\n  wd: 1  # NEW: %\nb:\n  <<: {lr: 0.1}  # KEPT: was *x, without wd\n',
  ],
  [
    'a removed key stays where it was merged',
    'a: &x\n  lr: 0.1\n  wd: 0\nb:\n  <<: *x\n',
    [['a.wd', undefined]],
    'a: &x\n  lr: 0.1\n  # REMOVED: wd: 0, %\nb:\n  <<: *x\n  wd: 0  # KEPT: as inherited before\n',
  ],
  [
    'an inherited value as target',
    'a: &x {lr: 0.1}\nb:\n  <<: *x\n',
    [['b.lr', 0.2]],
    'a: &x {lr: 0.1}\nb:\n  <<: *x\n  lr: 0.2  # CHANGED: from 0.1, %\n',
  ],
  [
    'a value below an inherited one',
    'a: &x\n  opt: {lr: 0.1, wd: 1}\nb:\n  <<: *x\n',
    [['b.opt.lr', 0.2]],
    'a: &x\n  opt: {lr: 0.1, wd: 1}\nb:\n  <<: *x\n  opt:  # KEPT: was *x, as inherited\n    lr: 0.2  # CHANGED: from 0.1, %\n    wd: 1\n',
  ],
  [
    'a value below an alias',
    'a: &x {lr: 0.1, wd: 1}\nb: *x # c\n',
    [['b.lr', 0.2]],
    'a: &x {lr: 0.1, wd: 1}\nb: # c  # KEPT: was *x, a copy of its own\n  lr: 0.2  # CHANGED: from 0.1, %\n  wd: 1\n',
  ],
  [
    'a value below an alias, where the file merges',
    'a: &x {lr: 0.1, wd: 1}\nb: *x\nc: {<<: *x}\n',
    [['b.lr', 0.2]],
    'a: &x {lr: 0.1, wd: 1}\nb:  # KEPT: was *x, a copy of its own\n  <<: *x\n  lr: 0.2  # CHANGED: from 0.1, %\nc: {<<: *x}\n',
  ],
  [
    'an inherited key as target of a removal',
    'a: &x {lr: 0.1, wd: 1}\nb: {<<: *x, m: 1}\n',
    [['b.wd', undefined]],
    'a: &x {lr: 0.1, wd: 1}\nb: {<<: {lr: 0.1}, m: 1}  # REMOVED: b.wd: 1, %\n',
  ],
  [
    'a removed key hands its anchor on',
    'a: &x {lr: 0.1}\nb: *x\nc: {<<: *x}\n',
    [['a', undefined]],
    '# REMOVED: a: {lr: 0.1}, %\nb: &x  # KEPT: was *x, the anchor moved here\n  lr: 0.1\nc: {<<: *x}\n',
  ],
  [
    'an anchor inside what goes',
    'a:\n  b: &x 1\n  c: 2\nd: *x\n',
    [['a', 'none']],
    'a: none  # CHANGED: from {b: 1, c: 2}, %\nd: &x 1  # KEPT: was *x, the anchor moved here\n',
  ],
  [
    'chains of merges',
    'a: &a {lr: 0.1}\nb: &b {<<: *a, x: 1}\nc: {<<: *b}\n',
    [['a.lr', 0.2]],
    'a: &a {lr: 0.2}  # CHANGED: from 0.1, % [a.lr]\nb: &b {<<: *a, x: 1, lr: 0.1}  # KEPT: was *a, as inherited before [b.lr]\nc: {<<: *b}\n',
  ],
  [
    'a list of merges',
    'a: &a {lr: 0.1}\nb: &b {wd: 0}\nc:\n  <<: [*a, *b]\n',
    [['b.wd', 1], ['c.lr', 0.5]],
    'a: &a {lr: 0.1}\nb: &b {wd: 1}  # CHANGED: from 0, % [b.wd]\nc:\n  <<: [*a, *b]\n  wd: 0  # KEPT: was *b, as inherited before\n  lr: 0.5  # CHANGED: from 0.1, %\n',
  ],
  [
    'aliases in lists',
    'a: &a {name: Crop}\nt:\n- *a\n- {name: Flip}\n- *a\n',
    [['t[0].name', 'Pad']],
    'a: &a {name: Crop}\nt:\n- name: Pad  # KEPT: was *a, a copy of its own  # CHANGED: from Crop, %\n- {name: Flip}\n- *a\n',
  ],
]; // prettier-ignore

test.each(CASES)('%s', (_, before, edits, after) => {
  expect(edit(yamlSyntax, before, edits).text).toBe(after.replaceAll('%', 'why (recommendation 2)'));
});

test('what a trainer makes of its own tags is not copied', () => {
  const run = (): unknown => edit(yamlSyntax, 'a: &x !tuple [1, 2]\nb: *x\n', [['a', [3]]]);
  expect(run).toThrow(
    expect.objectContaining({ code: 'CONFIG_EDIT_UNSUPPORTED', exit: 2, file: 'config.yaml', line: 1 }),
  );
});

test('names in a list on one line stay', () => {
  const before = 'a: &x 1\nb: [*x, !own 2, &y 3]\nc: *y\n';
  expect(edit(yamlSyntax, before, [['b', [1, 2, 3, 4]]]).text).toBe(
    'a: &x 1\nb: [*x, !own 2, &y 3, 4]  # NEW: why (recommendation 2) [b[3]]\nc: *y\n',
  );
});
