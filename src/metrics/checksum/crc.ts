/**
 * 32-bit cyclic redundancy checks, reflected, eight bytes at a time ("slicing by 8": Kounavis & Berry, ISCC 2005).
 */
import * as zlib from 'node:zlib';

export type Crc = (bytes: Uint8Array, start?: number, end?: number) => number;

/** Castagnoli's, of TFRecord files and iSCSI. */
export const crc32c: Crc = makeLater(0x82f63b78);
/** IEEE 802.3's, of zip and PNG. */
export const crc32: Crc = makeLater(0xedb88320);

/**
 * The runtime's own, six times as fast over long stretches and no faster over short ones; Node 22.0 and 22.1 lack it.
 */
export const nativeCrc32: ((bytes: Uint8Array) => number) | undefined =
  'crc32' in zlib ? (bytes) => zlib.crc32(bytes) : undefined;

/** As TFRecord files store it: a CRC over bytes that hold CRCs themselves is weak, so it is rotated, and a constant added. */
export function maskedCrc32c(bytes: Uint8Array, start: number, end: number): number {
  const crc = crc32c(bytes, start, end);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The tables take a millisecond, and most runs need none. `polynomial`: reflected. */
function makeLater(polynomial: number): Crc {
  let crc: Crc | undefined;
  return (bytes, start, end) => (crc ??= makeCrc(polynomial))(bytes, start, end);
}

function makeCrc(polynomial: number): Crc {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = makeTables(polynomial);
  return (bytes, start = 0, end = bytes.length) => {
    let crc = -1;
    let at = start;
    for (; at + 8 <= end; at += 8) {
      const low =
        crc ^
        ((bytes[at] as number) |
          ((bytes[at + 1] as number) << 8) |
          ((bytes[at + 2] as number) << 16) |
          ((bytes[at + 3] as number) << 24));
      crc =
        (t7[low & 255] as number) ^
        (t6[(low >>> 8) & 255] as number) ^
        (t5[(low >>> 16) & 255] as number) ^
        (t4[low >>> 24] as number) ^
        (t3[bytes[at + 4] as number] as number) ^
        (t2[bytes[at + 5] as number] as number) ^
        (t1[bytes[at + 6] as number] as number) ^
        (t0[bytes[at + 7] as number] as number);
    }
    for (; at < end; at++) crc = (crc >>> 8) ^ (t0[(crc ^ (bytes[at] as number)) & 255] as number);
    return ~crc >>> 0;
  };
}

type Tables = [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** Table k holds the effect of a byte that lies k bytes before the last. */
function makeTables(polynomial: number): Tables {
  const tables = Array.from({ length: 8 }, () => new Int32Array(256)) as Tables;
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    tables[0][byte] = crc;
  }
  for (let byte = 0; byte < 256; byte++) {
    for (let slice = 1; slice < 8; slice++) {
      const before = (tables[slice - 1] as Int32Array)[byte] as number;
      (tables[slice] as Int32Array)[byte] = (before >>> 8) ^ (tables[0][before & 255] as number);
    }
  }
  return tables;
}
