import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCheckpoint } from './checkpoint.ts';
import { Interruption } from './error.ts';
import { createRng } from './rng.ts';
import { runTraining } from './run.ts';

const SIDE = 6;
const N = 160;
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'trainer-'));
  writeIdx('images', [N, SIDE, SIDE], images());
  writeIdx(
    'labels',
    [N],
    Uint8Array.from({ length: N }, (_, i) => i % 3),
  );
});
afterAll(() => rmSync(root, { recursive: true }));

/** Three classes: a bright row, at a place of its own, under noise. */
function images(): Uint8Array {
  const rng = createRng(1, 'noise');
  return Uint8Array.from({ length: N * SIDE * SIDE }, (_, i) => {
    const row = Math.floor((i % (SIDE * SIDE)) / SIDE);
    const isBright = row === 2 * (Math.floor(i / (SIDE * SIDE)) % 3);
    return Math.min(255, Math.max(0, (isBright ? 90 : 0) + 30 * rng.normal()));
  });
}

function writeIdx(name: string, shape: number[], values: Uint8Array): void {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x0800 + shape.length);
  shape.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  writeFileSync(join(root, name), Buffer.concat([header, values]));
}

const FULL = `
data: { images: images, labels: labels, train_samples: 61, val_samples: 50, test_samples: 20, label_noise: 0.1 }
model: { hidden: [9, 7], dropout: 0.2 }
training: { epochs: 7, batch_size: 16, gradient_clip: 1, label_smoothing: 0.1 }
optimizer: { learning_rate: 0.01, weight_decay: 0.1 }
lr_scheduler: { name: cosine, warmup_epochs: 1.5 }
augmentation: { shift: 1, noise: 0.1 }
evaluation: { predictions: true }
`;

interface Options {
  config?: string;
  seed?: number;
  epochs?: number;
  resume?: string;
  checkpoints?: string;
  /** SIGTERM arrives during this epoch. */
  stopIn?: number;
  test?: boolean;
}

async function run(out: string, { config = FULL, seed = 1, stopIn, checkpoints, ...rest }: Options = {}) {
  const file = join(root, `${out}.yaml`);
  writeFileSync(file, config);
  const printed: string[] = [];
  const warned: string[] = [];
  let epochs = 0;
  const training = runTraining(
    {
      config: file,
      out: join(root, out),
      seed,
      checkpoints: checkpoints && join(root, checkpoints),
      resume: rest.resume,
      epochs: rest.epochs,
      test: rest.test ?? false,
    },
    {
      print: (line) => printed.push(line),
      warn: (line) => warned.push(line),
      now: () => 0,
      interruption: () => (++epochs === stopIn ? 'SIGTERM' : undefined),
    },
  );
  const error: unknown = await training.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { printed, warned, error, at: (name: string) => readFileSync(join(root, out, name), 'utf8') };
}

const weights = (out: string) => readCheckpoint(join(root, out, 'checkpoints', 'last.ckpt')).arrays;

