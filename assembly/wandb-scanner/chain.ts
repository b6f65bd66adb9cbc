/**
 * The CRC-32 that a stretch of bytes must have if the CRCs of the pieces in it are right, without looking into the pieces.
 *
 * The register of a CRC is linear over GF(2): after a piece D of n bytes, register r becomes Z(n)·r ⊕ reg(0, D), with Z(n) the
 * effect of n zero bytes; from the piece's own CRC follows reg(0, D) = ¬crc ⊕ Z(n)·(2³² − 1). (zlib's crc32_combine rests on
 * the same.) A single wrong piece always shows in the whole; two or more cancel out with probability 2⁻³².
 */
const POLYNOMIAL: u32 = 0xedb88320;
/** Longest piece: 2^LENGTH_BITS − 1 bytes. */
const LENGTH_BITS: u32 = 16;
/** A table for each byte of a register. */
const SIZE: usize = 4 * 256 * 4;

/** Table k: the effect of a byte that lies k bytes before the last. */
const BYTES: usize = memory.data(6 * 1024, 16);
/** Z of each power of two of bytes. */
const ZEROS: usize = memory.data(16 * 4096, 16);

let register: u32 = 0;

export function resetChain(): void {
  register = ~0;
}

export function chainValue(): u32 {
  return ~register;
}

export function addBytes(from: usize, to: usize): void {
  for (let at = from; at < to; at++)
    register = (register >> 8) ^ entry(BYTES, (register ^ load<u8>(at)) & 255);
}

/** A fragment's checksum and length (six bytes), and the `size` bytes behind them that the checksum is of. */
export function addFragment(at: usize, size: u32): void {
  const crc = load<u32>(at);
  const low = register ^ crc;
  let r = ~(
    entry(BYTES + 5 * 1024, low & 255) ^
    entry(BYTES + 4 * 1024, (low >> 8) & 255) ^
    entry(BYTES + 3 * 1024, (low >> 16) & 255) ^
    entry(BYTES + 2 * 1024, low >> 24) ^
    entry(BYTES + 1024, load<u8>(at, 4)) ^
    entry(BYTES, load<u8>(at, 5))
  );
  for (; size !== 0; size &= size - 1) r = through(ZEROS + <usize>ctz(size) * SIZE, r);
  register = r ^ ~crc;
}

function through(tables: usize, r: u32): u32 {
  return (
    entry(tables, r & 255) ^
    entry(tables + 1024, (r >> 8) & 255) ^
    entry(tables + 2048, (r >> 16) & 255) ^
    entry(tables + 3072, r >> 24)
  );
}

function entry(table: usize, byte: u32): u32 {
  return load<u32>(table + ((<usize>byte) << 2));
}

/** To be called once. */
export function makeTables(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (POLYNOMIAL & (0 - (crc & 1)));
    store<u32>(BYTES + (byte << 2), crc);
  }
  for (let table = BYTES; table < BYTES + 5 * 1024; table += 1024)
    for (let byte: u32 = 0; byte < 256; byte++) {
      const before = entry(table, byte);
      store<u32>(table + 1024 + (byte << 2), (before >> 8) ^ entry(BYTES, before & 255));
    }
  for (let power: u32 = 0; power < LENGTH_BITS; power++)
    for (let place: u32 = 0; place < 4; place++)
      for (let byte: u32 = 0; byte < 256; byte++) {
        const r = byte << (8 * place);
        const former = ZEROS + <usize>(power - 1) * SIZE;
        const effect = power === 0 ? (r >> 8) ^ entry(BYTES, r & 255) : through(former, through(former, r));
        store<u32>(ZEROS + <usize>power * SIZE + place * 1024 + (byte << 2), effect);
      }
}
