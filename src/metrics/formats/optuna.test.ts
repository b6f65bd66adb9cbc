import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '../_contract.ts';
import { followCurve } from '../follow.ts';
import { readOptunaTrials } from '../optuna/read-trials.ts';
import { parseDistribution } from '../optuna/distribution.ts';
import { readCurve } from '../read.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../optuna/fixtures/${name}`, import.meta.url));
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pawl-optuna-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
const curveOf = (values: readonly number[]): Point[] =>
  values.map((value, step) => ({ step, epoch: null, values: { value } }));

describe.each(['study.db', 'journal.log'])('%s', (name) => {
  it('holds finished and running trials of all studies', async () => {
    const { studies, warnings } = await readOptunaTrials(fixture(name));
    expect(warnings).toEqual([]);
    expect(studies.map((study) => [study.name, study.directions])).toEqual([
      ['digits', ['maximize']],
      ['two goals', ['minimize', 'maximize']],
    ]);
    const trials = studies[0]?.trials ?? [];
    expect(trials.map(({ state, values }) => [state, values])).toEqual([
      ['complete', [0.5]],
      ['complete', [0.515625]],
      ['pruned', [0.28125]],
      ['complete', [0.546875]],
      ['failed', null],
      ['running', null],
    ]);
    expect({ ...trials[0]?.params }).toEqual({ lr: 0.001, dropout: 0.25, layers: 2, optimizer: 'sgd' });
    expect(trials.slice(0, 5).map(({ params }) => params['optimizer'])).toEqual([
      'sgd',
      3,
      null,
      'sgd',
      'adam',
    ]);
    expect({ ...trials[0]?.distributions }).toEqual({
      lr: { kind: 'float', low: 1e-5, high: 0.1, log: true, step: null },
      dropout: { kind: 'float', low: 0, high: 0.5, log: false, step: 0.125 },
      layers: { kind: 'int', low: 1, high: 4, log: false, step: 1 },
      optimizer: { kind: 'categorical', choices: ['adam', 'sgd', null, true, 3] },
    });
    expect(trials[3]?.intermediate).toEqual([
      { step: 0, value: 0.171875 },
      { step: 1, value: 0.296875 },
      { step: 2, value: Number.NaN },
      { step: 3, value: 0.546875 },
    ]);
    expect(trials[4]?.intermediate[2]).toEqual({ step: 2, value: Infinity });
    expect(studies[1]?.trials[0]?.values?.[1]).toBe(Infinity);
    expect(trials[0]?.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
    expect(trials[5]?.endedAt).toBeNull();
  });

  it('is a curve of the newest trial, or of the one that is named', async () => {
    const newest = await readCurve(fixture(name));
    expect(newest).toMatchObject({ format: 'optuna', points: curveOf([0.0625]) });
    expect(newest.warnings[0]).toContain("took the trial '5' (digits/5), the newest of 6");
    for (const which of ['digits/3', '3']) {
      const { points, warnings } = await readCurve(`optuna:${fixture(name)}#${which}`);
      expect(points).toEqual(curveOf([0.171875, 0.296875, Number.NaN, 0.546875]));
      expect(warnings).toEqual([]);
    }
    await expect(readCurve(`optuna:${fixture(name)}#digits/9`)).rejects.toMatchObject({
      code: 'METRICS_NOT_FOUND',
      message: expect.stringContaining("holds no trial 'digits/9'") as string,
    });
  });
});

it('takes the URLs of SQLAlchemy', async () => {
  const { studies } = await readOptunaTrials(`sqlite:///${fixture('study.db')}`);
  expect(studies).toHaveLength(2);
});

it('refuses what is no storage', async () => {
  const path = join(root, 'x.jsonl');
  writeFileSync(path, '{"loss": 1}\n');
  await expect(readOptunaTrials(path)).rejects.toMatchObject({ code: 'METRICS_UNRECOGNIZED' });
  await expect(readOptunaTrials(join(root, 'none'))).rejects.toMatchObject({ code: 'METRICS_NOT_FOUND' });
});

describe('a journal', () => {
  const text = readFileSync(fixture('journal.log'), 'utf8');

  it('is trusted up to a damaged line, since lines number the trials', async () => {
    const path = join(root, 'damaged.log');
    const lines = text.split('\n');
    const second = lines.findIndex((line, i) => i > 5 && line.includes('"op_code":4'));
    lines[second] = (lines[second] as string).slice(0, 40);
    writeFileSync(path, lines.join('\n'));
    const { studies, warnings } = await readOptunaTrials(path);
    expect(studies[0]?.trials).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining(`line ${second + 1} is damaged`)]);
  });

  it('is followed as trials report, from one trial to the next', async () => {
    const path = join(root, 'live.log');
    const lines = text.split('\n').map((line) => `${line}\n`);
    writeFileSync(path, '');
    let seen: Point[] = [];
    const follower = followCurve({
      path,
      pollMs: 20,
      onPoints: (points, isReplaced) => {
        if (isReplaced) seen = [];
        for (const { index, point } of points) seen[index] = point;
      },
    });
    for (let at = 0; at < lines.length; at += 12) {
      appendFileSync(path, lines.slice(at, at + 12).join(''));
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect((await follower.finish())?.points).toEqual(curveOf([0.0625]));
    expect(seen).toEqual(curveOf([0.0625]));
  });
});

it.each([
  [
    'UniformDistribution',
    '{"low": 0, "high": 1}',
    { kind: 'float', low: 0, high: 1, log: false, step: null },
  ],
  [
    'LogUniformDistribution',
    '{"low": 0.1, "high": 1}',
    { kind: 'float', low: 0.1, high: 1, log: true, step: null },
  ],
  [
    'DiscreteUniformDistribution',
    '{"low": 0, "high": 1, "q": 0.5}',
    { kind: 'float', low: 0, high: 1, log: false, step: 0.5 },
  ],
  [
    'IntUniformDistribution',
    '{"low": 1, "high": 9, "step": 2}',
    { kind: 'int', low: 1, high: 9, log: false, step: 2 },
  ],
  [
    'IntLogUniformDistribution',
    '{"low": 1, "high": 9}',
    { kind: 'int', low: 1, high: 9, log: true, step: 1 },
  ],
  ['FloatDistribution', '{"low": 1}', undefined],
])('reads the distribution %s', (name, attributes, expected) => {
  expect(parseDistribution(`{"name": "${name}", "attributes": ${attributes}}`)).toEqual(expected);
});
