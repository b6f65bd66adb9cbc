import { expect, test } from 'vitest';
import { formatBytes } from './bytes.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_288_490_189, '1.2 GiB'],
  [104_857_600, '100 MiB'],
  [null, '—'],
  [-1, '—'],
])('%s reads %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
