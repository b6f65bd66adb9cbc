import * as fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Curve, MetricFormat } from './_contract.ts';
import { CurveBuilder } from './curve-builder.ts';
import { tfevents } from './formats/tfevents.ts';
import { wandb } from './formats/wandb.ts';
import { readOptunaTrials } from './optuna/read-trials.ts';
import { readCurve } from './read.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const binary = (folder: string, pattern: RegExp): string[] =>
  readdirSync(here(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .map((file) => join(here(folder), file));

const SEED = 20260101;
const mutation = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert', 'remove', 'repeat', 'zero'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 300 }),
  bit: fc.nat(7),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  let result = Buffer.from(bytes);
  for (const { kind, at: where, length, bit } of mutations) {
    const at = Math.floor(where * result.length);
    const [before, block, after] = [
      result.subarray(0, at),
      result.subarray(at, at + length),
      result.subarray(at + length),
    ];
    if (kind === 'flip' && at < result.length) result[at] = (result[at] as number) ^ (1 << bit);
    else if (kind === 'cut') result = Buffer.from(before);
    else if (kind === 'insert')
      result = Buffer.concat([before, Buffer.alloc(length, 17 * bit), block, after]);
    else if (kind === 'remove') result = Buffer.concat([before, after]);
    else if (kind === 'repeat') result = Buffer.concat([before, block, block, after]);
    else if (kind === 'zero') result = Buffer.concat([before, Buffer.alloc(block.length), after]);
  }
  return result;
}

function read(format: MetricFormat, bytes: Buffer, cuts: readonly number[] = []): Curve {
  const builder = new CurveBuilder();
  const reader = format.open({ path: 'x', name: 'x' }, builder);
  if (reader.kind !== 'stream') throw new Error('these formats are streams');
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const to = Math.max(from, cut % (bytes.length + 1));
    reader.push(bytes.subarray(from, to));
    from = to;
  }
  reader.push(bytes.subarray(from));
  reader.end();
  return builder.build(format.name, 'x');
}

/** Every number of a curve with what it belongs to; clocks apart, which may come from any value of the row. */
function facts({ points }: Curve): Set<string> {
  const found = new Set<string>();
  for (const { step, values } of points)
    for (const [name, value] of Object.entries(values))
      if (!/^(?:wall_time|_timestamp|_runtime)$/.test(name)) found.add(`${step} ${name} ${value}`);
  return found;
}

const CHECKED = [
  ...binary('./tfevents/fixtures', /tfevents\.\d/).map((file) => ({ file, format: tfevents })),
  ...binary('./wandb/fixtures', /\.wandb$/).map((file) => ({ file, format: wandb })),
];

describe.each(CHECKED)('damaged $file', ({ file, format }) => {
  const bytes = readFileSync(file);
  const whole = facts(read(format, bytes));

  it('gives nothing but what was in it, a warning where something is missing, and the same however it arrives', () => {
    fc.assert(
      fc.property(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(50_000), { maxLength: 4 }),
        (mutations, cuts) => {
          const damaged = mutate(bytes, mutations);
          const curve = read(format, damaged);
          expect(read(format, damaged, cuts)).toEqual(curve);
          const found = facts(curve);
          for (const fact of found) expect(whole).toContain(fact);
          // A log cut between two records cannot be told from a shorter one.
          const isCut = mutations.some(({ kind }) => kind === 'cut' || kind === 'remove');
          if (found.size < whole.size && !isCut) expect(curve.warnings).not.toEqual([]);
        },
      ),
      { numRuns: bytes.length > 10_000 ? 10 : 40, seed: SEED },
    );
  });
});

describe('damaged databases and journals', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'pawl-fuzz-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const files = [
    ...binary('./mlflow/fixtures', /\.db$/),
    ...binary('./trackio/fixtures', /\.db$/),
    ...binary('./optuna/fixtures', /study\.db$|journal\.log$/),
  ];

  it.each(files)('%s gives a curve or a clear error', async (file) => {
    const bytes = readFileSync(file);
    const path = join(root, basename(file));
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        writeFileSync(path, mutate(bytes, mutations));
        for (const attempt of [() => readCurve(path), () => readOptunaTrials(path)]) {
          const error: unknown = await attempt().then(
            () => undefined,
            (caught: unknown) => caught,
          );
          if (error !== undefined)
            expect(error).toMatchObject({ code: expect.stringMatching(/^METRIC/) as string });
        }
      }),
      { numRuns: 25, seed: SEED },
    );
  });
});
