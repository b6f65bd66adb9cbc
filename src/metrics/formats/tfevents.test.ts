import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Point } from '../_contract.ts';
import { chooseMetric } from '../choose.ts';
import { testFormat } from '../conformance.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { followCurve } from '../follow.ts';
import { readCurve } from '../read.ts';
import { tfevents } from './tfevents.ts';

const FIXTURES = fileURLToPath(new URL('../tfevents/fixtures/', import.meta.url));
const folder = (name: string): string => join(FIXTURES, name);

function files(name: string): { file: string; bytes: Buffer }[] {
  return readdirSync(folder(name))
    .filter((file) => file.includes('tfevents'))
    .sort()
    .map((file) => ({ file, bytes: readFileSync(join(folder(name), file)) }));
}
const [torch] = files('torch') as [{ file: string; bytes: Buffer }];
const [tensors] = files('tensors') as [{ file: string; bytes: Buffer }];
const [lightning] = files('lightning') as [{ file: string; bytes: Buffer }];
const restart = files('restart');

function read(bytes: Buffer): ReturnType<CurveBuilder['build']> {
  const builder = new CurveBuilder();
  const reader = tfevents.open({ path: 'events', name: 'events' }, builder);
  if (reader.kind !== 'stream') throw new Error('an event file is a stream');
  reader.push(bytes);
  reader.end();
  return builder.build('tfevents', 'events');
}

/** Points without their clock times, which differ with each making of the fixtures. */
function timeless(points: readonly Point[]): Point[] {
  return points.map(({ step, epoch, values }) => {
    const { wall_time: time, ...others } = values;
    expect(time).toBeGreaterThan(1.6e9);
    return { step, epoch, values: others };
  });
}

const at = (step: number | null, values: Record<string, number>, epoch: number | null = null): Point => ({
  step,
  epoch,
  values,
});
const f = Math.fround;

testFormat({
  format: tfevents,
  specimens: [
    {
      label: 'tensors of every type',
      file: tensors.file,
      content: tensors.bytes,
      points: read(tensors.bytes).points,
    },
    {
      label: 'Lightning',
      file: lightning.file,
      content: lightning.bytes,
      points: read(lightning.bytes).points,
    },
    {
      label: 'by its contents alone',
      file: 'x.bin',
      content: tensors.bytes,
      points: read(tensors.bytes).points,
    },
  ],
  nonFinite: { label: 'PyTorch', file: torch.file, content: torch.bytes, points: read(torch.bytes).points },
  resumed: {
    label: 'a restart within the file',
    file: 'events.out.tfevents',
    content: Buffer.concat(restart.map(({ bytes }) => bytes)),
    points: read(Buffer.concat(restart.map(({ bytes }) => bytes))).points,
  },
});

describe('event files', () => {
  it('hold simple and tensor scalars, histograms and texts left alone', () => {
    const points = timeless(read(torch.bytes).points);
    expect(points.slice(0, 6)).toEqual(
      Array.from({ length: 6 }, (_, step) =>
        at(step, {
          'Loss/train': f(1 / (step + 1)),
          'Loss/val': f(1.25 / (step + 1)),
          'Accuracy/val': 0.5 + step / 16,
        }),
      ),
    );
    expect(points[6]).toEqual(
      at(6, { 'Loss/train': Number.NaN, 'Loss/val': Infinity, 'Accuracy/val': -Infinity }),
    );
    expect(read(torch.bytes).metrics).toEqual(['Loss/train', 'wall_time', 'Loss/val', 'Accuracy/val']);
  });

  it('hold tensors of every type of number', () => {
    const { points } = read(tensors.bytes);
    const values = Object.assign({}, ...timeless(points).map((point) => point.values)) as Record<
      string,
      number
    >;
    expect(values).toEqual({
      float_val: 0.5,
      double_val: 0.1,
      int_val: -3,
      int64_val: -(2 ** 40),
      bool_val: 1,
      half_val: 0.5,
      bfloat_val: 0.5,
      uint32_val: 2 ** 32 - 1,
      uint64_val: 2 ** 50,
      ...Object.fromEntries(
        ['f4', 'f8', 'i4', 'u1', 'i2', 'i1', 'i8', 'u2', 'f2', 'u4', 'u8'].map((type) => [
          `content/${type}`,
          7,
        ]),
      ),
      one_element: 0.25,
    });
    expect(points.map(({ values: { wall_time: time } }) => time)).toEqual(
      points.map((_, i) => 1700000000.5 + i),
    );
  });

  it('give the epoch where they log it as a scalar', () => {
    expect(timeless(read(lightning.bytes).points)).toEqual(
      [0, 1, 2].flatMap((epoch) => {
        const [early, late] = [epoch * 10 + 4, epoch * 10 + 9];
        return [
          at(early, { train_loss: f(4 / (early + 1)) }, epoch),
          at(
            late,
            { train_loss: f(4 / (late + 1)), val_loss: f(4.5 / (late + 1)), val_acc: 0.5 + epoch / 8 },
            epoch,
          ),
        ];
      }),
    );
  });

  it('lose what came after the step of a restart', () => {
    const points = timeless(read(Buffer.concat(restart.map(({ bytes }) => bytes))).points);
    expect(points).toEqual([8, 7, 6, 5, 104, 105].map((loss, step) => at(step, { loss })));
  });

  it('that are cut hold the beginning, and say so', () => {
    const whole = read(torch.bytes);
    for (let cut = 1; cut < torch.bytes.length; cut += 7) {
      const { points, warnings } = read(torch.bytes.subarray(0, cut));
      points.forEach(({ step, values }, i) => {
        expect(step).toBe(whole.points[i]?.step);
        const { wall_time: _, ...metrics } = values;
        expect(whole.points[i]?.values).toMatchObject(metrics);
      });
      expect(warnings.length).toBeLessThanOrEqual(1);
      if (warnings[0] !== undefined) expect(warnings[0]).toMatch(/incomplete \(it begins at byte \d+\)/);
    }
  });

  it('lose no more than the record in which a bit flipped, and say where', () => {
    const { bytes } = torch;
    const whole = read(bytes);
    for (let byte = 0; byte < bytes.length; byte += 3) {
      const damaged = Buffer.from(bytes);
      damaged[byte] = (damaged[byte] as number) ^ (1 << (byte % 8));
      const { points, warnings } = read(damaged);
      expect(warnings.join('\n')).toMatch(/damaged (?:at|from) byte \d+/);
      const count = (all: readonly Point[]): number =>
        all.reduce(
          (sum, { values }) => sum + Object.keys(values).filter((name) => name !== 'wall_time').length,
          0,
        );
      expect(count(points)).toBeGreaterThanOrEqual(count(whole.points) - 1);
      for (const { step, values } of points)
        expect(whole.points.find((point) => point.step === step)?.values).toMatchObject(
          Object.fromEntries(Object.entries(values).filter(([name]) => name !== 'wall_time')),
        );
    }
  });

  it('with bytes lost or put in between go on behind them', () => {
    const { bytes } = torch;
    const middle = Math.floor(bytes.length / 2);
    const cutOut = Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle + 5)]);
    const putIn = Buffer.concat([bytes.subarray(0, middle), Buffer.alloc(1000, 7), bytes.subarray(middle)]);
    for (const damaged of [cutOut, putIn]) {
      const { points, warnings } = read(damaged);
      expect(points.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(/events: damaged at byte \d+ \(checksum\); \d+ bytes are left out/);
    }
  });
});

