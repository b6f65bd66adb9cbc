import { expect, it } from 'vitest';
import { crc32, crc32c, maskedCrc32c } from './crc.ts';

it.each([
  ['', 0],
  ['123456789', 0xe3069283],
  // RFC 3720, B.4.
  [Buffer.alloc(32), 0x8a9136aa],
  [Buffer.alloc(32, 0xff), 0x62a8ab43],
  [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
])('CRC-32C %#', (bytes, crc) => {
  expect(crc32c(Buffer.from(bytes))).toBe(crc);
});

it.each([
  ['', 0],
  ['123456789', 0xcbf43926],
  ['The quick brown fox jumps over the lazy dog', 0x414fa339],
])('CRC-32 of %j', (text, crc) => {
  expect(crc32(Buffer.from(text))).toBe(crc);
});

it('is the same from wherever the bytes begin', () => {
  const bytes = Buffer.from('..123456789..');
  expect(crc32c(bytes, 2, 11)).toBe(0xe3069283);
  // Rotated right by 15, plus a constant.
  expect(maskedCrc32c(bytes, 2, 11)).toBe((((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8) >>> 0);
});
