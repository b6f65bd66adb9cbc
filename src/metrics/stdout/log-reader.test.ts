import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CurveBuilder } from '../curve-builder.ts';
import { stdout } from '../formats/stdout.ts';
import { PRINTED, UNMEASURED } from './fixtures/printed.ts';

function read(text: string) {
  const builder = new CurveBuilder();
  const reader = stdout.open({ path: 'train.log', name: 'train.log' }, builder);
  if (reader.kind !== 'stream') throw new Error('a log is a stream');
  reader.push(Buffer.from(text));
  reader.end();
  const curve = builder.build('stdout', 'train.log');
  const points = curve.points.map(({ epoch, step, values }) => {
    const place = [epoch === null ? '' : `epoch ${epoch}`, step === null ? '' : `step ${step}`]
      .filter((part) => part !== '')
      .join(' ');
    return `${place}: ${Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`;
  });
  return { points, total: curve.totalEpochs ?? undefined };
}

describe('printed lines', () => {
  it.each(PRINTED)('$text', ({ text, points, total }) => {
    expect(read(text)).toEqual({ points, total });
  });

  it.each(UNMEASURED)('no metrics in %j', (line) => {
    expect(read(`${line}\n`).points).toEqual([]);
  });

  // What is logged once an epoch, such as the learning rate, may well be a metric there.
  const strays = UNMEASURED.filter((line) => !/^\s*(?:lr|learning_rate|time): /i.test(line));
  it.each(strays)('no metrics in %j during an epoch', (line) => {
    expect(read(`Epoch 1/20\nloss: 0.5\n${line}\n`).points).toEqual(['epoch 1: loss=0.5']);
  });
});

describe('plans', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 });

  it('read a line as if it were the first of its shape', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRINTED), digits, ({ text }, others) => {
        const [line] = text.split(/[\r\n]/).filter((part) => /\d/.test(part));
        if (line === undefined) return;
        let i = 0;
        const other = line.replaceAll(/\d/g, () => String(others[i++ % others.length]));
        // A space more at the end makes another shape of the same line.
        expect(read(`${line}\n${other}\n`)).toEqual(read(`${line} \n${other}\n`));
      }),
      { numRuns: 300 },
    );
  });
});
