import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../src/store/sqlite.ts';
import type { StudyRecord } from '../src/study/record.ts';
import { trackerConformance } from '../src/tracking/conformance.ts';
import { MlflowTracker } from '../src/tracking/trackers/mlflow.ts';
import { makeToyProject, pawl, PAWL, ROOT, TOY_CONFIG, type ToyOptions } from './toy-project.ts';

/** An interpreter with MLflow and TensorBoard (`examples/requirements-tracking.txt`). */
const PYTHON = process.env['PAWL_TEST_TRACKING_PYTHON'] ?? 'python3';
const READER = join(ROOT, 'test', 'programs', 'read-tracking.py');
const run = promisify(execFile);

type Series = Record<string, [number, number | string][]>;
interface Logged {
  name: string;
  metrics: Series;
  id?: string;
  status?: string;
  params?: Record<string, string>;
  tags?: Record<string, string>;
  artifacts?: string[];
  hparams?: Record<string, unknown>;
  texts?: Record<string, string>;
  images?: string[];
}

/** A real MLflow server, which can be killed and comes back with its data at the same address. */
class MlflowServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'pawl-mlflow-'));
  readonly port: number;
  #process: ChildProcess | undefined;

  constructor(port: number) {
    this.port = port;
  }

  get uri(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const log = openSync(join(this.folder, 'server.log'), 'a');
    const address = ['--host', '127.0.0.1', '--port', String(this.port), '--workers', '1'];
    const places = ['--backend-store-uri', 'sqlite:///mlflow.db', '--artifacts-destination', './artifacts'];
    this.#process = spawn(PYTHON, ['-m', 'mlflow', 'server', ...address, ...places], {
      cwd: this.folder,
      env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' },
      detached: true,
      stdio: ['ignore', log, log],
    });
    for (const deadline = Date.now() + 240_000; ; await sleep(200)) {
      if (await answers(this.uri)) return;
      if (this.#process.exitCode !== null || Date.now() > deadline)
        throw new Error(
          `MLflow did not start:\n${readFileSync(join(this.folder, 'server.log'), 'utf8').slice(-2000)}`,
        );
    }
  }

  /** With its workers, which are processes of their own. */
  async kill(): Promise<void> {
    const { pid } = this.#process ?? {};
    if (pid === undefined) return;
    const isGone = new Promise((resolve) => this.#process?.on('exit', resolve));
    process.kill(-pid, 'SIGKILL');
    await isGone;
    this.#process = undefined;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function answers(uri: string): Promise<boolean> {
  try {
    return (await fetch(`${uri}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function read(...args: string[]): Promise<Logged[]> {
  const env = { ...process.env, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1' };
  const { stdout } = await run(PYTHON, [READER, ...args], { maxBuffer: 1 << 26, env });
  return JSON.parse(stdout) as Logged[];
}

/** Waits until values of so many trainings have been logged to the event files of a project, and a while longer. */
async function logged(
  folder: string,
  trainings: number,
  moreMs: number,
  isOver: () => boolean,
): Promise<void> {
  const count = (): number =>
    existsSync(join(folder, 'runs'))
      ? new Set(
          filesBelow(join(folder, 'runs'))
            .filter((file) => relative(join(folder, 'runs'), file).split(sep).length === 3)
            .map(dirname),
        ).size
      : 0;
  while (count() < trainings && !isOver()) await sleep(20);
  await sleep(moreMs);
}

/** The stored study and the curves of its runs, without those of the check runs. */
async function stored(folder: string): Promise<{ record: StudyRecord; curves: Map<string, Series> }> {
  const store = await openSqliteStore(join(folder, '.pawl', 'study.db'));
  try {
    const record = await store.load((await store.latest()) ?? '');
    const curves = new Map<string, Series>();
    for (const { id, trial } of record.runs.values()) {
      if (record.trials.get(trial)?.kind === 'smoke') continue;
      const series: Series = {};
      for (const { epoch, values } of await store.curve(record.id, id))
        for (const [name, value] of Object.entries(values)) (series[name] ??= []).push([epoch ?? 0, value]);
      curves.set(id, series);
    }
    return { record, curves };
  } finally {
    await store.close();
  }
}

/** The curves alone, each in the order of its steps. */
function curvesOf(logged: readonly Logged[], study: string): Map<string, Series> {
  return new Map(
    logged.flatMap(({ name, metrics, tags }): [string, Series][] => {
      const id = tags ? (tags['pawl.run'] ?? '') : name;
      if (!id.startsWith(`${study}/`)) return [];
      const { 'pawl.value': _value, ...rest } = metrics;
      const sorted = Object.entries(rest).map(
        ([key, values]) => [key, values.toSorted(([a], [b]) => a - b)] as const,
      );
      return [[id.slice(study.length + 1), Object.fromEntries(sorted)]];
    }),
  );
}

const sortedMap = <T>(map: Map<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function rounded(curves: Map<string, Series>): Map<string, Series> {
  const round = (series: Series): Series =>
    Object.fromEntries(
      Object.entries(series).map(([key, values]) => [
        key,
        values.map(([step, value]) => [step, Math.fround(Number(value))]),
      ]),
    );
  return new Map(Array.from(curves, ([id, series]) => [id, round(series)]));
}

const CONFIG = TOY_CONFIG.replace('epoch_ms: 20', 'epoch_ms: 150');
const SEEDS = 'seeds: [1, 2, 3]\n';

describe('with a real MLflow server', () => {
  const open: { server?: MlflowServer; undo: (() => void)[] } = { undo: [] };
  const server = (): MlflowServer => {
    if (!open.server) throw new Error('not begun');
    return open.server;
  };
  const project = (options: ToyOptions = {}): string => {
    const tracking = `tracking: { mlflow: ${server().uri}, tensorboard: runs }\n`;
    const made = makeToyProject({
      config: CONFIG,
      ...options,
      project: `${SEEDS}${tracking}${options.project ?? ''}`,
    });
    open.undo.push(() => made.remove());
    return made.folder;
  };
  /** What is on the server and in the event files is what is stored; nothing twice. */
  const expectAllThere = async (folder: string): Promise<Logged[]> => {
    const { record, curves } = await stored(folder);
    const onServer = await read('mlflow', server().uri, basename(folder));
    expect(sortedMap(curvesOf(onServer, record.id))).toEqual(sortedMap(curves));
    const inFiles = await read('tensorboard', join(folder, 'runs'));
    expect(sortedMap(curvesOf(inFiles, record.id))).toEqual(sortedMap(rounded(curves)));
    expect(onServer).toHaveLength(curves.size + 1);
    return onServer;
  };

  beforeAll(async () => {
    open.server = new MlflowServer(await freePort());
    await server().start();
  });
  afterEach(() => {
    for (const undo of open.undo.splice(0)) undo();
  });
  afterAll(async () => {
    await server().kill();
    server().remove();
  });

  trackerConformance('MLflow, the real one,', {
    create: () =>
      new MlflowTracker({
        kind: 'mlflow',
        base: server().uri,
        experiment: 'conformance',
        hasArtifacts: true,
        authorization: undefined,
      }),
  });

  test('a study is there, live, with all that belongs to it', async () => {
    const folder = project();
    const ended = pawl(['optimize'], folder);
    const isEnded = ended.then(() => true);
    // Live: a curve is on the server while its training runs.
    let sawLive = false;
    while (!sawLive && !(await Promise.race([isEnded, sleep(300)]))) {
      const runs = await read('mlflow', server().uri, basename(folder));
      sawLive = runs.some(
        ({ status, metrics }) => status === 'RUNNING' && (metrics['val_acc']?.length ?? 0) > 0,
      );
    }
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    expect(sawLive).toBe(true);
    expect(stderr).toContain('Tracking: all 7 runs are in MLflow at');
    const runs = await expectAllThere(folder);
    const { record } = await stored(folder);
    const study = runs.find(({ tags }) => tags?.['pawl.run'] === record.id);
    expect(study).toMatchObject({
      status: 'FINISHED',
      tags: { 'pawl.verdict': 'better', 'pawl.decision': record.iterations[0]?.outcome?.decision },
    });
    expect(study?.artifacts).toEqual(
      expect.arrayContaining([
        'iteration-1/comparison.png',
        'iteration-1/optimization_results.md',
        'iteration-1/optimization_config.yaml',
        'iteration-1/diagnostic_report.md',
      ]),
    );
    const optimized = runs.find(({ name }) => name === 'optimized-1-s2');
    expect(optimized).toMatchObject({
      status: 'FINISHED',
      params: { 'model.dropout': '0.4', 'optimizer.weight_decay': '0.01', seed: '2' },
      tags: {
        'mlflow.parentRunId': study?.id,
        'pawl.seed': '2',
        'pawl.verdict': 'better',
        'pawl.trial': 'optimized-1',
      },
      artifacts: ['config/optimization_config.yaml'],
    });
    expect(optimized?.metrics['pawl.value']).toEqual([[6, record.runs.get('optimized-1-s2')?.value?.value]]);

    const files = await read('tensorboard', join(folder, 'runs'));
    const summary = files.find(({ name }) => name === record.id);
    expect(summary?.images).toContain('iteration-1/comparison.png');
    expect(summary?.texts?.['iteration-1/optimization_results.md']).toContain('# Optimization');
    const file = files.find(({ name }) => name === `${record.id}/optimized-1-s2`);
    expect(file?.hparams).toMatchObject({ 'model.dropout': 0.4, seed: 2 });
    expect(file?.texts?.['config/optimization_config.yaml']).toContain('dropout: 0.4');

    const status = await pawl(['status', '--json'], folder);
    expect((JSON.parse(status.stdout) as { tracking: unknown }).tracking).toMatchObject([
      { tracker: 'mlflow', runs: 7, waiting: 0, problem: null },
      { tracker: 'tensorboard', runs: 7, waiting: 0, problem: null },
    ]);
  });

  test('killed with SIGKILL in the middle and resumed: each value is there once', async () => {
    const folder = project();
    // Killed while its first, second and third pair of trainings are being logged.
    for (const [trainings, ms] of [
      [1, 250],
      [1, 600],
      [3, 350],
      [5, 100],
    ] as const) {
      const child = spawn(process.execPath, [PAWL, 'optimize', '--resume', '-q'], {
        cwd: folder,
        stdio: 'ignore',
      });
      await logged(folder, trainings, ms, () => child.exitCode !== null);
      expect(child.exitCode).toBeNull();
      child.kill('SIGKILL');
      await new Promise((resolve) => child.on('exit', resolve));
    }
    const last = await pawl(['optimize', '--resume'], folder);
    expect(last.code, last.stderr).toBe(0);
    await expectAllThere(folder);
  });

  test('a server that dies in the middle and comes back gets what it missed', async () => {
    const folder = project();
    const ended = pawl(['optimize'], folder);
    await logged(folder, 3, 300, () => false);
    const before = await read('mlflow', server().uri, basename(folder));
    expect(before.filter(({ metrics }) => (metrics['val_acc']?.length ?? 0) > 0).length).toBeGreaterThan(0);
    await server().kill();
    await sleep(500);
    const isBack = server().start();
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    await isBack;
    // It may have come back too late for the study: then the rest is sent by hand.
    const synced = await pawl(['sync', '--json'], folder);
    expect(synced.code, synced.stdout).toBe(0);
    await expectAllThere(folder);
    const again = await pawl(['sync', '--json'], folder);
    expect(
      (JSON.parse(again.stdout) as { synced: { sent: number }[] }).synced.map(({ sent }) => sent),
    ).toEqual([0, 0]);
    // Whatever was noted as sent, the server is asked: it has all of it.
    const checked = await pawl(['sync', '--check'], folder);
    expect(checked.code, checked.stderr).toBe(0);
    await expectAllThere(folder);
  });

  test('a server that was down from the start gets all of it from `pawl sync`, and from --resume', async () => {
    const byHand = project({ project: 'out: results/a\n' });
    const byResume = project({ project: 'out: results/b\n' });
    await server().kill();
    const results = [await pawl(['optimize'], byHand), await pawl(['optimize'], byResume)];
    for (const { code, stderr } of results) {
      expect(code, stderr).toBe(0);
      expect(stderr.match(/The study goes on; what is not sent is kept/g)).toHaveLength(1);
      expect(stderr).toContain('Tracking: 7 of 7 runs have not arrived in MLflow at');
      expect(stderr).toContain('Tracking: all 7 runs are in TensorBoard files in runs.');
    }
    const status = await pawl(['status'], byHand);
    expect(status.stdout).toMatch(
      /Tracking: MLflow, .*: 0 of 7 runs sent; `pawl sync` sends the rest\. .*cannot be reached/,
    );
    const failed = await pawl(['sync', '--json'], byHand);
    expect([failed.code, (JSON.parse(failed.stdout) as { error: { code: string } }).error.code]).toEqual([
      2,
      'TRACKING_UNSENT',
    ]);
    await server().start();
    const synced = await pawl(['sync'], byHand);
    expect(synced.code, synced.stderr).toBe(0);
    await expectAllThere(byHand);
    const resumed = await pawl(['optimize', '--resume'], byResume);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.stderr).toContain('Tracking: all 7 runs are in MLflow at');
    await expectAllThere(byResume);
  });

  test('a sweep is one run with a nested run per training; the final model joins its study', async () => {
    const sweep =
      'sweep:\n  space: { model.dropout: [0.0, 0.2, 0.4] }\n  budget: { trials: 3 }\n  confirm: 1\n';
    const folder = project({ project: sweep });
    const swept = await pawl(['sweep'], folder);
    expect(swept.code, swept.stderr).toBe(0);
    const final = await pawl(['finalize', '--force'], folder);
    expect(final.code, final.stderr).toBe(0);
    const runs = await expectAllThere(folder);
    const study = runs.find(({ tags }) => tags?.['pawl.kind'] === 'sweep');
    const nested = runs.filter(({ tags }) => tags?.['mlflow.parentRunId'] === study?.id);
    expect(nested).toHaveLength(runs.length - 1);
    expect(new Set(nested.map(({ tags }) => tags?.['pawl.kind']))).toEqual(
      new Set(
        ['candidate', 'baseline', 'optimized', 'final'].filter((kind) =>
          runs.some(({ tags }) => tags?.['pawl.kind'] === kind),
        ),
      ),
    );
    expect(nested.some(({ tags }) => tags?.['pawl.kind'] === 'final')).toBe(true);
    expect(study?.artifacts).toEqual(
      expect.arrayContaining(['iteration-1/sweep_results.md', 'final-1/test_results.md']),
    );
  });
});

describe('without a server', () => {
  test('one that accepts and never answers neither fails the study nor holds it up', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const seconds: number[] = [];
    for (const project of ['', `tracking: http://127.0.0.1:${port}\n`]) {
      const toy = makeToyProject({ config: CONFIG, project: `${SEEDS}${project}` });
      const { folder } = toy;
      const { code, stderr } = await pawl(['optimize'], folder);
      expect(code, stderr).toBe(0);
      const { record } = await stored(folder);
      const [session] = record.sessions;
      seconds.push(((session?.closedAt ?? 0) - (session?.openedAt ?? 0)) / 1000);
      if (project !== '') expect(stderr).toContain('7 of 7 runs have not arrived in MLflow');
      toy.remove();
    }
    server.close();
    // The figure itself is measured in bench/tracking; here only that nothing waits for the answer of 10 s.
    const [without = 0, hanging = 0] = seconds;
    expect(hanging).toBeLessThan(without * 1.5 + 5);
  });

  test('credentials are in no message, file or event', async () => {
    const secrets = ['s3cret-in-address', 't0ken-of-the-environment'];
    const tracking = `tracking: { mlflow: "http://me:${secrets[0]}@127.0.0.1:9" }\n`;
    const toy = makeToyProject({ project: `evidence: quick\n${tracking}` });
    const { folder } = toy;
    const env = { MLFLOW_TRACKING_TOKEN: secrets[1] };
    const outputs = [
      await pawl(['optimize'], folder, env),
      await pawl(['status'], folder, env),
      await pawl(['sync', '--json'], folder, env),
    ];
    const texts = outputs.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    for (const file of filesBelow(folder))
      if (basename(file) !== 'pawl.yaml') texts.push(readFileSync(file, 'latin1'));
    expect(texts.length).toBeGreaterThan(20);
    for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    toy.remove();
  });

  test('a study from before there was a tracking: is sent by `pawl sync`', async () => {
    const toy = makeToyProject({ project: 'evidence: quick\n' });
    const { folder } = toy;
    expect((await pawl(['optimize', '-q'], folder)).code).toBe(0);
    const none = await pawl(['sync', '--json'], folder);
    expect((JSON.parse(none.stdout) as { error: { code: string } }).error.code).toBe('TRACKING_NONE');
    writeFileSync(
      join(folder, 'pawl.yaml'),
      `${readFileSync(join(folder, 'pawl.yaml'), 'utf8')}tracking: tensorboard\n`,
    );
    const synced = await pawl(['sync', '--json'], folder);
    expect(synced.code, synced.stdout).toBe(0);
    const { record, curves } = await stored(folder);
    for (const id of curves.keys()) expect(existsSync(join(folder, 'runs', record.id, id))).toBe(true);
    toy.remove();
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
