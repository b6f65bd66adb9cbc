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

  it('is the same with a slash behind its name, as shells complete it', async () => {
    expect((await readCurve(`${folder}/`)).points).toEqual((await readCurve(folder)).points);
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

describe('a folder of files by epoch', () => {
  const write = (folder: string, files: Record<string, string>): string => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, folder, name)), { recursive: true });
      writeFileSync(join(root, folder, name), text);
    }
    return join(root, folder);
  };

  it('of Burn is read as means over batches, weighted by their examples', async () => {
    const curve = await readCurve(
      write('burn', {
        'train/epoch-1/Loss.log': '2.0,32\n1.0,16\n',
        'train/epoch-2/Loss.log': '0.5,32\n0.5,16\n',
        'valid/epoch-1/Accuracy.log': '50\n70\n',
        'valid/epoch-2/Accuracy.log': '80\nnan\n',
        'experiment.log': 'INFO burn_train: started\n',
      }),
    );
    expect(curve).toMatchObject({ format: 'burn', warnings: [] });
    expect(curve.points).toEqual([
      point(`epoch 1: train/Loss=${(2 * 32 + 16) / 48} valid/Accuracy=60`),
      point('epoch 2: train/Loss=0.5 valid/Accuracy=NaN'),
    ]);
  });

  it('of Burn says which line is no number', async () => {
    const curve = await readCurve(write('burn-torn', { 'valid/epoch-1/Loss.log': '0.5,32\n0.\u0000x\n' }));
    expect(curve.points).toEqual([point('epoch 1: valid/Loss=0.5')]);
    expect(curve.warnings.join()).toContain('of valid/Loss is no number, left out');
  });

  it('of AllenNLP is one curve, its epochs in order', async () => {
    const document = (epoch: number, loss: number): string =>
      JSON.stringify({ best_epoch: 0, epoch, training_duration: '0:00:01', validation_loss: loss }, null, 2);
    const curve = await readCurve(
      write('allennlp', {
        'metrics_epoch_0.json': document(0, 0.5),
        'metrics_epoch_1.json': document(1, 0.4),
        'metrics_epoch_10.json': document(10, 0.2),
        'metrics_epoch_2.json': '{"epoch": 2, "valid',
        'vocabulary/tokens.txt': 'a\nb\n',
      }),
    );
    expect(curve.format).toBe('epoch-files');
    expect(curve.points.map(({ epoch, values }) => [epoch, values['validation_loss']])).toEqual([
      [0, 0.5],
      [1, 0.4],
      [10, 0.2],
    ]);
    expect(curve.warnings.join()).toContain('metrics_epoch_2.json is no JSON object');
  });

  it('takes the step from the name where the document has none', async () => {
    const curve = await readCurve(
      write('steps', {
        'eval_results_step_500.json': '{"eval_loss": 0.5}',
        'eval_results_step_1000.json': '{"eval_loss": 0.4}',
      }),
    );
    expect(curve.points).toEqual([point('step 500: eval_loss=0.5'), point('step 1000: eval_loss=0.4')]);
  });
});
