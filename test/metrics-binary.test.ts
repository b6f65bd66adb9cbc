import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PAWL = fileURLToPath(new URL('../bin/pawl', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../src/metrics/', import.meta.url));

interface Document {
  format: string;
  metrics: string[];
  points: { epoch: number | null; step: number | null; values: Record<string, number | string> }[];
}

function metrics(path: string): Document {
  const out = execFileSync(process.execPath, [PAWL, 'metrics', path, '--json'], {
    encoding: 'utf8',
    cwd: tmpdir(),
  });
  return JSON.parse(out) as Document;
}

it.each([
  ['tfevents', 'tfevents/fixtures/keras', 'validation/epoch_loss', 0.6860994100570679],
  ['tfevents', 'tfevents/fixtures/torch', 'Accuracy/val', 0.5],
  ['wandb', 'wandb/fixtures/run-plain.wandb', 'val.acc', 0.5],
  ['mlflow-sqlite', 'mlflow/fixtures/sqlite-v3.db', 'val/acc', 0.5],
  ['mlflow-files', 'mlflow/fixtures/mlruns', 'val/acc', 0.5],
  ['trackio', 'trackio/fixtures/digits.db', 'val/acc', 0.5],
  ['optuna', 'optuna/fixtures/journal.log', 'value', 0.0625],
])('pawl metrics reads %s: %s', (format, path, name, first) => {
  const document = metrics(join(FIXTURES, path));
  expect(document.format).toBe(format);
  expect(document.metrics).toContain(name);
  expect(document.points.find(({ values }) => values[name] !== undefined)?.values[name]).toBe(first);
});

it('pawl metrics reads the run of a store that is named', () => {
  const { points } = metrics(`mlflow:${FIXTURES}mlflow/fixtures/sqlite-v3.db#first`);
  expect(points.map(({ values }) => values['val/acc'])).toEqual([0.5, 0.625, 0.75]);
});

it('pawl metrics says that a server is down, as JSON too', () => {
  try {
    metrics(`mlflow:http://127.0.0.1:39999/${'a'.repeat(32)}`);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ status: 2 });
    const { stdout } = error as { stdout: string };
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'METRICS_UNREADABLE' } });
  }
});
