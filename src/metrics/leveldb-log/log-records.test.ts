import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Sink } from '../_contract.ts';
import { crc32 } from '../checksum/crc.ts';
import { LogRecords } from './log-records.ts';

const BLOCK = 32_768;
const FILE_HEADER = 7;

/** A log of these records as the format has it, and where each record's fragments lie. */
function write(records: readonly Buffer[]): { log: Buffer; places: [from: number, to: number][] } {
  const parts: Buffer[] = [Buffer.alloc(FILE_HEADER)];
  const places: [number, number][] = [];
  let at = FILE_HEADER;
  for (const record of records) {
    const begun = at;
    for (let from = 0, isFirst = true; isFirst || from < record.length; isFirst = false) {
      let left = BLOCK - (at % BLOCK);
      if (left < 7) {
        parts.push(Buffer.alloc(left));
        at += left;
        left = BLOCK;
      }
      const data = record.subarray(from, from + left - 7);
      from += data.length;
      const isLast = from >= record.length;
      const body = Buffer.concat([Buffer.from([isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3]), data]);
      const head = Buffer.alloc(6);
      head.writeUInt32LE(crc32(body));
      head.writeUInt16LE(data.length, 4);
      parts.push(head, body);
      at += 6 + body.length;
    }
    places.push([begun, at]);
  }
  return { log: Buffer.concat(parts), places };
}

function read(log: Buffer, cuts: readonly number[] = []): { records: string[]; warnings: string[] } {
  const records: string[] = [];
  const warnings: string[] = [];
  const sink = { warn: ({ message }) => warnings.push(message) } as Pick<Sink, 'warn'> as Sink;
  const reader = new LogRecords(FILE_HEADER, sink, (bytes, start, end) =>
    records.push(bytes.toString('latin1', start, end)),
  );
  let from = 0;
  for (const cut of [...cuts.map((each) => each % (log.length + 1)), log.length].sort((a, b) => a - b)) {
    // A chunk of its own each time, overwritten afterwards.
    const chunk = Buffer.from(log.subarray(from, cut));
    reader.push(chunk);
    chunk.fill(1);
    from = cut;
  }
  reader.end();
  return { records, warnings };
}

/** Lengths as of short records, of records longer than a block, and of none. */
const length = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 400 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, BLOCK - 7, BLOCK, 70_000) },
);
const lengths = fc.array(length, { minLength: 1, maxLength: 300 });
const textOf = (size: number, i: number): Buffer =>
  Buffer.from(Array.from({ length: size }, (_, at) => (at * 7 + i * 31 + (at >> 3)) % 251));

it('hands on every record, however the bytes arrive', () => {
  fc.assert(
    fc.property(lengths, fc.array(fc.nat(10_000_000), { maxLength: 6 }), (sizes, cuts) => {
      const records = sizes.map(textOf);
      const { log } = write(records);
      const whole = records.map((record) => record.toString('latin1'));
      expect(read(log)).toEqual({ records: whole, warnings: [] });
      expect(read(log, cuts)).toEqual({ records: whole, warnings: [] });
    }),
    { numRuns: 40, seed: 5 },
  );
});

it('finds a flipped bit wherever it is, and loses no record but its own', () => {
  fc.assert(
    fc.property(
      lengths,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(7),
      fc.array(fc.nat(10_000_000), { maxLength: 3 }),
      (sizes, where, bit, cuts) => {
        const records = sizes.map(textOf);
        const { log, places } = write(records);
        const at = FILE_HEADER + Math.floor(where * (log.length - FILE_HEADER - 1));
        log[at] = (log[at] as number) ^ (1 << bit);
        const found = read(log);
        expect(read(log, cuts)).toEqual(found);
        // Padding belongs to the record that it was made for.
        const hit = places.findIndex(([from, to]) => at >= from && at < to);
        const others = records.flatMap((record, i) => (i === hit ? [] : [record.toString('latin1')]));
        const isLost = found.records.length < records.length;
        // An empty record beside the damage is too little to find the way again by.
        const wanted = others.filter((text) => text !== '');
        expect(
          found.records.filter((text) => text !== '' && text !== records[hit]?.toString('latin1')),
        ).toEqual(wanted.filter((text) => text !== records[hit]?.toString('latin1')));
        if (isLost) expect(found.warnings).not.toEqual([]);
      },
    ),
    { numRuns: 60, seed: 5 },
  );
});
