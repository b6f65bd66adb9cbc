import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { CrcChain } from './crc-chain.ts';
import { crc32, nativeCrc32 } from './crc.ts';

const piece = fc.record({
  bytes: fc.uint8Array({ maxLength: 400 }),
  isKnown: fc.boolean(),
  zeros: fc.constantFrom(0, 0, 0, 1, 8000, 32_768, 65_600),
});

it('gives the CRC of the whole from the CRCs of its pieces', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const chain = new CrcChain();
      const parts = pieces.map(({ bytes, zeros }) => Buffer.concat([bytes, Buffer.alloc(zeros)]));
      parts.forEach((part, i) => {
        if (pieces[i]?.isKnown === true) chain.addPiece(part.length, crc32(part));
        else chain.add(part, 0, part.length);
      });
      const whole = Buffer.concat(parts);
      expect(chain.value).toBe(crc32(whole));
      if (nativeCrc32) expect(nativeCrc32(whole)).toBe(chain.value);
    }),
    { numRuns: 60 },
  );
});

it('shows a piece whose CRC is wrong in any one bit', () => {
  const whole = Buffer.from('a piece and another piece');
  for (let bit = 0; bit < 32; bit++) {
    const chain = new CrcChain();
    chain.addPiece(7, crc32(whole, 0, 7) ^ (1 << bit));
    chain.addPiece(whole.length - 7, crc32(whole, 7));
    expect(chain.value).not.toBe(crc32(whole));
  }
});
