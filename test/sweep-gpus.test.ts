// A sweep on two GPUs (`nvidia-smi` is a script here): each training has a device of its own, whatever becomes of the others.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { pawl, PAWL, ROOT } from './toy-project.ts';

const programs = join(ROOT, 'test', 'programs');
const ENV = { PATH: `${join(programs, 'gpus')}:${process.env['PATH']}` };

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeProject(epochMs: number, more = ''): string {
  folder = mkdtempSync(join(tmpdir(), 'pawl-gpus-'));
  writeFileSync(
    join(folder, 'config.yaml'),
    `learning_rate: 0.1\ndropout: 0.1\nepochs: 8\nepoch_ms: ${epochMs}\n`,
  );
  writeFileSync(
    join(folder, 'pawl.yaml'),
    `train: node ${join(programs, 'gpu-trainer.mjs')} --config {config} --out {output} --yard .
baseline:
  config: config.yaml
metric: val_acc
${more}sweep:
  method: random
  seeds: 1
  patience: false
  pruner: { name: median, grace: 2 }
  space:
    learning_rate: { type: loguniform, low: 0.0001, high: 0.1 }
    dropout: { type: uniform, low: 0, high: 1 }
`,
  );
  return folder;
}

interface Document {
  sweep: { counts: Record<string, number>; trials: { state: string }[] };
}

const ARGS = ['sweep', '--confirm', '0'];
const lines = (file: string): string[] =>
  existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim().split('\n') : [];
const devicesUsed = (): string[] =>
  [...new Set(lines('journal').map((line) => line.split(' ')[1] ?? ''))].toSorted();

/** Starts the command and kills it with SIGKILL after a while. */
const killAfter = (ms: number, args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [PAWL, ...args], {
      cwd: folder,
      env: { ...process.env, ...ENV },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });

async function finish(args: string[]): Promise<Document> {
  const ran = await pawl([...ARGS, '--json', '-q', ...args], folder, ENV);
  expect(ran.code, ran.stderr + ran.stdout).toBe(0);
  return JSON.parse(ran.stdout) as Document;
}

test.each([
  ['long ones', 120],
  ['short ones, of which the next is prepared ahead', 5],
])('two slots, failed and pruned trainings between: no two on one device (%s)', async (_what, epochMs) => {
  makeProject(epochMs);
  const { sweep } = await finish(['--trials', '24', '--slots', '2']);
  expect(sweep.trials).toHaveLength(24);
  expect(sweep.counts['failed']).toBeGreaterThan(1);
  if (epochMs > 100) expect(sweep.counts['pruned']).toBeGreaterThan(1);
  expect(lines('shared')).toEqual([]);
  expect(devicesUsed()).toEqual(['0', '1']);
  expect(readdirSync(join(folder, 'devices'))).toEqual([]);
});

test('killed and resumed again and again: who still trains keeps its device, who follows gets the other', async () => {
  // Long enough that no machine is through with them before the last kill.
  makeProject(300);
  const args = ['--trials', '24', '--slots', '2'];
  let kills = 0;
  for (const ms of [2500, 1500, 2200, 1800, 3000])
    if (await killAfter(ms, [...ARGS, '-q', '--resume', ...args])) kills += 1;
  expect(kills).toBe(5);
  const { sweep } = await finish([...args, '--resume']);
  expect(sweep.trials).toHaveLength(24);
  expect(lines('shared')).toEqual([]);
  expect(devicesUsed()).toEqual(['0', '1']);
});

test('more slots than devices are no more trainings at a time', async () => {
  makeProject(10);
  const { sweep } = await finish(['--trials', '9', '--slots', '4']);
  expect(sweep.trials).toHaveLength(9);
  expect(lines('shared')).toEqual([]);
});

test('two devices for each training leave one slot', async () => {
  makeProject(10, 'gpusPerRun: 2\n');
  await finish(['--trials', '4']);
  expect(lines('shared')).toEqual([]);
  expect(devicesUsed()).toEqual(['0,1']);
});

test('a device that `environment:` names for the trainings leaves one slot', async () => {
  makeProject(10, 'environment: { CUDA_VISIBLE_DEVICES: "1" }\n');
  const planned = await pawl([...ARGS, '--dry-run', '--trials', '4', '--slots', '4'], folder, ENV);
  expect(planned.stdout).toContain('; 1 at a time;');
  await finish(['--trials', '4', '--slots', '4']);
  expect(devicesUsed()).toEqual(['1']);
});

test('with more slots than devices an interruption is heard at once', async () => {
  makeProject(400);
  const child = spawn(process.execPath, [PAWL, ...ARGS, '-q', '--trials', '9', '--slots', '4'], {
    cwd: folder,
    env: { ...process.env, ...ENV },
    stdio: 'ignore',
  });
  const code = new Promise<number | null>((resolve) => void child.on('exit', resolve));
  const runs = (): number =>
    existsSync(join(folder, 'devices')) ? readdirSync(join(folder, 'devices')).length : 0;
  for (const until = Date.now() + 20_000; runs() < 2 && Date.now() < until;) await sleep(20);
  await sleep(300);
  const asked = performance.now();
  child.kill('SIGINT');
  expect(await code).toBe(130);
  // A training takes more than three seconds; it is ended, not waited for.
  expect(performance.now() - asked).toBeLessThan(2500);
  expect(lines('journal').map((line) => line.split(' ').at(-1))).toEqual(['ended', 'ended']);
});
