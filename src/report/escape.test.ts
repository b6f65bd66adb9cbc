import { GFM, parser } from '@lezer/markdown';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, codeCell, escapeMarkdown, linkTarget } from './escape.ts';

describe('escapeMarkdown', () => {
  test.each([
    ['val_acc', 'val_acc'],
    ['+2-3% val acc', '+2-3% val acc'],
    ['0.1.0', '0.1.0'],
    ['_emphasis_ and *more*', '\\_emphasis\\_ and \\*more\\*'],
    ['a | b', 'a \\| b'],
    ['<script>alert(1)</script>', '&lt;script\\>alert(1)&lt;/script\\>'],
    ['[x](javascript:y)', '\\[x\\](javascript:y)'],
    ['1. first', '1\\. first'],
    ['- item', '\\- item'],
    ['# title', '\\# title'],
    ['===', '\\==='],
    ['&lt; & co', '&amp;lt; & co'],
    ['line\n# heading', 'line # heading'],
  ])('%j', (text, markdown) => expect(escapeMarkdown(text)).toBe(markdown));
});

test.each([
  ['model.dropout', '`model.dropout`'],
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  ['', '``'],
])('code %j', (text, markdown) => expect(code(text)).toBe(markdown));

test('a pipe does not end a cell, not even in code', () => {
  expect(codeCell('a|b')).toBe('<code>a&#124;b</code>');
});

test('link targets cannot end the link', () => {
  expect(linkTarget('a b/(c).png')).toBe('a%20b/%28c%29.png');
});

const gfm = parser.configure(GFM);
const nodesOf = (markdown: string): string[] => {
  const names: string[] = [];
  gfm.parse(markdown).iterate({
    enter: (node) => {
      names.push(node.name);
    },
  });
  return names;
};
const HARMLESS = new Set([
  'Document',
  'Paragraph',
  'Table',
  'TableHeader',
  'TableRow',
  'TableCell',
  'TableDelimiter',
  'Escape',
  'Entity',
  'URL',
  'CodeMark',
  'InlineCode',
  'HTMLTag',
]);
const hostile = fc.string({
  unit: fc.constantFrom(
    ...Array.from('|`*_[]<>&#!~$\\{}()=+-.:/ \n\r\t1aé'),
    '<b>',
    '](x)',
    '```',
    '<!--',
    '&lt;',
    '| x |',
    '\n\n# ',
  ),
  maxLength: 40,
});

test('no foreign text makes structure in a paragraph', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(
        nodesOf(escapeMarkdown(text)).filter((name) => !HARMLESS.has(name) || name === 'HTMLTag'),
      ).toEqual([]);
    }),
    { numRuns: 700 },
  );
});

test('no foreign text breaks a table', () => {
  fc.assert(
    fc.property(hostile, hostile, (text, value) => {
      const names = nodesOf(
        `| a | b | c |\n| --- | --- | --- |\n| x${escapeMarkdown(text)}y | ${codeCell(value)}z | end |`,
      );
      expect(names.filter((name) => name === 'TableCell')).toHaveLength(6);
      expect(names.filter((name) => name === 'HTMLTag')).toHaveLength(value.includes('|') ? 2 : 0);
      expect(names.filter((name) => !HARMLESS.has(name))).toEqual([]);
    }),
    { numRuns: 700 },
  );
});
