import { expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';

const REQUIRED = ['--config', 'c.yaml', '--out', 'o'];

test('reads all options', () => {
  const options = ['--seed', '7', '--checkpoints=k', '--resume', 'auto', '--epochs', '3', '--test'];
  expect(parseArguments([...REQUIRED, ...options])).toEqual({
    config: 'c.yaml',
    out: 'o',
    seed: 7,
    checkpoints: 'k',
    resume: 'auto',
    epochs: 3,
    test: true,
  });
  expect(parseArguments(['--help'])).toBeUndefined();
});

test.each([
  [['--out', 'o'], '--config FILE is required'],
  [['--config', 'c'], '--out DIR is required'],
  [[...REQUIRED, '--sed', '1'], "Unknown option '--sed'"],
  [[...REQUIRED, '--seed', '-1'], 'argument is ambiguous'],
  [[...REQUIRED, '--seed=1.5'], '--seed must be a whole number of at least 0. Got "1.5" instead.'],
  [[...REQUIRED, '--epochs', '0'], '--epochs must be a whole number of at least 1.'],
  [[...REQUIRED, 'extra'], "Unexpected argument 'extra'"],
])('%j is refused', (argv, message) => {
  expect(() => parseArguments(argv)).toThrow(message);
});
