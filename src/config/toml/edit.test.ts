import { expect, test } from 'vitest';
import { edit } from '../fixtures/edited.ts';
import type { ShortEdit } from '../fixtures/edited.ts';
import { tomlSyntax } from './syntax.ts';

/** `%` stands for the reason. */
test.each<[string, string, ShortEdit[], string]>([
  ['scalars', 'a = 1 # one\nb = 1.0\nc = \'x\'\n', [['a', 2], ['b', 2], ['c', 'y']], 'a = 2 # one  # CHANGED: from 1, %\nb = 2.0  # CHANGED: from 1.0, %\nc = \'y\'  # CHANGED: from \'x\', %\n'],
  ['special numbers', 'a = 1.0\nb = 2\nc = 1e-3\n', [['a', Infinity], ['b', Number.NaN], ['c', 5e-4]], 'a = inf  # CHANGED: from 1.0, %\nb = nan  # CHANGED: from 2, %\nc = 5.0e-4  # CHANGED: from 1e-3, %\n'],
  ['dates', 'a = 2024-01-01\nb = 2024-01-01\n', [['a', '2025-02-03'], ['b', 'soon']], 'a = 2025-02-03  # CHANGED: from 2024-01-01, %\nb = "soon"  # CHANGED: from 2024-01-01, %\n'],
  ['a new key in a section', '[m]\na = 1\n# foot\n\n[n]\nb = 1\n', [['m.c', 'x']], '[m]\na = 1\nc = "x"  # NEW: %\n# foot\n\n[n]\nb = 1\n'],
  ['a new key in an empty section', '[m] # hdr\n[n]\n', [['m.a', 1]], '[m] # hdr\na = 1  # NEW: %\n[n]\n'],
  ['a new root key', 'a = 1\n\n[m]\n', [['b', 2]], 'a = 1\nb = 2  # NEW: %\n\n[m]\n'],
  ['a first root key', '# about m\n[m]\na = 1\n', [['b', 2]], 'b = 2  # NEW: %\n\n# about m\n[m]\na = 1\n'],
  ['a new section', '[m]\na = 1\n\n[n]\nb = 1\n', [['x.y', { z: 1, w: { v: [1, { u: 2 }] } }], ['m.sub.k', 1]], '[m]\na = 1\n\n[m.sub]  # NEW\nk = 1  # NEW: %\n\n[n]\nb = 1\n\n[x.y]  # NEW: %\nz = 1  # NEW\n\n[x.y.w]  # NEW\nv = [1, { u = 2 }]  # NEW\n'],
  ['a key in an implicit table', '# deep\n[a.b]\nx = 1\n', [['a.y', 2]], '[a]  # NEW\ny = 2  # NEW: %\n\n# deep\n[a.b]\nx = 1\n'],
  ['dotted keys', 'a.b = 1\na."c d".e = 2\nf = 3\n', [['a.g', 4], ['a."c d".h.i', 5]], 'a.b = 1\na."c d".e = 2\na."c d".h.i = 5  # NEW: %\na.g = 4  # NEW: %\nf = 3\n'],
  ['inline tables', 'a = { b = 1, c.d = 2 } # x\n', [['a.b', 3], ['a.e', 4], ['a.c.f', 5]], 'a = { b = 3, c.d = 2, c.f = 5, e = 4 } # x  # CHANGED: from 1, % [a.b]  # NEW: % [a.e]  # NEW: % [a.c.f]\n'],
  ['an empty inline table', 'a = {}\n', [['a.b', 1]], 'a = { b = 1 }  # NEW: % [a.b]\n'],
  ['arrays over lines', 'a = [\n  1, # one\n  2\n]\n', [['a', [1, 3, 4]]], 'a = [\n  1, # one\n  3,  # CHANGED: from 2, %\n  4  # NEW: %\n]\n'],
  ['lists of tables', '[[t]]\nname = "A"\n\n[[t]]\nname = "B"\n', [['t', [{ name: 'Z' }, { name: 'A' }, { name: 'B', p: 1 }]]], '[[t]]  # NEW: %\nname = "Z"  # NEW\n\n[[t]]\nname = "A"\n\n[[t]]\nname = "B"\np = 1  # NEW: %\n'],
  ['a list of tables by other values', '[[t]]\na = 1\n\n[m]\nb = 1\n', [['t', ['x', 'y']]], 't = ["x", "y"]  # CHANGED: from [{a: 1}], %\n\n[m]\nb = 1\n'],
  ['removed keys', 'a = 1 # one\n[m]\nb = 1\nc = { d = 1, e = 2 }\n', [['a', undefined], ['m.b', undefined], ['m.c.e', undefined]], '# REMOVED: a: 1, % | one\n[m]\n# REMOVED: b: 1, %\nc = { d = 1 }  # REMOVED: c.e: 2, %\n'],
  ['a removed section', '[m]\na = 1\n\n[m.sub]\nb = 1\n\n[n]\nc = 1\n', [['m', undefined]], '# REMOVED: m: {a: 1, sub: {b: 1}}, %\n\n[n]\nc = 1\n'],
  ['the last dotted key', 'a.b = 1\nc = 1\n', [['a.b', undefined]], '# REMOVED: a.b: 1, %\nc = 1\na = {}  # KEPT: empty now\n'],
  ['odd keys', '[m]\na = 1\n', [['m."x.y"', 1], ['m."é"', 1], ['m.30', 1]], '[m]\na = 1\n"x.y" = 1  # NEW: %\n"é" = 1  # NEW: %\n30 = 1  # NEW: %\n'],
])('%s', (_, before, edits, after) => {
  expect(edit(tomlSyntax, before, edits).text).toBe(after.replaceAll('%', 'why (recommendation 2)'));
}); // prettier-ignore

