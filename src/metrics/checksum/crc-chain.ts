/**
 * The CRC-32 that a stretch of bytes must have if the CRCs of the pieces in it are right, without looking into the pieces.
 *
 * The register of a CRC is linear over GF(2): after a piece D of n bytes, register r becomes Z(n)·r ⊕ reg(0, D), with Z(n) the
 * effect of n zero bytes; from the piece's own CRC follows reg(0, D) = ¬crc ⊕ Z(n)·(2³² − 1). (zlib's crc32_combine rests on
 * the same.) A single wrong piece always shows in the whole; two or more cancel out with probability 2⁻³².
 */
import { tableOf } from './crc.ts';

const BITS = 32;
/** Longest piece: 2^LENGTH_BITS − 1 bytes. */
const LENGTH_BITS = 17;
const SIZE = 1024;

const BYTE = tableOf(0xedb88320);
const ZEROS = makeZeros();

export class CrcChain {
  private register = -1;

  reset(): void {
    this.register = -1;
  }

  get value(): number {
    return ~this.register >>> 0;
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    let { register } = this;
    for (let at = start; at < end; at++)
      register = (register >>> 8) ^ (BYTE[(register ^ (bytes[at] as number)) & 255] as number);
    this.register = register;
  }

  /** A piece of `length` bytes whose CRC-32 is `crc`. */
  addPiece(length: number, crc: number): void {
    let register = ~this.register;
    for (let bits = length, table = 0; bits > 0; bits >>>= 1, table += SIZE) {
      if ((bits & 1) === 0) continue;
      register =
        (ZEROS[table + (register & 255)] as number) ^
        (ZEROS[table + 256 + ((register >>> 8) & 255)] as number) ^
        (ZEROS[table + 512 + ((register >>> 16) & 255)] as number) ^
        (ZEROS[table + 768 + (register >>> 24)] as number);
    }
    this.register = register ^ ~crc;
  }
}

/** For each power of two, Z of that many bytes: four tables, one for each byte of the register. */
function makeZeros(): Int32Array {
  const tables = new Int32Array(LENGTH_BITS * SIZE);
  let columns = Array.from({ length: BITS }, (_, bit) => {
    const register = 1 << bit;
    return (register >>> 8) ^ (BYTE[register & 255] as number);
  });
  for (let power = 0; power < LENGTH_BITS; power++) {
    const table = tables.subarray(power * SIZE, (power + 1) * SIZE);
    for (let place = 0; place < 4; place++)
      for (let byte = 1; byte < 256; byte++) {
        const low = byte & -byte;
        const column = columns[8 * place + (31 - Math.clz32(low))] as number;
        table[256 * place + byte] = (table[256 * place + (byte ^ low)] as number) ^ column;
      }
    columns = columns.map(
      (register) =>
        (table[register & 255] as number) ^
        (table[256 + ((register >>> 8) & 255)] as number) ^
        (table[512 + ((register >>> 16) & 255)] as number) ^
        (table[768 + (register >>> 24)] as number),
    );
  }
  return tables;
}
