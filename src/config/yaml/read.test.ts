import { expect, test } from 'vitest';
import { yamlSyntax } from './syntax.ts';

const read = (text: string): unknown => yamlSyntax.parse(text, 'c.yaml').value;

test.each<[string, string, unknown]>([
  [
    'words and numbers',
    'a: yes\nb: 1e-4\nc: 0x10\nd: "1"\ne: ~\n',
    { a: true, b: 1e-4, c: 16, d: '1', e: null },
  ],
  ['tags', 'a: !!str 1\nb: !!int "3"\nc: !!float 2\nd: ! 5\n', { a: '1', b: 3, c: 2, d: '5' }],
  ['tags of trainers', 'a: !py/tuple [1]\nb: !ENV ${X}\n', { a: [1], b: '${X}' }],
  ['aliases', 'a: &x {b: [1]}\nc: *x\n', { a: { b: [1] }, c: { b: [1] } }],
  ['merges', 'a: &x {p: 1, q: 1}\nb: {<<: *x, q: 2}\n', { a: { p: 1, q: 1 }, b: { p: 1, q: 2 } }],
  [
    'lists of merges: the first wins',
    'a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}\n',
    { a: { p: 1 }, b: { p: 2, q: 2 }, c: { p: 1, q: 2 } },
  ],
  ['several merges: the last wins', 'c:\n  <<: {p: 1}\n  <<: {p: 2}\n', { c: { p: 2 } }],
  ['a quoted << is a key', 'a: {"<<": 1}\n', { a: { '<<': 1 } }],
  [
    'null that overrides a merged value',
    'a: &x {p: 1}\nb: {<<: *x, p: null}\n',
    { a: { p: 1 }, b: { p: null } },
  ],
  [
    'keys as they are spelled',
    'on: 1\n1.0: 2\n0x1: 3\nnull: 4\n"q": 5\n',
    { on: 1, '1.0': 2, '0x1': 3, null: 4, q: 5 },
  ],
  ['aliases as keys', 'a: &k name\n*k : 1\n', { a: 'name', name: 1 }],
  ['block scalars', 'a: |\n  x\n\nb: >-\n  y\n  z\nc: |+\n  w\n\n', { a: 'x\n', b: 'y z', c: 'w\n\n' }],
  ['an open block scalar, as PyYAML does', 'a: |\n  x', { a: 'x' }],
  ['pairs in lists', 'a: [b: 1, c]\n', { a: [{ b: 1 }, 'c'] }],
  ['sets', 'a: !!set {x, y}\n', { a: { x: null, y: null } }],
  ['a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
  ['markers and directives', '%YAML 1.2\n--- # start\na: 1\n...\n# end\n', { a: 1 }],
  ['braces', '{a: 1}', { a: 1 }],
  ['an empty mapping', '{}', {}],
])('reads %s', (_, text, value) => {
  expect(read(text)).toEqual(value);
});

test.each<[string, string, string, number | undefined]>([
  ['a syntax error', 'a: 1\nb: [1\nc: 2\n', 'CONFIG_SYNTAX', 3],
  ['a tab as indentation', 'a:\n\tb: 1\n', 'CONFIG_TABS', 2],
  ['two documents', 'a: 1\n---\nb: 2\n', 'CONFIG_MULTI_DOCUMENT', 2],
  ['an empty second document', 'a: 1\n---\n', 'CONFIG_MULTI_DOCUMENT', 2],
  ['a list', '# c\n- 1\n', 'CONFIG_NOT_MAPPING', 2],
  ['a scalar', 'hello\n', 'CONFIG_NOT_MAPPING', 1],
  ['nothing but comments', '# a\n\n# b\n', 'CONFIG_EMPTY', undefined],
  ['nothing but a marker', '---\n', 'CONFIG_EMPTY', undefined],
  ['a key twice', 'a: 1\nb:\n  c: 1\n  "c": 2\n', 'CONFIG_DUPLICATE_KEY', 4],
  ['a key that is a list', '? [a]\n: 1\n', 'CONFIG_KEY_UNSUPPORTED', 1],
  ['a key that is missing', 'a: 1\n: 2\n', 'CONFIG_KEY_UNSUPPORTED', 2],
  ['__proto__', 'a:\n  __proto__: {x: 1}\n', 'CONFIG_KEY_REFUSED', 2],
  ['constructor', 'a: {"constructor": 1}\n', 'CONFIG_KEY_REFUSED', 1],
  ['an alias without an anchor', 'a: 1\nb: *x\n', 'CONFIG_SYNTAX', 2],
  ['an alias before its anchor', 'a: *x\nb: &x 1\n', 'CONFIG_SYNTAX', 1],
  ['an alias of itself', 'a: &x\n  b: [*x]\n', 'CONFIG_ALIAS_RECURSIVE', 2],
  ['a merge of itself', 'a: &x\n  <<: *x\n', 'CONFIG_ALIAS_RECURSIVE', 2],
  ['a merge of a scalar', 'a:\n  <<: 1\n', 'CONFIG_SYNTAX', 2],
  ['a lone carriage return', 'a: 1\nb: 2\rc: 3\n', 'CONFIG_SYNTAX', 2],
  ['a string that does not end', 'a: "x\nb: 1\n', 'CONFIG_SYNTAX', 3],
  ['braces too deep', `a: ${'['.repeat(5000)}\n`, 'CONFIG_TOO_DEEP', 1],
  [
    'blocks too deep',
    `${Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n`,
    'CONFIG_TOO_DEEP',
    undefined,
  ],
])('refuses %s', (_, text, code, line) => {
  const error = expect.objectContaining({ code, exit: 2, file: 'c.yaml', remedy: expect.any(String) });
  expect(() => read(text)).toThrow(error);
  if (line !== undefined) expect(() => read(text)).toThrow(expect.objectContaining({ line }));
});

const bomb = (first: string, item: (name: string) => string): string =>
  [
    `a0: &a0 ${first}`,
    ...Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} ${item(`*a${index}`)}`),
  ].join('\n');

test.each([
  ['lists', bomb('x', (alias) => `[${Array(9).fill(alias).join(', ')}]`)],
  ['merges', bomb('{x: 1}', (alias) => `{<<: [${Array(9).fill(alias).join(', ')}]}`)],
  ['empty merges', bomb('{}', (alias) => `{<<: [${Array(9).fill(alias).join(', ')}]}`)],
])('refuses bombs of %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'CONFIG_ALIAS_BOMB', exit: 2 }));
});

test('a syntax error quotes no more than a line', () => {
  try {
    read(`a: ${'!'.repeat(100_000)}\n`);
    expect.unreachable();
  } catch (error) {
    expect((error as Error).message.length).toBeLessThan(300);
  }
});

test('finds lines and spellings through aliases and merges', () => {
  const document = yamlSyntax.parse(
    'a: &x\n  lr: 1e-4\nb: *x\nc:\n  <<: *x\n  d:\n    - "q"\n    -\n',
    'c.yaml',
  );
  expect(document.lineOf(['b', 'lr'])).toBe(2);
  expect(document.lineOf(['c', 'lr'])).toBe(2);
  expect(document.lineOf(['c', 'd', 0])).toBe(7);
  expect(document.lineOf(['c', 'd', '1'])).toBe(8);
  expect(document.lineOf(['c', 'd', 2])).toBeUndefined();
  expect(document.spellingOf(['c', 'lr'])).toBe('1e-4');
  expect(document.spellingOf(['c', 'd', 0])).toBe('"q"');
  expect(document.spellingOf(['c', 'd', 1])).toBe('');
  expect(document.spellingOf(['b'])).toBeUndefined();
});

test('warns where readers disagree', () => {
  const { warnings } = yamlSyntax.parse(
    'a: 1e-4\nb: "1e-4"\nc: [1.0e-4, no]\nd: !Enum x\ne: 014\nno: 1\n',
    'c.yaml',
  );
  expect(warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '1: PyYAML (YAML 1.1) reads 1e-4 as the string "1e-4", YAML 1.2 as 0.0001. Write 0.0001 for the number, or "1e-4" for the text.',
    '3: PyYAML (YAML 1.1) reads no as false, YAML 1.2 as the string "no". Write false for the boolean, or "no" for the text.',
    '4: The tag !Enum is left to the trainer; Pawl reads the plain value behind it.',
    '5: PyYAML (YAML 1.1) reads 014 as 12, YAML 1.2 as 14. Write 12 for the number, or "014" for the text.',
  ]);
});
