// ASHA's promotion with the embedded trainer, which goes on from its checkpoints: paused trainings are resumed, also by
// a Pawl that was killed meanwhile.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { pawl, PAWL, ROOT } from './toy-project.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const SPACE = `method: random
search_space:
  dropout: [0.0, 0.2, 0.4, 0.6]
  learning_rate: { type: loguniform, low: 0.0003, high: 0.01 }
`;

function makeProject(resume: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-promotion-'));
  folders.push(folder);
  const example = join(ROOT, 'examples', 'digits');
  for (const part of ['configs', 'data'])
    cpSync(join(example, part), join(folder, part), { recursive: true });
  const config = join(folder, 'configs', 'training_config.yaml');
  // Epochs long enough that a training is looked at, and can be paused, before it is through.
  const text = readFileSync(config, 'utf8').replace(/epochs: \d+/, 'epochs: 12');
  writeFileSync(config, text.replace('hidden: [128]', 'hidden: [512]'));
  writeFileSync(join(folder, 'space.yaml'), SPACE);
  writeFileSync(
    join(folder, 'pawl.yaml'),
    `train: pawl-train --config {config} --out {output} --seed {seed} --checkpoints {checkpoints}
${resume ? 'resume: --resume auto\n' : ''}baseline:
  config: configs/training_config.yaml
metric: val_acc
sweep:
  pruner: { name: asha-promotion, grace: 2, eta: 2 }
`,
  );
  return folder;
}

const ARGS = ['--space', 'space.yaml', '--trials', '9', '--slots', '2', '--confirm', '0'];

interface Document {
  sweep: {
    counts: Record<string, number>;
    trials: {
      number: number;
      state: string;
      epochs: number;
      why: string | null;
      runs: { id: string; epochs: number }[];
    }[];
  };
  epochsSpent: number;
  epochsSaved: number;
}

async function finish(folder: string, args: string[] = []): Promise<Document> {
  const ran = await pawl(['sweep', '--json', '-q', ...ARGS, ...args], folder);
  expect(ran.code, ran.stderr + ran.stdout).toBe(0);
  return JSON.parse(ran.stdout) as Document;
}

const epochsIn = (file: string): number[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { epoch: number }).epoch);

test('paused trainings are resumed where they stopped, and killing Pawl changes nothing of that', async () => {
  const folder = makeProject(true);
  for (const ms of [2500, 4000]) {
    await new Promise<void>((resolve) => {
      const child = spawn(process.execPath, [PAWL, 'sweep', '-q', '--resume', ...ARGS], {
        cwd: folder,
        stdio: 'ignore',
      });
      const timer = setTimeout(() => child.kill('SIGKILL'), ms);
      child.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  const { sweep, epochsSpent } = await finish(folder, ['--resume']);
  expect(sweep.trials).toHaveLength(9);
  expect(sweep.trials.filter(({ state }) => state === 'failed')).toEqual([]);
  // The baseline is what everything is measured by, and at least one other came to its end.
  expect(sweep.counts['complete']).toBeGreaterThanOrEqual(2);
  expect(sweep.counts['pruned']).toBeGreaterThan(0);
  const [study] = readdirSync(join(folder, '.pawl', 'runs'));
  const runs = join(folder, '.pawl', 'runs', study ?? '');
  const resumed = sweep.trials.filter(({ runs: [run] }) => /\.\d+$/.test(run?.id ?? ''));
  expect(resumed.length).toBeGreaterThan(0);
  for (const { runs: list, state } of resumed) {
    const first = (list[0]?.id ?? '').replace(/\.\d+$/, '');
    const epochs = epochsIn(join(runs, first, 'output', 'metrics.jsonl'));
    expect(epochs).toEqual(epochs.map((_, index) => index + 1));
    if (state === 'complete') expect(epochs).toHaveLength(12);
    expect(readFileSync(join(runs, list[0]?.id ?? '', 'stdout.log'), 'utf8')).toContain('resumed from');
  }
  // What was resumed is counted once.
  expect(epochsSpent).toBeLessThanOrEqual(sweep.trials.reduce((sum, { epochs }) => sum + epochs, 0));
});

test('without `resume` a promoted training begins again', async () => {
  const folder = makeProject(false);
  const { sweep } = await finish(folder);
  expect(sweep.trials.filter(({ state }) => state === 'failed')).toEqual([]);
  expect(sweep.counts['complete']).toBeGreaterThanOrEqual(2);
  const again = sweep.trials.flatMap(({ runs }) => runs).find(({ id }) => id.endsWith('.2'));
  expect(again).toBeDefined();
  const [study] = readdirSync(join(folder, '.pawl', 'runs'));
  const log = join(folder, '.pawl', 'runs', study ?? '', again?.id ?? '', 'output', 'metrics.jsonl');
  expect(epochsIn(log)[0]).toBe(1);
});