test.each([
  ['null', null],
  ['null in a list', [1, null]],
  ['half a character', 'x\ud800'],
])('TOML cannot hold %s', (_, value) => {
  const run = (): unknown => edit(tomlSyntax, 'a = 1\n', [['a', value]]);
  expect(run).toThrow(
    expect.objectContaining({ code: 'CONFIG_VALUE_UNWRITABLE', exit: 2, remedy: expect.any(String) }),
  );
});

test.each<[string, string, string, number | undefined]>([
  ['a syntax error', 'a = 1\nb = yes\n', 'CONFIG_SYNTAX', 2],
  ['a missing value', 'a =\n', 'CONFIG_SYNTAX', 1],
  ['a key twice', 'a = 1\na = 2\n', 'CONFIG_DUPLICATE_KEY', 2],
  ['a section twice', '[a]\n\n[a]\n', 'CONFIG_DUPLICATE_KEY', 3],
  ['a section over a value', 'a = 1\n[a.b]\n', 'CONFIG_DUPLICATE_KEY', 2],
  ['__proto__', '[__proto__]\nx = 1\n', 'CONFIG_KEY_REFUSED', 1],
  ['a dotted constructor', 'a.constructor.b = 1\n', 'CONFIG_KEY_REFUSED', 1],
  ['lists too deep', `a = ${'['.repeat(600)}${']'.repeat(600)}\n`, 'CONFIG_TOO_DEEP', undefined],
  ['keys too deep', `a${'.a'.repeat(600)} = 1\n`, 'CONFIG_TOO_DEEP', undefined],
])('refuses %s', (_, text, code, line) => {
  const error = { code, exit: 2, file: 'c.toml', remedy: expect.any(String) as string };
  expect(() => tomlSyntax.parse(text, 'c.toml')).toThrow(expect.objectContaining(error));
  if (line !== undefined)
    expect(() => tomlSyntax.parse(text, 'c.toml')).toThrow(expect.objectContaining({ line }));
});
