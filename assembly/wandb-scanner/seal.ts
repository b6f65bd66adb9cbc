/**
 * The checksums of many fragments by one CRC-32 over all of them, which the caller takes of the bytes once they are sealed.
 *
 * The register of a CRC begins as 2³² − 1, and after a fragment whose checksum is right it is the checksum's complement ¬c. What comes
 * before the next fragment's bytes, its checksum and length, is six bytes, in place of which any others may stand: with
 * ¬c ⊕ K for the first four, K the register that six zero bytes turn into 2³² − 1, and zeros for the length, the register is as at
 * the beginning. So the CRC of the whole is that of the last fragment if all are right. A single wrong one always shows; two or
 * more cancel out with probability 2⁻³².
 */
const POLYNOMIAL: u32 = 0xedb88320;
/** A fragment takes seven bytes at least, but then a record is left to the caller sooner. */
const SEAL_LIMIT: u32 = 32768;
/** Of each seal: where it is, and the eight bytes that were there. */
const SEAL_BYTES: usize = 16;
const SEALS: usize = memory.data(32768 * 16, 16);

let register: u32 = 0;
let seals: u32 = 0;
let before: u32 = 0;

export function beginSeals(): void {
  register = ~0;
  seals = 0;
}

export function canSeal(): bool {
  return seals < SEAL_LIMIT;
}

/** CRC-32 of the sealed bytes if every fragment's is right. */
export function sealedChecksum(): u32 {
  return ~register;
}

/** Padding. */
export function pass(from: usize, to: usize): void {
  for (let at = from; at < to; at++) {
    register ^= load<u8>(at);
    for (let bit = 0; bit < 8; bit++) register = (register >> 1) ^ (POLYNOMIAL & (0 - (register & 1)));
  }
}

/** The fragment at `at`, of whose checksum and length no more is needed. */
export function seal(at: usize): void {
  const crc = load<u32>(at);
  const entry = SEALS + <usize>seals * SEAL_BYTES;
  seals++;
  store<u32>(entry, <u32>at);
  store<u64>(entry, load<u64>(at), 8);
  store<u32>(at, register ^ before);
  store<u16>(at, 0, 4);
  register = ~crc;
}

/** Puts back what was there. */
export function unseal(): void {
  const end = SEALS + <usize>seals * SEAL_BYTES;
  for (let entry = SEALS; entry < end; entry += SEAL_BYTES)
    store<u64>(<usize>load<u32>(entry), load<u64>(entry, 8));
  seals = 0;
}

/** To be called once. */
export function prepareSeals(): void {
  before = ~0;
  for (let bit = 0; bit < 48; bit++)
    before = before >> 31 === 1 ? ((before ^ POLYNOMIAL) << 1) | 1 : before << 1;
}
