import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { alignTo, readPredictions } from './prediction-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'pawl-predictions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function read(text: string, extension: 'jsonl' | 'csv') {
  const file = join(folder, `${count++}.${extension}`);
  writeFileSync(file, text);
  return readPredictions(file);
}

async function table(text: string, extension: 'jsonl' | 'csv') {
  const reading = await read(text, extension);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.table;
}

describe('readPredictions', () => {
  it.each([
    ['label and prediction', '{"id":1,"label":3,"prediction":3}\n{"id":2,"label":3,"prediction":5}\n'],
    [
      'numbers as text, a class written 3.0',
      '{"id":"1","label":"3","prediction":3.0}\n{"id":2,"label":3,"prediction":"5"}',
    ],
    ['correct', '{"id":1,"correct":true}\n\n{"id":2,"correct":0}\n'],
    [
      'names of classes',
      '{"id":1,"label":"cat","prediction":"cat"}\r\n{"id":2,"label":"cat","prediction":"dog"}\r\n',
    ],
    [
      'several labels',
      '{"id":1,"label":[0,1],"prediction":[0,1]}\n{"id":2,"label":[0,1],"prediction":[1,1]}\n',
    ],
  ])('JSON lines: %s', async (_name, text) => {
    expect([...(await table(text, 'jsonl')).correct]).toEqual([1, 0]);
  });

  it.each([
    ['commas', 'id,label,prediction\na,1,1\nb,1,2\n'],
    ['any order, further columns', 'confidence;Prediction;id;Label\n0.9;x;a;x\n0.2;x;b;y\n'],
    [
      'quotes and a byte order mark',
      '\uFEFFid,label,prediction\n"a, 1","say ""hi""","say ""hi"""\nb,"x",y\n',
    ],
    ['correct as Python writes it', 'id\tcorrect\na\tTrue\nb\tFalse'],
  ])('CSV: %s', async (_name, text) => {
    expect([...(await table(text, 'csv')).correct]).toEqual([1, 0]);
  });

  it.each([
    ['nothing', '', 'jsonl', /no examples/u],
    ['a cut last line', '{"id":1,"correct":true}\n{"id":2,"cor', 'jsonl', /line 2 is no JSON/u],
    ['an array', '[1,2]\n', 'jsonl', /line 1 is no JSON object/u],
    ['no id', '{"id":1,"correct":1}\n{"correct":1}\n', 'jsonl', /line 2 has no id/u],
    [
      'an id twice',
      '{"id":1,"correct":1}\n{"id":2,"correct":1}\n{"id":"1","correct":0}\n',
      'jsonl',
      /1 and 3 have the same id/u,
    ],
    ['no answer', '{"id":1,"label":2}\n', 'jsonl', /line 1 has neither correct nor label and prediction/u],
    ['a doubtful answer', '{"id":1,"correct":0.7}\n', 'jsonl', /neither true nor false/u],
    ['no header', '1,1,1\n2,1,2\n', 'csv', /line 1 is no header/u],
    ['a cut row', 'id,label,prediction\na,1,1\nb,1\n', 'csv', /line 3 has 2 of 3 columns/u],
    ['a line without end', `{"id":"${'x'.repeat(3_000_000)}`, 'jsonl', /longer than a megabyte/u],
  ] as const)('refuses %s and says where', async (_name, text, extension, expected) => {
    expect(await read(text, extension)).toEqual({ problem: expect.stringMatching(expected) });
  });

  it('refuses a file that is not there', async () => {
    expect(await readPredictions(join(folder, 'none.jsonl'))).toHaveProperty('problem');
  });

  it('stops at the most examples it may hold', async () => {
    const file = join(folder, 'many.csv');
    writeFileSync(file, `id,correct\n${Array.from({ length: 3001 }, (_, i) => `${i},1\n`).join('')}`);
    expect(await readPredictions(file, 3000)).toEqual({
      problem: expect.stringMatching(/more than 3,000 examples/u),
    });
    expect(await readPredictions(file)).toHaveProperty('table');
  });
});

describe('alignTo', () => {
  it('brings answers into another order, and knows other examples', async () => {
    const first = await table('id,correct\na,1\nb,0\nc,1\n', 'csv');
    const second = await table('id,correct\nc,0\na,1\nb,1\n', 'csv');
    const other = await table('id,correct\na,1\nb,0\nd,1\n', 'csv');
    const fewer = await table('id,correct\na,1\nb,0\n', 'csv');
    expect(alignTo(first.ids, first)).toEqual(Uint8Array.of(1, 0, 1));
    expect(alignTo(first.ids, second)).toEqual(Uint8Array.of(1, 1, 0));
    expect(alignTo(first.ids, other)).toBeUndefined();
    expect(alignTo(first.ids, fewer)).toBeUndefined();
  });
});
