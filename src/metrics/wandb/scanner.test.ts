import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Curve } from '../_contract.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { wandb } from '../formats/wandb.ts';
import { writeLog } from '../leveldb-log/fixtures/write-log.ts';
import { Message } from '../protobuf/message.ts';
import { Scanner } from './scanner.ts';

const HEADER = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0]);
const SEED = 20260101;

function item(key: string | readonly string[], value: string): Message {
  const message = new Message();
  for (const piece of typeof key === 'string' ? [key] : key) message.put(2, piece);
  return message.put(16, value);
}

function history(number: number, items: readonly Message[], step?: number): Buffer {
  const inner = items.reduce((message, each) => message.put(1, each), new Message());
  if (step !== undefined) inner.put(2, step === 0 ? new Message() : new Message().varint(1, step));
  return new Message().varint(1, number).put(2, inner).bytes();
}

/** Reads a log in pieces cut at `cuts`, from the scanner's memory or from elsewhere. */
function read(log: Buffer, isFast: boolean, cuts: readonly number[] = []): Curve {
  const builder = new CurveBuilder();
  const reader = wandb.open({ path: 'x', name: 'x' }, builder);
  if (reader.kind !== 'stream') throw new Error('a run log is a stream');
  const input = reader.buffer?.(isFast ? 1_048_576 : 0) ?? Buffer.alloc(0);
  expect(input.length).toBe(isFast ? 1_048_576 : 0);
  let from = 0;
  for (const cut of [...cuts.map((each) => each % (log.length + 1)), log.length].sort((a, b) => a - b))
    while (from < cut) {
      const piece = log.subarray(from, Math.min(cut, from + 1_048_576));
      if (isFast) reader.push(input.subarray(0, piece.copy(input)));
      else reader.push(piece);
      from += piece.length;
    }
  reader.end();
  return builder.build('wandb', 'x');
}

/** A log of some chunks with all that a run may log, mostly rows of numbers. */
function makeLog(): Buffer {
  const records: Buffer[] = [];
  let size = 0;
  for (let row = 0; size < 1_100_000; row++) {
    const step = row < 2000 ? row : row - 50;
    const items = [
      item('train/loss', JSON.stringify(Math.exp(-row / 500) + (row % 7) / 1e6)),
      item(['val', 'acc'], row % 997 === 5 ? '"NaN"' : String(row / 3)),
      item('lr', row % 500 === 3 ? '1e-300' : '0.001'),
      item('_timestamp', '1.7000000001e+09'),
      item('_step', String(step)),
      ...(row % 10 === 0 ? [item('epoch', String(row / 10)), item('val/loss', '-1e-05')] : []),
      ...(row % 100 === 7 ? [item('note', '"text"'), item(['img', '_type'], '"image-file"')] : []),
      ...(row % 100 === 8 ? [item(['img', 'width'], '64')] : []),
      ...(row > 1500 ? [item(['val', 'late', 'metric'], `${row}e-3`)] : []),
    ];
    const turn = (row * 5) % items.length;
    const turned = [...items.slice(turn), ...items.slice(0, turn)];
    records.push(history(2 * row + 1, turned, row % 3 === 0 ? undefined : step));
    const summary = turned.reduce((message, each) => message.put(1, each), new Message());
    records.push(
      new Message()
        .varint(1, 2 * row + 2)
        .put(3, summary)
        .bytes(),
    );
    if (row % 400 === 9)
      records.push(
        new Message()
          .varint(1, 0)
          .put(4, Buffer.alloc(row % 800 === 9 ? 90_000 : 50, 65))
          .bytes(),
      );
    size += (records.at(-1)?.length ?? 0) + (records.at(-2)?.length ?? 0);
  }
  records.push(new Message().varint(1, 0).put(18, new Message().varint(1, 3)).bytes());
  return writeLog(HEADER, records).log;
}

const log = makeLog();
const damage = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert', 'remove', 'zero', 'append'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 3000 }),
  bit: fc.nat(7),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Buffer, { kind, at: where, length, bit }: Damage): Buffer {
  const at = Math.floor(where * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + length)];
  if (kind === 'flip' && at < bytes.length) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ (1 << bit);
    return flipped;
  }
  if (kind === 'cut') return Buffer.from(before);
  if (kind === 'insert') return Buffer.concat([before, Buffer.alloc(length, 17 * bit), bytes.subarray(at)]);
  if (kind === 'remove') return Buffer.concat([before, after]);
  if (kind === 'zero') return Buffer.concat([before, Buffer.alloc(length), after]);
  return Buffer.concat([bytes, before]);
}

