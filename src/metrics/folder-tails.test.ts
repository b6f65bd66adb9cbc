import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, appendFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from './_contract.ts';
import { point, recordedPath } from './fixtures/recorded.ts';
import { followCurve } from './follow.ts';
import { readCurve } from './read.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pawl-folder-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a DVCLive folder', () => {
  const folder = recordedPath('dvclive-3.49.1/dvclive');

  it('is one curve, its metrics named by their paths', async () => {
    const curve = await readCurve(folder);
    expect(curve).toMatchObject({
      format: 'dvclive',
      warnings: [],
      metrics: ['acc', 'train/acc', 'train/loss', 'val/loss'],
    });
    expect(curve.points).toHaveLength(6);
    expect(curve.points[4]).toEqual(point('step 4: acc=0.86 train/acc=0.88 train/loss=0.2 val/loss=NaN'));
  });

  it('is found in the folder of the training', async () => {
    expect((await readCurve(dirname(folder))).metrics).toContain('val/loss');
  });

  it('is followed while metrics appear and grow, and read anew where they are written anew', async () => {
    const path = join(root, 'dvclive');
    const table = (name: string): string => {
      const file = join(path, 'plots', 'metrics', `${name}.tsv`);
      mkdirSync(dirname(file), { recursive: true });
      return file;
    };
    writeFileSync(table('train/loss'), 'step\tloss\n0\t0.5\n');
    const seen: Point[] = [];
    const follower = followCurve({
      path,
      pollMs: 20,
      onPoints: (points, isReplaced) => {
        if (isReplaced) seen.length = 0;
        for (const { index, point } of points) seen[index] = point;
      },
    });
    await expect.poll(() => seen).toEqual([point('step 0: train/loss=0.5')]);
    appendFileSync(table('train/loss'), '1\t0.25\n');
    writeFileSync(table('val/loss'), 'step\tloss\n0\t0.75\n1\t0.');
    await expect.poll(() => seen[1]?.values['train/loss']).toBe(0.25);
    await expect.poll(() => seen[0]?.values['val/loss'], { timeout: 3000 }).toBe(0.75);
    appendFileSync(table('val/loss'), '625\n');
    writeFileSync(table('train/loss'), 'step\tloss\n0\t0.125\n');
    const curve = await follower.finish();
    expect(curve?.points).toEqual([
      point('step 0: train/loss=0.125 val/loss=0.75'),
      point('step 1: val/loss=0.625'),
    ]);
    expect(seen).toEqual(curve?.points);
  });
});

describe('a catboost_info folder', () => {
  const folder = recordedPath('catboost-1.2.7/catboost_info');

  it('is one curve of both tables', async () => {
    const curve = await readCurve(folder);
    expect(curve).toMatchObject({ format: 'catboost', warnings: [] });
    expect(curve.points[0]).toEqual(
      point(
        'step 0: learn_Logloss=0.4124706417 learn_Accuracy=0.9295774648 validation_AUC=0.9252066116 ' +
          'validation_Logloss=0.4530257294 validation_Accuracy=0.8601398601',
      ),
    );
  });

  it('says the same as catboost_training.json, but for the time', async () => {
    const { points } = await readCurve(folder);
    const training = await readCurve(join(folder, 'catboost_training.json'));
    for (const { values } of training.points) delete values['passed_time'];
    expect(training.points).toEqual(points);
  });

  it('is no more than its JSON while that is being written', async () => {
    const path = join(root, 'catboost_training.json');
    const text = readFileSync(join(folder, 'catboost_training.json'), 'utf8');
    writeFileSync(path, text.slice(0, text.indexOf('"iteration":3') + 40));
    const curve = await readCurve(path);
    expect(curve.points.length).toBeGreaterThanOrEqual(3);
    expect(curve.warnings.join()).toContain('ends in the middle');
  });
});

it('says which of several logs was taken, and why', async () => {
  const path = join(root, 'several');
  cpSync(recordedPath('lightning-2.0.9'), path, { recursive: true });
  writeFileSync(join(path, 'notes.csv'), 'a,b\n1,2\n');
  writeFileSync(join(path, 'train.log'), 'Epoch 1/2 loss: 0.5\n');
  const { warnings } = await readCurve(path);
  expect(warnings[0]).toMatch(
    /^took version_[01]\/metrics\.csv \(PyTorch Lightning CSVLogger, by metrics\.csv in a version folder\), the newest of those alike of \d logs in the folder; the others: version_[01]\/metrics\.csv, /,
  );
});
