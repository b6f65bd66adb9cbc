import { maskedCrc32c } from '../../metrics/checksum/crc.ts';

/** A TFRecord: length, its checksum, the data, their checksum. */
export function encodeRecord(data: Uint8Array): Buffer {
  const record = Buffer.alloc(12 + data.length + 4);
  record.writeUInt32LE(data.length, 0);
  record.writeUInt32LE(maskedCrc32c(record, 0, 8), 8);
  record.set(data, 12);
  record.writeUInt32LE(maskedCrc32c(record, 12, 12 + data.length), 12 + data.length);
  return record;
}
