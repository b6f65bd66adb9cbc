import { expect, it } from 'vitest';
import { readLines } from './lines.ts';

function textOf(html: string): string {
  return readLines(html)
    .lines.map((line) => line.text.trim())
    .filter((text) => text !== '')
    .join('\n');
}

it.each([
  ['Set <code>lr</code> to <b>0.1</b>', 'Set `lr` to **0.1**'],
  ['<h2>Changes</h2>', '## Changes'],
  ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
  ['a <!-- lr: 9 --> b', 'a  b'],
  ['a <!-- lr: 9\nlr: 8 -->b', 'a\nb'],
  ['<del>lr 0.1</del>', '~~lr 0.1~~'],
  ['1&nbsp;&lt;&nbsp;2 &#x2192; 3', '1 < 2 → 3'],
  ['10<sup>-4</sup>', '10^-4'],
  ['<script>lr = 1</script>x', 'x'],
  ['your <value> here', 'your <value> here'],
  ['`a<b>c` <b>d</b>', '`a<b>c` **d**'],
  [
    '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
    '| a | b |\n|---|---|\n| 1 | 2 |',
  ],
])('%j → %j', (html, text) => {
  expect(textOf(html)).toBe(text);
});

it('keeps the line of the source', () => {
  const { lines } = readLines('<table>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</table>\nend');
  expect(lines.find((line) => line.text.includes('| a | b |'))?.line).toBe(3);
  expect(lines.find((line) => line.text === 'end')?.line).toBe(7);
});

it('warns of a comment that is never closed', () => {
  expect(readLines('a\n<!-- b\nc').warnings).toHaveLength(1);
});
