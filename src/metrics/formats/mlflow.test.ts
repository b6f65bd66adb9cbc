import Database from 'libsql';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Point } from '../_contract.ts';
import { testFormat } from '../conformance.ts';
import { followCurve } from '../follow.ts';
import { parseAddress } from '../mlflow/address.ts';
import { readCurve } from '../read.ts';
import { mlflowFiles } from './mlflow-files.ts';

const FIXTURES = fileURLToPath(new URL('../mlflow/fixtures/', import.meta.url));
/** However busy the machine is. */
const PATIENCE = { timeout: 5000, interval: 10 };
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pawl-mlflow-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function timeless(points: readonly Point[]): Point[] {
  return points.map(({ step, epoch, values }) => {
    const { timestamp, ...others } = values;
    expect(timestamp).toBeGreaterThan(1.6e9);
    return { step, epoch, values: others };
  });
}

/** What the maker logged. */
const FIRST: Point[] = [0, 1, 2].map((step) => ({
  epoch: null,
  step,
  values: { train_loss: 1 / (step + 1), 'val/acc': 0.5 + step / 8 },
}));
const SECOND: Point[] = [
  ...[0, 1, 2, 3].flatMap((epoch): Point[] => {
    const [early, late] = [epoch * 10 + 4, epoch * 10 + 9];
    return [
      { epoch, step: early, values: { train_loss: 2 / (early + 1) } },
      { epoch, step: late, values: { train_loss: 2 / (late + 1), 'val/acc': 0.5 + epoch / 16 } },
    ];
  }),
  ...[Number.NaN, Infinity, -Infinity].map((odd, i): Point => ({
    epoch: null,
    step: 50 + i,
    values: { odd },
  })),
];

function runFolders(): { first: string; second: string } {
  const [experiment] = readdirSync(join(FIXTURES, 'mlruns')).filter((name) => !name.startsWith('.')) as [
    string,
  ];
  const folder = join(FIXTURES, 'mlruns', experiment);
  const runs = readdirSync(folder).filter((name) => name !== 'meta.yaml');
  const named = (name: string): string =>
    join(
      folder,
      runs.find((run) =>
        readFileSync(join(folder, run, 'meta.yaml'), 'utf8').includes(`run_name: ${name}`),
      ) as string,
    );
  return { first: named('first'), second: named('second') };
}

const line = (step: number, value: string): string => `${1700000000000 + step} ${value} ${step}\n`;
const point = (step: number, value: number): Point => ({
  epoch: null,
  step,
  values: { loss: value, timestamp: 1700000000 + step / 1000 },
});
testFormat({
  format: mlflowFiles,
  specimens: [
    {
      label: 'one metric',
      file: join('metrics', 'loss'),
      content: [0, 1, 2].map((s) => line(s, String(1 / (s + 1)))).join(''),
      points: [0, 1, 2].map((s) => point(s, 1 / (s + 1))),
    },
    {
      label: 'with data sets named, and without steps',
      file: join('metrics', 'loss'),
      content: '1700000000003 0.5 3 train 0123abc\n1700000000004 0.25 4\n',
      points: [point(3, 0.5), point(4, 0.25)],
    },
  ],
  nonFinite: {
    label: 'NaN and infinities',
    file: join('metrics', 'loss'),
    content: line(1, 'nan') + line(2, 'inf') + line(3, '-inf'),
    points: [point(1, Number.NaN), point(2, Infinity), point(3, -Infinity)],
  },
  resumed: {
    label: 'a step again',
    file: join('metrics', 'loss'),
    content: line(1, '0.5') + line(2, '0.4') + line(1, '0.3'),
    points: [point(1, 0.3), point(2, 0.4)],
  },
});

