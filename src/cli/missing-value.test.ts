import { expect, it } from 'vitest';
import { findMissingValue } from './missing-value.ts';

it.each([
  ['optimize --diagnostic --json', '--diagnostic <file>'],
  ['optimize --diagnostic --iteration=2', '--diagnostic <file>'],
  ['logs -n -f', '-n, --lines <n>'],
  ['optimize --diagnostic=--json', undefined],
  ['optimize --diagnostic --unknown', undefined],
  ['optimize --diagnostic report.md --json', undefined],
  ['optimize --json --diagnostic', undefined],
  ['init --train --yes', '--train <command>'],
  ['compare --values 1,2 -- --json', undefined],
  ['nonsense --diagnostic --json', undefined],
  ['mcp --project --json', '--project <path>'],
  ['', undefined],
])('pawl %s', (line, flags) => {
  expect(findMissingValue(line.split(' '))).toBe(flags);
});
