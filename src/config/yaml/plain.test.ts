import { expect, test } from 'vitest';
import { disagreement, isAmbiguousWord, readPlain, readPlain11, readPlain12 } from './plain.ts';

test.each([
  // text, PyYAML, YAML 1.2, Pawl
  ['1e-4', '1e-4', 1e-4, 1e-4],
  ['1.0e-4', 1e-4, 1e-4, 1e-4],
  ['1.5e3', '1.5e3', 1500, 1500],
  ['5e+3', '5e+3', 5000, 5000],
  ['.5', 0.5, 0.5, 0.5],
  ['-.5', '-.5', -0.5, -0.5],
  ['1.', 1, 1, 1],
  ['+1', 1, 1, 1],
  ['014', 12, 14, 12],
  ['08', '08', 8, 8],
  ['0o14', '0o14', 12, 12],
  ['0x1F', 31, 31, 31],
  ['0b101', 5, '0b101', 5],
  ['1_000', 1000, '1_000', 1000],
  ['1_000.5', 1000.5, '1_000.5', 1000.5],
  ['12:30', 750, '12:30', 750],
  ['1:2.5', 62.5, '1:2.5', 62.5],
  ['yes', true, 'yes', true],
  ['Off', false, 'Off', false],
  ['y', 'y', 'y', 'y'],
  ['TRUE', true, true, true],
  ['tRUE', 'tRUE', 'tRUE', 'tRUE'],
  ['~', null, null, null],
  ['', null, null, null],
  ['Null', null, null, null],
  ['.inf', Infinity, Infinity, Infinity],
  ['-.INF', -Infinity, -Infinity, -Infinity],
  ['.nan', Number.NaN, Number.NaN, Number.NaN],
  ['nan', 'nan', 'nan', 'nan'],
  ['1.2.3', '1.2.3', '1.2.3', '1.2.3'],
  ['2024-01-01', '2024-01-01', '2024-01-01', '2024-01-01'],
  ['resnet18', 'resnet18', 'resnet18', 'resnet18'],
  ['1e', '1e', '1e', '1e'],
  ['_1', '_1', '_1', '_1'],
  ['0x', '0x', '0x', '0x'],
])('%s', (text, old, now, meant) => {
  expect(readPlain11(text)).toBe(old);
  expect(readPlain12(text)).toBe(now);
  expect(readPlain(text)).toBe(meant);
  expect(disagreement(text) === undefined).toBe(Object.is(old, now));
});

test.each([
  'no',
  'On',
  '~',
  '1e-4',
  '0o7',
  '12:30',
  '014',
  '=',
  '<<',
  'y',
  'N',
  '2024-01-01',
  '1.2.3',
  '1_0',
  '.5',
  '+1',
])('%s must not stand without quotes as a string', (text) => {
  expect(isAmbiguousWord(text)).toBe(true);
});

test.each(['adam', 'nope', 'resnet18', 'v1.2', 'one:two', 'a=b', '3by3', 'yesterday', 'e5'])(
  '%s may',
  (text) => {
    expect(isAmbiguousWord(text)).toBe(false);
  },
);

test('says what the two make of it', () => {
  expect(disagreement('1e-4')).toBe('PyYAML (YAML 1.1) reads 1e-4 as the string "1e-4", YAML 1.2 as 0.0001');
});
