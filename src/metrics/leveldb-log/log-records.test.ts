import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Sink } from '../_contract.ts';
import { BLOCK, writeLog } from './fixtures/write-log.ts';
import { LogRecords } from './log-records.ts';

const FILE_HEADER = 7;

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
      const { log } = writeLog(Buffer.alloc(FILE_HEADER), records);
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
        const { log, places } = writeLog(Buffer.alloc(FILE_HEADER), records);
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
