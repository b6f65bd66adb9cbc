import { readCurve } from 'pawl';
import { describeSampler, executorConformance, testFormat } from 'pawl/conformance';
import { registerFormat } from 'pawl/extend';
import { afterAll, expect, it } from 'vitest';
import { PoliteExecutor } from './executor.ts';
import { hashLines } from './format.ts';
import { halton } from './sampler.ts';

const forget = registerFormat({
  name: hashLines.name,
  lives: 'file',
  suits: ({ text }) => text?.includes('#') === true,
  load: async () => hashLines,
});
afterAll(forget);

testFormat({
  format: hashLines,
  specimens: [
    {
      label: 'two epochs',
      file: 'train.log',
      content: '#1 train_loss=0.50 val_acc=0.80\n#2 train_loss=0.40 val_acc=0.83\n',
      points: [
        { epoch: 1, step: null, values: { train_loss: 0.5, val_acc: 0.8 } },
        { epoch: 2, step: null, values: { train_loss: 0.4, val_acc: 0.83 } },
      ],
    },
  ],
  nonFinite: {
    label: 'not a number, and infinities',
    file: 'diverged.log',
    content: '#1 a=nan b=inf c=-inf\n',
    points: [{ epoch: 1, step: null, values: { a: NaN, b: Infinity, c: -Infinity } }],
  },
  resumed: {
    label: 'an epoch again after a resume',
    file: 'resumed.log',
    content: '#1 val_acc=0.80\n#2 val_acc=0.81\n#2 val_acc=0.82\n',
    points: [
      { epoch: 1, step: null, values: { val_acc: 0.8 } },
      { epoch: 2, step: null, values: { val_acc: 0.82 } },
    ],
  },
  garbage: { lines: ['hello', '#x val_acc=1', '{"epoch": 3}'], isWarned: true },
});

describeSampler(halton, { learns: false });
executorConformance('polite', { create: () => new PoliteExecutor() });

it('is not known once it is taken away', async () => {
  forget();
  await expect(readCurve('nothing.log', { format: 'hash-lines' })).rejects.toMatchObject({
    code: 'METRICS_FORMAT_UNKNOWN',
  });
});