describe('the file store', () => {
  it('is read a run at a time', async () => {
    const { first, second } = runFolders();
    expect(timeless((await readCurve(first)).points)).toEqual(FIRST);
    const curve = await readCurve(second);
    expect(curve.format).toBe('mlflow-files');
    expect(timeless(curve.points)).toEqual(SECOND);
    expect(curve.warnings).toEqual([]);
  });

  it('gives the newest of several runs, and names the others', async () => {
    const copy = join(root, 'mlruns');
    const { first, second } = runFolders();
    for (const [name, from, time] of [
      ['a', first, 2e9],
      ['b', second, 1e9],
    ] as const) {
      cpSync(from, join(copy, '1', name), { recursive: true });
      for (const file of readdirSync(join(copy, '1', name), { recursive: true, encoding: 'utf8' }))
        if (statSync(join(copy, '1', name, file)).isFile())
          utimesSync(join(copy, '1', name, file), time, time);
    }
    const curve = await readCurve(copy);
    expect(timeless(curve.points)).toEqual(FIRST);
    expect(curve.warnings[0]).toMatch(/^took 1.a.* of 2 logs in the folder; the others: 1.b/);
  });

  it('counts values that were logged without steps, and says so', async () => {
    const run = join(root, 'no-steps');
    mkdirSync(join(run, 'metrics'), { recursive: true });
    writeFileSync(join(run, 'meta.yaml'), 'run_id: x\n');
    writeFileSync(
      join(run, 'metrics', 'loss'),
      '1700000000000 0.5 0\n1700000001000 0.4 0\n1700000002000 0.3 0\n',
    );
    writeFileSync(join(run, 'metrics', 'test_acc'), '1700000003000 0.9 0\n');
    const { points, warnings } = await readCurve(run);
    expect(timeless(points)).toEqual([
      { epoch: null, step: 0, values: { loss: 0.5, test_acc: 0.9 } },
      { epoch: null, step: 1, values: { loss: 0.4 } },
      { epoch: null, step: 2, values: { loss: 0.3 } },
    ]);
    expect(warnings).toEqual(["'loss' was logged without steps; its values are counted"]);
  });

  it('is followed as metrics appear', async () => {
    const run = join(root, 'live');
    mkdirSync(join(run, 'metrics', 'val'), { recursive: true });
    writeFileSync(join(run, 'meta.yaml'), 'run_id: x\n');
    writeFileSync(join(run, 'metrics', 'loss'), line(0, '0.5'));
    const seen: Point[] = [];
    const follower = followCurve({
      path: run,
      pollMs: 20,
      onPoints: (points) => points.forEach(({ index, point: changed }) => (seen[index] = changed)),
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    writeFileSync(join(run, 'metrics', 'loss'), line(0, '0.5') + line(1, '0.4'));
    writeFileSync(join(run, 'metrics', 'val', 'acc'), line(1, '0.9'));
    const curve = await follower.finish();
    expect(timeless(curve?.points ?? [])).toEqual([
      { epoch: null, step: 0, values: { loss: 0.5 } },
      { epoch: null, step: 1, values: { loss: 0.4, 'val/acc': 0.9 } },
    ]);
    expect(seen).toEqual(curve?.points);
  });
});

describe.each(['sqlite-v2.db', 'sqlite-v3.db'])('the database %s', (name) => {
  const path = join(FIXTURES, name);

  it('gives its newest run, says which others there are, and is left as it is', async () => {
    const before = readFileSync(path);
    const curve = await readCurve(path);
    expect(curve.format).toBe('mlflow-sqlite');
    expect(timeless(curve.points)).toEqual(SECOND);
    expect(curve.warnings[0]).toMatch(
      /took the run 'second' \(\w{32}\), the newest of 2; name another as mlflow:/,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(FIXTURES).filter((file) => /-(?:wal|shm|journal)$/.test(file))).toEqual([]);
  });

  it('gives the run that is named', async () => {
    for (const address of [`mlflow:${path}#first`, `mlflow:sqlite:///${path}#first`]) {
      const { points, warnings } = await readCurve(address);
      expect(timeless(points)).toEqual(FIRST);
      expect(warnings).toEqual([]);
    }
    await expect(readCurve(`mlflow:${path}#third`)).rejects.toMatchObject({
      code: 'METRICS_NOT_FOUND',
      message: expect.stringMatching(/holds no run 'third'; it holds 'second' \(\w+\), 'first'/) as string,
    });
  });
});

describe('a database', () => {
  it('is followed while it is written, and changes to a newer run', async () => {
    const path = join(root, 'live.db');
    cpSync(join(FIXTURES, 'sqlite-v3.db'), path);
    const writer = new Database(path);
    let seen: Point[] = [];
    const follower = followCurve({
      path,
      pollMs: 20,
      onPoints: (points, isReplaced) => {
        if (isReplaced) seen = [];
        for (const { index, point: changed } of points) seen[index] = changed;
      },
    });
    await vi.waitFor(() => expect(timeless(seen)).toEqual(SECOND), PATIENCE);
    writer.exec(
      "INSERT INTO runs (run_uuid, name, start_time, lifecycle_stage, experiment_id) VALUES ('new', 'third', 9000000000000, 'active', 1)",
    );
    const log = (step: number): unknown =>
      writer
        .prepare(
          'INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)',
        )
        .run('loss', step / 8, 1700000000000, 'new', step);
    for (const step of [1, 2, 3]) {
      log(step);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    const expected = [1, 2, 3].map((step) => ({ epoch: null, step, values: { loss: step / 8 } }));
    expect(timeless((await follower.finish())?.points ?? [])).toEqual(expected);
    expect(timeless(seen)).toEqual(expected);
    writer.close();
  });

  it('that is damaged or locked is refused with a clear error', async () => {
    const path = join(root, 'mlflow.db');
    const bytes = readFileSync(join(FIXTURES, 'sqlite-v3.db'));
    bytes.fill(0x5a, 2048, bytes.length - 1024);
    writeFileSync(path, bytes);
    await expect(readCurve(path)).rejects.toMatchObject({
      code: 'METRICS_UNREADABLE',
      message: expect.stringContaining('it is damaged') as string,
    });
  });
});

describe('a server', () => {
  let server: Server;
  let port = 0;
  const asked: string[] = [];
  const odd = [0.5, 'NaN', 1.7976931348623157e308];
  /** As MLflow 3.17 answers. */
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      asked.push(`${request.method} ${url.pathname}`);
      const metric = (key: string, step: number): object => ({
        key,
        value: key === 'loss' ? 1 / (step + 1) : odd[step],
        timestamp: 1700000000000 + step,
        step,
      });
      const run = {
        info: {
          run_id: 'a'.repeat(32),
          run_uuid: 'a'.repeat(32),
          run_name: 'kind',
          status: 'RUNNING',
          lifecycle_stage: 'active',
        },
        data: { metrics: [metric('loss', 2), metric('odd', 2)], params: [] },
      };
      const page = Number(url.searchParams.get('page_token') ?? 0);
      const key = url.searchParams.get('metric_key') ?? '';
      const answers: Record<string, object> = {
        'runs/get': { run },
        'runs/search': { runs: [run] },
        'experiments/search': { experiments: [{ experiment_id: '1', name: 'digits' }] },
        'metrics/get-history': {
          metrics: [metric(key, page)],
          ...(page < 2 && { next_page_token: String(page + 1) }),
        },
      };
      const answer = answers[url.pathname.replace('/base/api/2.0/mlflow/', '')];
      response.statusCode =
        url.searchParams.get('run_id')?.startsWith('f') === true ? 404 : answer ? 200 : 500;
      if (url.pathname.startsWith('/away/')) response.writeHead(302, { location: 'http://127.0.0.1:1/' });
      response.end(
        response.statusCode === 404
          ? '{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Run with id=fff not found."}'
          : JSON.stringify(answer ?? {}),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(() => server.close());
  const expected = odd.map((value, step) => ({
    epoch: null,
    step,
    values: { loss: 1 / (step + 1), odd: step === 2 ? Infinity : Number(value) },
  }));

  it('is asked for all pages of all metrics of the run in the address', async () => {
    const id = 'a'.repeat(32);
    for (const address of [
      `mlflow:http://127.0.0.1:${port}/base/${id}`,
      `mlflow://127.0.0.1:${port}/base/${id}`,
      `mlflow:http://127.0.0.1:${port}/base/#/experiments/1/runs/${id}/model-metrics`,
      `http://127.0.0.1:${port}/base/#/experiments/1/runs/${id}`,
      `mlflow:http://127.0.0.1:${port}/base`,
    ]) {
      const curve = await readCurve(address);
      expect(curve.format).toBe('mlflow-rest');
      expect(timeless(curve.points)).toEqual(expected);
      expect(curve.warnings).toEqual([]);
    }
  });

  it('is followed to the same curve', async () => {
    const seen: Point[] = [];
    const follower = followCurve({
      path: `mlflow:http://127.0.0.1:${port}/base/${'a'.repeat(32)}`,
      pollMs: 20,
      onPoints: (points) => points.forEach(({ index, point: changed }) => (seen[index] = changed)),
    });
    await vi.waitFor(() => expect(timeless(seen)).toEqual(expected), PATIENCE);
    asked.length = 0;
    expect(timeless((await follower.finish())?.points ?? [])).toEqual(expected);
    // Nothing new: the histories are not fetched again.
    expect([...new Set(asked)]).toEqual(['GET /base/api/2.0/mlflow/runs/get']);
  });

  it.each([
    [
      'that is down',
      () => `mlflow:http://user:secret@127.0.0.1:39999/${'a'.repeat(32)}`,
      /cannot be reached: .*ECONNREFUSED/,
    ],
    [
      'that knows no such run',
      () => `mlflow:http://127.0.0.1:${port}/base/${'f'.repeat(32)}`,
      /refused runs\/get with 404: Run with id=fff not found/,
    ],
    [
      'that is no MLflow server',
      () => `mlflow:http://127.0.0.1:${port}/other/${'a'.repeat(32)}`,
      /refused runs\/get with 500/,
    ],
    [
      'that sends us elsewhere',
      () => `mlflow:http://127.0.0.1:${port}/away/${'a'.repeat(32)}`,
      /cannot be reached/,
    ],
    ['with an address that is none', () => 'mlflow:http://', /is no address/],
  ])('%s is a clear error', async (_, address, message) => {
    const error = await readCurve(address()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
    expect((error as Error).message).not.toContain('secret');
  });
});

it.each([
  ['mlflow:http://h:5/', 'http://h:5', undefined, undefined],
  ['mlflow+https://h/ml/experiments/7', 'https://h/ml', undefined, '7'],
  [`mlflow:https://h/ml#/experiments/7/runs/${'b'.repeat(32)}?x=1`, 'https://h/ml', 'b'.repeat(32), '7'],
  [`mlflow://h:5/${'b'.repeat(32)}`, 'http://h:5', 'b'.repeat(32), undefined],
])('address %s', (path, base, run, experiment) => {
  expect(parseAddress(path)).toMatchObject({ base, run, experiment });
});
