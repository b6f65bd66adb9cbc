import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Curve, MetricFormat } from './_contract.ts';
import { CurveBuilder } from './curve-builder.ts';
import { rankFormats } from './detect.ts';
import { decodeText } from './encoding.ts';
import { recorded, recordedPath } from './fixtures/recorded.ts';
import { loadFormat } from './registry.ts';
import { TEXT_FORMATS } from './text-formats.ts';

const SEED = 20_260_801;
const NAMES = [...TEXT_FORMATS.map(({ name }) => name), 'csv', 'json', 'jsonl', 'stdout'];
const LOGS = readdirSync(recordedPath('points')).map((name) =>
  name.replace(/\.txt$/, '').replaceAll('__', '/'),
);
const TEXTS = LOGS.map((name) => Buffer.from(recorded(name)));
/** Bytes that damage: halves of characters, terminal codes, quotes, other encodings' marks. */
const SPLINTERS = [
  [0xff],
  [0xc3],
  [0xff, 0xfe],
  [0x00],
  [0x1b, 0x5b],
  [0x22],
  [0x0d],
  [0x0a, 0x0a],
  [0xef, 0xbb, 0xbf],
  [...Buffer.from('nan')],
  [...Buffer.from('1e999')],
  [...Buffer.from('{"__proto__": 1}')],
  [...Buffer.from('-'.repeat(40) + '\n')],
].map((bytes) => Buffer.from(bytes));

const place = fc.double({ min: 0, max: 1, noNaN: true });
const damage = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('drop' as const), at: place, length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, bytes: fc.constantFrom(...SPLINTERS) }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, length: fc.integer({ min: 1, max: 300 }) }),
  // What two writers without a lock make of one file.
  fc.record({
    kind: fc.constant('weave' as const),
    other: fc.constantFrom(...TEXTS),
    piece: fc.integer({ min: 5, max: 200 }),
  }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Buffer, item: Damage): Buffer {
  if (item.kind === 'weave') {
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += item.piece)
      pieces.push(bytes.subarray(at, at + item.piece), item.other.subarray(at, at + item.piece));
    return Buffer.concat(pieces);
  }
  const at = Math.floor(item.at * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (item.kind === 'cut') return Buffer.from(before);
  if (item.kind === 'drop') return Buffer.concat([before, after.subarray(item.length)]);
  if (item.kind === 'insert') return Buffer.concat([before, item.bytes, after]);
  if (item.kind === 'repeat') return Buffer.concat([before, after.subarray(0, item.length), after]);
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[at % copy.length] = (copy[at % copy.length] as number) ^ (1 << item.bit);
  return copy;
}

function read(format: MetricFormat, name: string, bytes: Buffer, piece: number): Curve {
  const builder = new CurveBuilder();
  const reader = format.open({ path: name, name: name.split('/').at(-1) ?? name }, builder);
  if (reader.kind === 'document') reader.read(bytes, true);
  else if (reader.kind === 'stream') {
    for (let at = 0; at < bytes.length; at += piece) reader.push(Buffer.from(bytes.subarray(at, at + piece)));
    reader.end();
  }
  return builder.build(format.name, name);
}

it.each(NAMES)('%s reads damaged logs of every library without failing, in pieces as whole', async (name) => {
  const format = await loadFormat(name);
  fc.assert(
    fc.property(
      fc.nat(LOGS.length - 1),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 500 }),
      (at, damages, piece) => {
        const bytes = damages.reduce(damaged, TEXTS[at] as Buffer);
        const whole = read(format, LOGS[at] as string, bytes, Number.MAX_SAFE_INTEGER);
        expect(read(format, LOGS[at] as string, bytes, piece)).toEqual(whole);
        for (const { epoch, step, values } of whole.points) {
          for (const key of [epoch, step]) expect(key === null || Number.isFinite(key)).toBe(true);
          for (const value of Object.values(values)) expect(typeof value).toBe('number');
        }
      },
    ),
    { numRuns: 25, seed: SEED },
  );
});

it('detects damaged logs without failing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(LOGS.length - 1), fc.array(damage, { maxLength: 4 }), async (at, damages) => {
      const head = damages.reduce(damaged, TEXTS[at] as Buffer);
      const path = LOGS[at] as string;
      const name = path.split('/').at(-1) as string;
      const sample = {
        path,
        name,
        kind: 'file' as const,
        size: head.length,
        head,
        text: decodeText(head),
        listing: [],
      };
      for (const { confidence } of await rankFormats(sample))
        expect(confidence >= 0 && confidence <= 1).toBe(true);
    }),
    { numRuns: 60, seed: SEED },
  );
});
