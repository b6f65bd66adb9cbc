import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Curve, Point } from '../_contract.ts';
import { testFormat } from '../conformance.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { readCurve } from '../read.ts';
import { wandb } from './wandb.ts';

const fixture = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../wandb/fixtures/run-${name}.wandb`, import.meta.url)));
const plain = fixture('plain');
const odd = fixture('odd');
const steps = fixture('steps');

function read(bytes: Buffer): Curve {
  const builder = new CurveBuilder();
  const reader = wandb.open({ path: 'run-x.wandb', name: 'run-x.wandb' }, builder);
  if (reader.kind !== 'stream') throw new Error('a run log is a stream');
  reader.push(bytes);
  reader.end();
  return builder.build('wandb', 'run-x.wandb');
}

/** Points without W&B's clocks, which differ with each making of the fixtures. */
function timeless(points: readonly Point[]): Point[] {
  return points.map(({ step, epoch, values }) => {
    const { _timestamp: time, _runtime: runtime, ...others } = values;
    expect(time).toBeGreaterThan(1.6e9);
    expect(runtime).toBeGreaterThan(0);
    return { step, epoch, values: others };
  });
}
const points = (bytes: Buffer): Point[] => timeless(read(bytes).points);

testFormat({
  format: wandb,
  specimens: [
    { label: 'nested keys', file: 'run-plain.wandb', content: plain, points: read(plain).points },
    { label: 'several blocks', file: 'run-steps.wandb', content: steps, points: read(steps).points },
    { label: 'by its contents alone', file: 'x.bin', content: plain, points: read(plain).points },
  ],
  nonFinite: { label: 'odd values', file: 'run-odd.wandb', content: odd, points: read(odd).points },
  resumed: {
    label: 'system metrics apart',
    file: 'run-stats.wandb',
    content: fixture('stats'),
    points: read(fixture('stats')).points,
  },
});

describe('run logs', () => {
  it('hold a row for each call, nested keys joined by points', () => {
    expect(points(plain)).toEqual(
      [0, 1, 2, 3].map((epoch) => ({
        epoch,
        step: epoch,
        values: { 'train/loss': 1 / (epoch + 1), 'val.acc': 0.5 + epoch / 8, 'val.loss': 2 / (epoch + 1) },
      })),
    );
  });

  it('hold numbers in every spelling, and no texts, lists, pictures or histograms', () => {
    expect(points(odd)).toEqual([
      { epoch: null, step: 0, values: { loss: Number.NaN, acc: Infinity } },
      { epoch: null, step: 1, values: { loss: -Infinity, acc: 1e-7, 'a.b': 4, big: 12345678901234567000 } },
      { epoch: null, step: 10, values: { loss: 0.25, custom_step: 3, acc: -0 } },
    ]);
  });

  it('take the step that the trainer names', () => {
    expect(points(steps)).toEqual(
      Array.from({ length: 100 }, (_, step) => ({
        epoch: Math.floor(step / 25),
        step: step * 10,
        values: { 'train/loss': 1 / (step + 1), ...(step % 25 === 24 && { 'val/acc': step / 1000 }) },
      })),
    );
  });

  it('keep system metrics apart', () => {
    expect(read(fixture('stats')).metrics.sort()).toEqual(['_runtime', '_timestamp', 'loss']);
  });

  it('that are cut hold the beginning, and say so', () => {
    const whole = points(steps);
    for (let cut = 7; cut < steps.length; cut += 1501) {
      const curve = read(steps.subarray(0, cut));
      expect(timeless(curve.points)).toEqual(whole.slice(0, curve.points.length));
      expect(
        curve.warnings.every((warning) => /incomplete \(the file ends at byte \d+\)/.test(warning)),
      ).toBe(true);
    }
  });

  it('lose no more than the record in which a bit flipped, and say where', () => {
    const whole = new Map(points(steps).map((point) => [point.step, point]));
    for (let byte = 7; byte < steps.length; byte += 397) {
      const damaged = Buffer.from(steps);
      damaged[byte] = (damaged[byte] as number) ^ (1 << (byte % 8));
      const curve = read(damaged);
      expect(curve.points.length).toBeGreaterThanOrEqual(whole.size - 1);
      for (const point of timeless(curve.points)) expect(point).toEqual(whole.get(point.step));
      // Padding may change without harm.
      if (curve.points.length < whole.size)
        expect(curve.warnings.join()).toMatch(/damaged (?:at|from) byte \d+/);
    }
  });

  it('with bytes lost or put in between go on behind them', () => {
    const middle = Math.floor(steps.length / 2);
    for (const damaged of [
      Buffer.concat([steps.subarray(0, middle), steps.subarray(middle + 5)]),
      Buffer.concat([steps.subarray(0, middle), Buffer.alloc(1000, 7), steps.subarray(middle)]),
    ]) {
      const curve = read(damaged);
      expect(curve.points.length).toBeGreaterThanOrEqual(98);
      expect(curve.warnings.length).toBeGreaterThan(0);
    }
  });

  it('are given up after megabytes of damage', () => {
    const curve = read(Buffer.concat([plain, Buffer.alloc(6_000_000, 1)]));
    expect(curve.points).toHaveLength(4);
    expect(curve.warnings).toEqual([
      expect.stringMatching(/damaged from byte \d+ on .*the rest is left out/),
    ]);
  });

  it.each(['wandb', '.wandb'])('are found in the folder %s that W&B lays out', async (name) => {
    const root = mkdtempSync(join(tmpdir(), 'pawl-wandb-'));
    const run = join(root, name, 'offline-run-20260101_120000-plain');
    mkdirSync(join(run, 'files'), { recursive: true });
    writeFileSync(join(run, 'run-plain.wandb'), plain);
    writeFileSync(join(run, 'files', 'output.log'), 'epoch 0 loss 1.0\nepoch 1 loss 0.5\n');
    writeFileSync(join(run, 'files', 'wandb-summary.json'), '{"train/loss": 0.25, "epoch": 3}');
    symlinkSync(run, join(root, name, 'latest-run'));
    const curve = await readCurve(root);
    expect(curve.format).toBe('wandb');
    expect(curve.points).toHaveLength(4);
    rmSync(root, { recursive: true });
  });
});