describe('folders of event files', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'pawl-tfevents-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('of Keras are one run by epoch, as its history says', async () => {
    const history = JSON.parse(readFileSync(join(FIXTURES, 'keras.json'), 'utf8')) as Record<
      string,
      number[]
    >;
    const curve = await readCurve(folder('keras'));
    const epochs = curve.points.filter(({ epoch }) => epoch !== null);
    const series = (name: string): (number | undefined)[] => epochs.map(({ values }) => values[name]);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    expect(series('train/epoch_loss')).toEqual(history['loss']);
    expect(series('validation/epoch_loss')).toEqual(history['val_loss']);
    expect(series('validation/epoch_accuracy')).toEqual(history['val_accuracy']);
    expect(chooseMetric('val_loss', curve.metrics)).toMatchObject({ name: 'validation/epoch_loss' });
    expect(curve.warnings).toEqual([]);
  });

  it('of add_scalars are one run, however the library lays them out', async () => {
    const torchRun = await readCurve(folder('add_scalars'));
    expect(timeless(torchRun.points)).toEqual(
      [0, 1, 2, 3].map((step) =>
        at(step, { lr: 0.125 / 2 ** step, 'run/loss/train': 1 / 2 ** step, 'run/loss/val': 1.5 / 2 ** step }),
      ),
    );
    const otherRun = await readCurve(folder('tensorboardx'));
    expect(timeless(otherRun.points)).toEqual(
      [1, 2, 3, 4].map((step) =>
        at(step, { 'val/acc': 0.5 + step / 16, 'loss/train': f(1 / step), 'loss/val': f(2 / step) }),
      ),
    );
  });

  it('with a restart hold what the later file says', async () => {
    const { points } = await readCurve(folder('restart'));
    expect(timeless(points)).toEqual([8, 7, 6, 5, 104, 105].map((loss, step) => at(step, { loss })));
  });

  it('leave the last values of add_hparams out', async () => {
    const { points } = await readCurve(folder('hparams'));
    expect(timeless(points)).toEqual([0, 1, 2].map((step) => at(step, { val_acc: 0.5 + step / 8 })));
  });

  it('of several runs give the newest and name the others', async () => {
    const runs = join(root, 'runs');
    for (const [i, name] of ['a', 'b'].entries()) {
      cpSync(folder('restart'), join(runs, name), { recursive: true });
      for (const file of readdirSync(join(runs, name))) utimesSync(join(runs, name, file), 1e9 + i, 1e9 + i);
    }
    const curve = await readCurve(runs);
    expect(curve.file).toBe(join(runs, 'b'));
    expect(curve.warnings[0]).toMatch(/^took b.* of 2 logs in the folder; the others: a/);
  });

  it('are followed as files come', async () => {
    const run = join(root, 'live');
    mkdirSync(run);
    const seen: Point[] = [];
    const follower = followCurve({
      path: run,
      pollMs: 20,
      onPoints: (points, isReplaced) => {
        if (isReplaced) seen.length = 0;
        for (const { index, point } of points) seen[index] = point;
      },
    });
    const [first, second] = restart as [{ file: string; bytes: Buffer }, { file: string; bytes: Buffer }];
    writeFileSync(join(run, first.file), first.bytes.subarray(0, 200));
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0), { timeout: 5000, interval: 10 });
    writeFileSync(join(run, first.file), first.bytes);
    await new Promise((resolve) => setTimeout(resolve, 60));
    writeFileSync(join(run, second.file), second.bytes);
    const curve = await follower.finish();
    expect(timeless(curve?.points ?? [])).toEqual(
      [8, 7, 6, 5, 104, 105].map((loss, step) => at(step, { loss })),
    );
    expect(seen).toEqual(curve?.points);
  });
});
