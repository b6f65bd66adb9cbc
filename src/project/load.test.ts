import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadProject } from './load.ts';

const root = mkdtempSync(join(tmpdir(), 'pawl-load-'));
const file = join(root, 'pawl.yaml');
afterAll(() => rmSync(root, { recursive: true }));

const REST = 'train: python train.py\nbaseline: { config: c.yaml }\nmetric: val_acc\n';

test.each([
  ['tracking: htp://x', "'tracking': must be an address such as http://127.0.0.1:5000"],
  ['tracking: 7', "'tracking': must be mlflow, tensorboard, an address such as"],
  ['tracking: { wandb: true }', "'tracking.wandb': unknown key in 'tracking'"],
  [
    'tracking: { mlflow: 3 }',
    "'tracking.mlflow': must be an address such as http://127.0.0.1:5000, true, or",
  ],
  ['tracking: { mlflow: { url: http://x } }', "'tracking.mlflow.url': unknown key in 'tracking.mlflow'"],
  ['tracking: { mlflow: { uri: "me:secret@h" } }', "'tracking.mlflow.uri': must be an address"],
  ['tracking: { tensorboard: "" }', "'tracking.tensorboard': must name a folder"],
  ['sweep: { pruner: { name: asha, eta: 1 } }', "'sweep.pruner.eta': Too small"],
  ['budget: { run: 3 }', "'budget.run': unknown key in 'budget'"],
])('%s is said where it stands', async (text, message) => {
  writeFileSync(file, `${REST}${text}\n`);
  const failed = loadProject(file);
  await expect(failed).rejects.toMatchObject({
    code: 'PROJECT_INVALID',
    line: 4,
    message: expect.stringContaining(message) as string,
  });
  await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('secret') as string });
});
