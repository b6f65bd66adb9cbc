import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricFormat, Point } from './_contract.ts';
import { CurveBuilder } from './curve-builder.ts';
import { rankFormats } from './detect.ts';
import { decodeText } from './encoding.ts';
import { csv } from './formats/csv.ts';
import { json } from './formats/json.ts';
import { jsonl } from './formats/jsonl.ts';
import { stdout } from './formats/stdout.ts';
import { PRINTED } from './stdout/fixtures/printed.ts';

const FORMATS: readonly MetricFormat[] = [csv, json, jsonl, stdout];
const SEEDS: readonly string[] = [
  'epoch,step,train_loss,"val, acc"\r\n0,49,2.31,\r\n0,99,,0.41\r\n1,149,nan,"0,5"\r\n',
  'epoch;loss;acc\n1;0,5;83,1%\n2;inf;NA\n',
  '{"epochs":[{"epoch":1,"loss":0.5,"val":{"acc":0.8}},{"epoch":2,"loss":NaN}],"config":{"lr":1e-3}}',
  '{"history":{"loss":[0.5,0.4],"val_loss":[0.6,null]},"epochs":20}',
  '{"epoch": 1, "loss": 0.5, "tags": ["a"]}\n{"epoch": 2, "loss": Infinity, "note": "x"}\n',
  PRINTED.map(({ text }) => text).join('\n'),
];
const PARTS = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  ':',
  '=',
  '|',
  '\n',
  '\r',
  '\b',
  '\t',
  '\u001B[',
  '\u0000',
  'NaN',
  '1e999',
  '-',
  '%',
  'epoch',
  '\uFEFF',
  '😀',
  '𝟙',
  '{"a":',
  '0'.repeat(400),
  '__proto__',
];

const mutation = fc.record({
  at: fc.nat(),
  remove: fc.nat(12),
  insert: fc.constantFrom(...PARTS, ''),
  repeat: fc.integer({ min: 1, max: 3 }),
});

function mutate(
  text: string,
  mutations: readonly { at: number; remove: number; insert: string; repeat: number }[],
): Buffer {
  let result = text;
  for (const { at, remove, insert, repeat } of mutations) {
    const position = at % (result.length + 1);
    result = result.slice(0, position) + insert.repeat(repeat) + result.slice(position + remove);
  }
  return Buffer.from(result);
}

function read(
  format: MetricFormat,
  bytes: Buffer,
  cuts: readonly number[],
): { points: Point[]; warnings: string[] } {
  const builder = new CurveBuilder();
  const reader = format.open({ path: 'x', name: 'x' }, builder);
  if (reader.kind === 'document') reader.read(bytes, true);
  else if (reader.kind === 'stream') {
    let from = 0;
    for (const cut of [...cuts].sort((a, b) => a - b)) {
      const to = Math.max(from, cut % (bytes.length + 1));
      reader.push(bytes.subarray(from, to));
      from = to;
    }
    reader.push(bytes.subarray(from));
    reader.end();
  }
  return builder.build(format.name, 'x');
}

describe.each(FORMATS)('$name', (format) => {
  it('reads damaged logs without failing, and the same however they arrive', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEEDS),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(5000), { maxLength: 4 }),
        (seed, mutations, cuts) => {
          const bytes = mutate(seed, mutations);
          const whole = read(format, bytes, []);
          expect(read(format, bytes, cuts)).toEqual(whole);
          for (const { epoch, step, values } of whole.points) {
            expect([epoch, step].every((key) => key === null || typeof key === 'number')).toBe(true);
            expect(Object.values(values).every((value) => typeof value === 'number')).toBe(true);
          }
        },
      ),
      { numRuns: format === stdout ? 30 : 100 },
    );
  });

  it('takes its time with no line', () => {
    const hostile = [
      'a: '.repeat(1300),
      '1 '.repeat(2000),
      '('.repeat(4000),
      '{'.repeat(4000),
      "{'a':".repeat(700),
      'loss '.repeat(800),
      '1/'.repeat(2000),
      '"'.repeat(4000),
      '1,'.repeat(2000),
      `epoch ${' '.repeat(3900)}x`,
      'a.'.repeat(2000),
      '=1'.repeat(2000),
      `${'x'.repeat(3900)}.pt`,
      'epoch 1 '.repeat(500),
      `[${'='.repeat(3900)}`,
      'tensor('.repeat(500),
      '1m '.repeat(1300),
      '1:'.repeat(2000),
      'nan '.repeat(1000),
    ];
    for (const line of hostile) {
      const begun = performance.now();
      read(format, Buffer.from(`${line}\n`.repeat(3)), []);
      expect([line.slice(0, 20), performance.now() - begun < 300]).toEqual([line.slice(0, 20), true]);
    }
  });
});

it('detects without failing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SEEDS),
      fc.array(mutation, { maxLength: 6 }),
      async (seed, mutations) => {
        const head = mutate(seed, mutations);
        const sample = {
          path: 'x',
          name: 'x',
          kind: 'file' as const,
          size: head.length,
          head,
          text: decodeText(head),
          listing: [],
        };
        for (const { confidence } of await rankFormats(sample))
          expect(confidence >= 0 && confidence <= 1).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});
