import { expect, it } from 'vitest';
import { adviceFor } from './advice.ts';

it.each([
  [['optimize', '--nope'], 'See `pawl optimize --help`.'],
  [['--json', 'optimize'], 'Write options behind the command: `pawl optimize …`.'],
  [['optmize'], 'See `pawl --help`.'],
  [['--nope'], 'See `pawl --help`.'],
  [[], 'See `pawl --help`.'],
])('%j', (argv, advice) => {
  expect(adviceFor(argv)).toBe(advice);
});
