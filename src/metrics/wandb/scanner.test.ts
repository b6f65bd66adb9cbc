import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Curve } from '../_contract.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { wandb } from '../formats/wandb.ts';
import { writeLog } from '../leveldb-log/fixtures/write-log.ts';
import { damage, damaged, history, item, makeLog } from './fixtures/make-log.ts';
import { Scanner } from './scanner.ts';

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

const SEED = 20260101;
const log = makeLog(1_100_000);
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
  const scanner = new Scanner();
  const key = Buffer.from([0x12, 1, 0x78, 0x82, 1]);
  expect(scanner.putKey(key, 0, key.length, 0, 0)).toBe(true);
  const { log } = writeLog(
    Buffer.alloc(0),
    texts.map((text, row) => history(row, [item('x', text)])),
  );
  const input = scanner.input.subarray(0, log.copy(scanner.input));
  for (let at = 0, end; at < log.length; at = end) {
    const { holds, end: to } = scanner.scan(input, at, 32_768 - (at % 32_768), false, 10);
    expect(holds).toBe(true);
    end = to;
    expect(end).toBeGreaterThan(at);
    scanner.deliver(
      input,
      {
        put: (_, values, from, to) => {
          expect(to - from).toBe(1);
          found.push(values[from]);
        },
      },
      (left) => {
        if ((input[left + 6] as number) <= 2) found.push(undefined);
      },
    );
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