test('writes one line of metrics per epoch and learns', async () => {
  const { at, printed, error } = await run('learns', {
    epochs: 20,
    test: true,
    config: FULL.replace('shift: 1', 'shift: 0'),
  });
  expect(error).toBeUndefined();
  const lines = at('metrics.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);
  expect(lines.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(Object.keys(lines[0]!)).toEqual([
    'epoch',
    'train_loss',
    'train_acc',
    'val_loss',
    'val_acc',
    'lr',
    'grad_norm',
    'grad_norm_max',
    'seconds',
  ]);
  expect(lines.at(-1)!.val_acc).toBeGreaterThan(0.8);
  expect(printed[0]).toMatch(/^epoch=1\/20 train_loss=\d\.\d{4} train_acc=/u);
  const predictions = at('predictions.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);
  const { best } = JSON.parse(at('summary.json')) as { best: { value: number; epoch: number } };
  expect(predictions[0]!.id).toBe(90);
  expect(predictions.filter(({ label, prediction }) => label === prediction).length / 50).toBe(best.value);
  expect(JSON.parse(at('test_metrics.json'))).toMatchObject({ test_acc: expect.closeTo(0.9, 0) as number });
});

describe('determinism', () => {
  test('equal seeds give equal bits, other seeds do not', async () => {
    const [first, second, third] = [await run('a'), await run('b'), await run('c', { seed: 2 })];
    expect(second.at('metrics.jsonl')).toBe(first.at('metrics.jsonl'));
    expect(weights('b')).toEqual(weights('a'));
    expect(third.at('metrics.jsonl')).not.toBe(first.at('metrics.jsonl'));
  });

  test.each([1, 3, 6])('stopped in epoch %i and resumed equals uninterrupted', async (stopIn) => {
    const whole = await run('whole');
    const part = `part${stopIn}`;
    const { error } = await run(part, { stopIn });
    expect(error).toBeInstanceOf(Interruption);
    expect(error).toMatchObject({ exitCode: 143 });
    const resumed = await run(part, { resume: 'auto' });
    expect(resumed.printed[0]).toMatch(new RegExp(`^resumed from .*last.ckpt after epoch ${stopIn}$`, 'u'));
    for (const file of ['metrics.jsonl', 'predictions.jsonl', 'summary.json'])
      expect(resumed.at(file)).toBe(whole.at(file));
    expect(weights(part)).toEqual(weights('whole'));
  });

  test('resuming into another folder brings the metrics along', async () => {
    const whole = await run('origin');
    await run('half', { epochs: 3, config: FULL.replace('name: cosine, ', '') });
    const resumed = await run('moved', { resume: join(root, 'half', 'checkpoints') });
    expect(resumed.warned).toEqual([expect.stringContaining('lr_scheduler.name (was "none", now "cosine")')]);
    expect(resumed.at('metrics.jsonl').split('\n')).toHaveLength(8);
    expect(whole.at('metrics.jsonl')).not.toBe(resumed.at('metrics.jsonl'));
  });

  test('resuming a finished training repeats nothing; more epochs go on', async () => {
    const config = FULL.replace('name: cosine, ', '');
    const first = await run('done', { config });
    const again = await run('done', { config, resume: 'auto' });
    expect(again.printed).toHaveLength(2);
    expect(again.at('metrics.jsonl')).toBe(first.at('metrics.jsonl'));
    const longer = await run('done', { config, resume: 'auto', epochs: 9 });
    expect(longer.at('metrics.jsonl')).toBe(
      (await run('straight', { config, epochs: 9 })).at('metrics.jsonl'),
    );
  });
});

test('checkpoints in longer steps still know the best epoch', async () => {
  const config = FULL.replace('epochs: 7', 'epochs: 7, checkpoint_every: 4');
  const sparse = await run('sparse', { config });
  const dense = await run('dense');
  expect(sparse.at('predictions.jsonl')).toBe(dense.at('predictions.jsonl'));
  const best = (out: string) => readCheckpoint(join(root, out, 'checkpoints', 'best.ckpt')).arrays;
  expect(best('sparse')).toEqual(best('dense'));
});

test('early stopping ends the training', async () => {
  const { at, printed } = await run('early', {
    config: `${FULL}early_stopping: { enabled: true, patience: 1, min_delta: 0.9 }\n`,
  });
  expect(at('metrics.jsonl').trimEnd().split('\n')).toHaveLength(2);
  expect(printed.at(-1)).toMatch(/^stopped early after epoch 2; best val_acc=/u);
});

test('a divergence is logged as NaN and the training goes on', async () => {
  const config = FULL.replace('learning_rate: 0.01', 'name: sgd, learning_rate: 1.0e+30').replace(
    'gradient_clip: 1, ',
    '',
  );
  const { at, error } = await run('nan', { config });
  expect(error).toBeUndefined();
  expect(at('metrics.jsonl').trimEnd().split('\n')).toHaveLength(7);
  expect(at('metrics.jsonl')).toContain('"val_loss": NaN');
});

describe('refusals', () => {
  test.each<[string, Options, string]>([
    ['another seed', { resume: 'a/checkpoints', seed: 5 }, 'was trained with seed 1, not 5'],
    [
      'another network',
      { resume: 'a/checkpoints', config: FULL.replace('[9, 7]', '[9]') },
      'widths 36-9-7-3; the config asks for 36-9-3',
    ],
    ['no checkpoint', { resume: 'nowhere' }, 'No checkpoint at'],
    ['weights only', { resume: 'a/checkpoints/best.ckpt' }, 'holds weights only'],
    ['not a checkpoint', { resume: 'images' }, 'is not a checkpoint of this trainer'],
    ['no data', { config: FULL.replace('images: images', 'images: absent') }, 'No data file absent'],
    [
      'wrong data',
      { config: FULL.replace('images: images', 'images: labels') },
      'is not an IDX file of unsigned bytes in 3 dimension(s)',
    ],
    [
      'no test split',
      { config: FULL.replace('test_samples: 20', 'test_samples: 0'), test: true },
      '--test needs data.test_samples',
    ],
  ])('%s', async (_, options, message) => {
    await run('a');
    const resume = options.resume && join(root, options.resume);
    const { error } = await run('refused', { ...options, ...(resume && { resume }) });
    expect(error).toMatchObject({ name: 'InputError', message: expect.stringContaining(message) as string });
  });
});