it('gives the same curve as reading record by record', () => {
  const curve = read(log, false);
  expect(curve.points.length).toBeGreaterThan(2000);
  expect(curve.metrics).toEqual(expect.arrayContaining(['train/loss', 'val.acc', 'val.late.metric']));
  expect(curve.metrics).not.toContain('img.width');
  expect(curve.warnings.join('\n')).toMatch(/exit code 3.*\n.*logged again/s);
  expect(read(log, true)).toEqual(curve);
});

it('gives the same curve and the same warnings of damaged logs, in any pieces', () => {
  fc.assert(
    fc.property(
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(2_000_000), { maxLength: 4 }),
      (damages, cuts) => {
        const bytes = damages.reduce(damaged, log);
        expect(read(bytes, true, cuts)).toEqual(read(bytes, false));
      },
    ),
    { numRuns: 25, seed: SEED },
  );
});

it('takes over in a log that is being written', () => {
  const cuts = [70_000, 1_049_000, 1_049_100, 1_060_000];
  expect(read(log, true, cuts)).toEqual(read(log, false));
});

/** What the scanner makes of values of one key; undefined where it leaves them. */
function scan(texts: readonly string[]): (number | undefined)[] {
  const found: (number | undefined)[] = [];
  const scanner = new Scanner((from, to) => {
    expect(to - from).toBe(1);
    found.push(scanner.values[from]);
  });
  const key = Buffer.from([0x12, 1, 0x78, 0x82, 1]);
  expect(scanner.putKey(key, 0, key.length, 0, 0)).toBe(true);
  const { log } = writeLog(
    Buffer.alloc(0),
    texts.map((text, row) => history(row, [item('x', text)])),
  );
  const input = scanner.input.subarray(0, log.copy(scanner.input));
  for (let at = 0, end; at < log.length; at = end) {
    end = scanner.scan(input, at, 32_768 - (at % 32_768), false);
    expect(end).toBeGreaterThan(at);
    scanner.deliver(input, (left) => {
      if ((input[left + 6] as number) <= 2) found.push(undefined);
    });
  }
  return found;
}

it('reads numbers as Number does, or leaves them', () => {
  const digits = fc.stringMatching(/^\d{1,12}$/);
  const text = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.double({ min: -1e3, max: 1e3, noNaN: true }).map(String),
    fc.double({ min: 1e-6, max: 1, noNaN: true }).map((value) => value.toFixed(20)),
    fc
      .double({ min: 1e-30, max: 1e30, noNaN: true })
      .map((value) => value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')),
    fc.integer().map(String),
    fc.nat(20).map((value) => String(value / 4)),
    fc
      .tuple(
        fc.constantFrom('', '-'),
        digits,
        fc.constantFrom('', '.'),
        digits,
        fc.integer({ min: -30, max: 30 }),
      )
      .map(
        ([sign, whole, point, more, power]) =>
          `${sign}${whole}${point}${more}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`,
      ),
  );
  let left = 0;
  let all = 0;
  fc.assert(
    fc.property(fc.array(text, { minLength: 200, maxLength: 200 }), (texts) => {
      const numbers = scan(texts);
      expect(numbers).toHaveLength(texts.length);
      numbers.forEach((number, i) => {
        all++;
        if (number === undefined) left++;
        else if (!Object.is(number, Number(texts[i]))) expect([texts[i], number]).toEqual([]);
      });
    }),
    { numRuns: 200, seed: SEED },
  );
  // Large and tiny numbers, mostly.
  expect(left / all).toBeLessThan(0.7);
});

it.each([
  ['0', 0],
  ['-0', -0],
  ['0.001', 0.001],
  ['1.70000000001e+09', 1700000000.01],
  ['1E-05', 1e-5],
  ['12345678.5', 12345678.5],
  ['0.6666666666666667', 0.6666666666666667],
  ['0.0012345678901234567', 0.0012345678901234567],
  ['9007199254740993', undefined],
  ['0.9007199254740993e+16', undefined],
  ['1e400', undefined],
  ['1e5', undefined],
  ['1e+', undefined],
  ['1.', undefined],
  ['.5', undefined],
  ['+1', undefined],
  ['--1', undefined],
  ['1.2.3', undefined],
  ['1 ', undefined],
  ['NaN', undefined],
  ['"NaN"', undefined],
  ['', undefined],
  ['\0', undefined],
  ['1\0', undefined],
  ['\x001', undefined],
  ['0.00000000000000000000001', undefined],
  ['12345678901234567890', undefined],
  ['9.99999999999999999999', undefined],
])('reads %j as %s', (text, number) => {
  expect(scan(['1', text, text, '1'])).toEqual([1, number, number, 1]);
});
