import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeToyProject, pawl, PAWL, ROOT, type ToyOptions } from './toy-project.ts';

const TRAIN = `node ${join(ROOT, 'test', 'programs', 'sweep-trainer.mjs')} --config {config} --out {output} --seed {seed}`;
const CONFIG = `model:
  dropout: 0.0     # none yet
optimizer:
  learning_rate: 0.1
training:
  epochs: 6
  epoch_ms: 5
  seed: 1
`;
const SPACE = `sweep:
  method: random_search
  space:
    dropout: [0.0, 0.1, 0.2, 0.3, 0.4]
    learning_rate: { type: loguniform, low: 1e-4, high: 1e-1 }
`;

interface Document {
  best: { params: Record<string, number>; value: number; trial: number } | null;
  confirmed: { verdict: string; effect: { absolute: number } } | null;
  trials: number;
  epochsSpent: number;
  epochsSaved: number;
  stopped: string;
  verdict: string;
  decision: string;
  artifacts: { config: string };
  sweep: {
    stoppedBy: string;
    trainings: number;
    counts: Record<string, number>;
    trials: {
      number: number;
      origin: string;
      state: string;
      params: Record<string, number>;
      value: number | null;
      runs: { id: string; seed: number }[];
    }[];
  };
}

const projects: { remove(): void }[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function make(options: ToyOptions = {}): string {
  const project = makeToyProject({ train: TRAIN, config: CONFIG, report: null, project: SPACE, ...options });
  projects.push(project);
  return project.folder;
}

async function sweep(folder: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Document> {
  const ran = await pawl(['sweep', '--json', '-q', ...args], folder, env);
  expect(ran.code, ran.stderr + ran.stdout).toBe(0);
  return JSON.parse(ran.stdout) as Document;
}

async function failure(folder: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const ran = await pawl(['sweep', '--json', '-q', ...args], folder, env);
  const { error } = JSON.parse(ran.stdout) as {
    error: { code: string; message: string; file: string | null; line: number | null; remedy: string | null };
  };
  return { exit: ran.code, ...error };
}

/** Command lines of living processes that name a folder (Linux; elsewhere none are found). */
function processesIn(folder: string): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const command = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
      return command.includes(folder) ? [command.replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
}

const essence = ({ sweep: { trials } }: Document) =>
  trials.map(({ number, origin, params, value }) => ({ number, origin, params, value }));

test('a sweep finds a better configuration and confirms it on fresh seeds', async () => {
  const folder = make();
  const result = await sweep(folder, ['--trials', '12']);
  expect(result.trials).toBe(12);
  expect(result.sweep.trials[0]).toMatchObject({
    number: 0,
    origin: 'baseline',
    params: { dropout: 0, learning_rate: 0.1 },
  });
  expect(result.sweep.stoppedBy).toBe('trials-spent');
  expect(result.confirmed?.verdict).toBe('better');
  expect(result.confirmed?.effect.absolute).toBeGreaterThan(0.03);
  expect(result.best?.value).toBeGreaterThan(0.82);
  const searched = new Set(result.sweep.trials.flatMap(({ runs }) => runs.map(({ seed }) => seed)));
  const tested = (result as unknown as { runs: { trial: string; seed: number }[] }).runs
    .filter(({ trial }) => trial === 'optimized-1')
    .map(({ seed }) => seed);
  expect(tested.length).toBeGreaterThanOrEqual(3);
  expect(tested.filter((seed) => searched.has(seed))).toEqual([]);
  const config = readFileSync(join(folder, result.artifacts.config), 'utf8');
  expect(config).toMatch(/learning_rate: \S+ +# CHANGED: from 0\.1, trial \d+, the best of 12 in the sweep/);
  const report = readFileSync(join(folder, 'results/optimization/sweep_results.md'), 'utf8');
  for (const part of [
    'claimed by the search',
    'confirmed on fresh seeds',
    'sweep_history.png',
    'sweep_parallel.png',
    'sweep_slices.png',
  ])
    expect(report).toContain(part);
  expect(existsSync(join(folder, 'results/optimization/sweep_history.png'))).toBe(true);
});

test('killed with SIGKILL again and again, a sweep makes the same suggestions and comes to the same end', async () => {
  const options = {
    config: CONFIG.replace('epoch_ms: 5', 'epoch_ms: 30'),
    project: `${SPACE.replace('random_search', 'tpe')}  seeds: 2\n`,
  };
  const args = ['--trials', '14', '--slots', '1', '--pruner', 'none'];
  const calm = await sweep(make(options), args);
  const folder = make(options);
  // Every training that is started writes a line here.
  const journal = join(folder, 'journal.txt');
  const env = { SWEEP_JOURNAL: journal };
  let kills = 0;
  for (const ms of [700, 900, 1300, 600, 1100, 1500, 800]) {
    const ended = await new Promise<boolean>((resolve) => {
      const child = spawn(process.execPath, [PAWL, 'sweep', '-q', '--resume', ...args], {
        cwd: folder,
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
      const timer = setTimeout(() => child.kill('SIGKILL'), ms);
      child.on('exit', (_code, signal) => {
        clearTimeout(timer);
        resolve(signal !== 'SIGKILL');
      });
    });
    if (ended) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(3);
  const resumed = await sweep(folder, [...args, '--resume'], env);
  expect(essence(resumed)).toEqual(essence(calm));
  expect(resumed.verdict).toBe(calm.verdict);
  // Trainings outlive Pawl: none was repeated, and none is left.
  const started = readFileSync(journal, 'utf8').trim().split('\n');
  expect(new Set(started).size).toBe(started.length);
  expect(processesIn(folder)).toEqual([]);
});

test('a failed run fails its trial only; --retry-failed trains it again and nothing else', async () => {
  const folder = make();
  const broken = await sweep(folder, ['--trials', '10', '--confirm', '0'], { SWEEP_BREAK: '0.25' });
  const failed = broken.sweep.trials.filter(({ state }) => state === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  expect(broken.sweep.counts['complete']).toBe(10 - failed.length - (broken.sweep.counts['pruned'] ?? 0));
  const mended = await sweep(folder, ['--retry-failed', '--confirm', '0']);
  expect(mended.trials).toBe(10);
  expect(mended.sweep.trials.filter(({ state }) => state === 'failed')).toEqual([]);
  expect(essence(mended).map(({ params }) => params)).toEqual(essence(broken).map(({ params }) => params));
});

test('trials are added to a finished sweep', async () => {
  const folder = make();
  const first = await sweep(folder, ['--trials', '5', '--pruner', 'none']);
  const more = await sweep(folder, ['--trials', '4', '--pruner', 'none']);
  expect(more.trials).toBe(9);
  expect(
    essence(more)
      .slice(0, 5)
      .map(({ params }) => params),
  ).toEqual(essence(first).map(({ params }) => params));
});

test('all trials failing ends a sweep early and says why', async () => {
  const error = await failure(make(), ['--trials', '50'], { SWEEP_BREAK: '-1' });
  expect(error).toMatchObject({ exit: 4, code: 'SWEEP_ALL_FAILED' });
  expect(error.message).toContain('this configuration cannot be trained');
  expect(error.message).toMatch(/^All 3 trials/);
});

test('a metric that never appears is named, with what was logged instead', async () => {
  const error = await failure(make(), ['--trials', '50'], { SWEEP_METRIC: 'entropy' });
  expect(error).toMatchObject({ exit: 4, code: 'SWEEP_ALL_FAILED' });
  expect(error.message).toContain('entropy');
});

test('says when nothing beats the baseline', async () => {
  const best = CONFIG.replace('dropout: 0.0', 'dropout: 0.3').replace(
    'learning_rate: 0.1',
    'learning_rate: 0.01',
  );
  const result = await sweep(make({ config: best }), ['--trials', '6', '--pruner', 'none']);
  expect(result.verdict).toBe('not-better');
  expect(result.confirmed).toBeNull();
  expect(result.decision).toBe('rediagnose');
});

test('a search ends where a model says that the rest would add nothing worth having, unless told otherwise', async () => {
  const project = `sweep:
  space:
    learning_rate: { type: loguniform, low: 1e-4, high: 1e-1 }
`;
  // One at a time: what is suggested then depends on nothing but the seeds.
  const args = ['--trials', '60', '--confirm', '0', '--pruner', 'none', '--slots', '1'];
  const folder = make({ project });
  const ended = await sweep(folder, args);
  expect(ended.sweep.stoppedBy).toBe('no-further-gain');
  expect(ended.trials).toBeLessThan(60);
  expect(ended.stopped).toMatch(
    /^Further gain is unlikely\. The last \d+ trials improved the best value by [-\d.]+(?:%|pp| pp)?; the \d+ that remain can be expected by the model to add no more than/,
  );
  // The same record says the same again.
  const again = await sweep(folder, ['--resume', '--confirm', '0', '--pruner', 'none']);
  expect(again.stopped).toBe(ended.stopped);
  const whole = await sweep(make({ project }), [...args.with(1, '30'), '--no-early-stop']);
  expect(whole.trials).toBe(30);
});

test('the budget may be epochs', async () => {
  const result = await sweep(make(), ['--epochs', '40', '--confirm', '0']);
  expect(result.epochsSpent).toBeLessThanOrEqual(40);
  expect(result.epochsSpent).toBeGreaterThan(28);
  expect(result.sweep.stoppedBy).toBe('epochs-spent');
});

test('a pruner ends hopeless trainings', async () => {
  const config = CONFIG.replace('epochs: 6', 'epochs: 18').replace('epoch_ms: 5', 'epoch_ms: 30');
  const result = await sweep(make({ config }), ['--trials', '14', '--pruner', 'asha', '--confirm', '0']);
  expect(result.sweep.counts['pruned']).toBeGreaterThan(0);
  expect(result.epochsSaved).toBeGreaterThan(0);
});

test('a grid is tried whole', async () => {
  const project =
    'sweep:\n  method: grid_search\n  search_space:\n    dropout: [0.0, 0.3]\n    optimizer.learning_rate: [1e-3, 1e-2]\n';
  const result = await sweep(make({ project }), ['--confirm', '0', '--pruner', 'none']);
  const sampled = result.sweep.trials
    .filter(({ origin }) => origin === 'sampled')
    .map(({ params }) => JSON.stringify(params));
  expect(sampled.sort()).toEqual(
    [0, 0.3].flatMap((dropout) =>
      [0.001, 0.01].map((lr) => JSON.stringify({ dropout, 'optimizer.learning_rate': lr })),
    ),
  );
});

test('the block of a diagnosis is the space, and --dry-run writes nothing', async () => {
  const report = `# Diagnosis
## Root cause
Too little regularization.
## Recommendations
1. **Dropout**: set \`model.dropout: 0.0 → 0.3\`
## Comprehensive tuning
\`\`\`yaml
hyperparameter_search:
  method: bayesian   # or grid_search, random_search
  search_space:
    dropout: [0.3, 0.4, 0.5]
    learning_rate: {type: loguniform, low: 1e-4, high: 1e-2}
  n_trials: 20
\`\`\`
`;
  const folder = make({ project: '', report });
  const ran = await pawl(['optimize', '--strategy', 'sweep', '--dry-run', '--json'], folder);
  expect(ran.code, ran.stderr).toBe(0);
  const plan = JSON.parse(ran.stdout) as {
    source: string;
    budget: { trials: number };
    suggestions: { origin: string; params: object }[];
    space: { params: { name: string }[] };
  };
  expect(plan.source).toBe('diagnostic_report.md:8');
  expect(plan.budget.trials).toBe(20);
  expect(plan.space.params.map(({ name }) => name)).toEqual(['dropout', 'learning_rate']);
  expect(plan.suggestions.slice(0, 2)).toEqual([
    { origin: 'baseline', params: { dropout: 0, learning_rate: 0.1 } },
    { origin: 'recommended', params: { dropout: 0.3, learning_rate: 0.1 } },
  ]);
  expect(existsSync(join(folder, '.pawl'))).toBe(false);
});

const spaceOf = (space: string): string => `sweep:\n  space:\n${space.replaceAll(/^/gm, '    ')}\n`;
test.each([
  ['an empty space', 'sweep:\n  space: {}\n', [], 'SEARCH_SPACE_EMPTY', null],
  ['an empty list', spaceOf('dropout: []'), [], 'SEARCH_CHOICES_INVALID', 8],
  [
    'a reversed range',
    spaceOf('dropout: {type: uniform, low: 0.5, high: 0.1}'),
    [],
    'SEARCH_RANGE_INVALID',
    8,
  ],
  [
    'a log of zero',
    spaceOf('learning_rate: {type: loguniform, low: 0, high: 0.1}'),
    [],
    'SEARCH_RANGE_INVALID',
    8,
  ],
  ['an unknown path', spaceOf('learning_rat: [0.1, 0.2]'), [], 'SEARCH_PATH_UNKNOWN', 8],
  [
    'one key twice',
    spaceOf('dropout: [0.1, 0.2]\nmodel.dropout: [0.3, 0.4]'),
    [],
    'SEARCH_PARAM_DUPLICATE',
    9,
  ],
  ['values of another type', spaceOf('dropout: [low, high]'), [], 'SEARCH_TYPE_MISMATCH', 8],
  [
    'fractions of what is counted',
    spaceOf('epochs: {type: uniform, low: 1, high: 5}'),
    [],
    'SEARCH_TYPE_MISMATCH',
    8,
  ],
  [
    'a range without an end',
    spaceOf('dropout: {type: uniform, low: 0, high: .inf}'),
    [],
    'SEARCH_RANGE_INVALID',
    8,
  ],
  [
    'a log of less than zero',
    spaceOf('learning_rate: {type: loguniform, low: -1, high: 1}'),
    [],
    'SEARCH_RANGE_INVALID',
    8,
  ],
  [
    'a word for a number',
    spaceOf('dropout: {type: uniform, low: zero, high: 1}'),
    [],
    'SEARCH_RANGE_INVALID',
    8,
  ],
  ['an unknown type', spaceOf('dropout: {type: unifrom, low: 0, high: 1}'), [], 'SEARCH_PARAM_INVALID', 8],
  [
    'a step of nothing',
    spaceOf('dropout: {type: uniform, low: 0, high: 1, step: 0}'),
    [],
    'SEARCH_STEP_INVALID',
    8,
  ],
  ['one choice twice', spaceOf('dropout: [0.1, 0.1]'), [], 'SEARCH_CHOICES_INVALID', 8],
  [
    'a condition on nothing',
    spaceOf('dropout: {type: uniform, low: 0, high: 1, if: {nope: 1}}'),
    [],
    'SEARCH_CONDITION_INVALID',
    8,
  ],
  [
    'a grid of a continuous range',
    spaceOf('dropout: {type: uniform, low: 0, high: 1}'),
    ['--method', 'grid'],
    'SEARCH_GRID_CONTINUOUS',
    null,
  ],
  ['nothing to retry', SPACE, ['--retry-failed'], 'SWEEP_NONE', null],
  ['an import that is not there', SPACE, ['--import', 'nowhere.db'], 'METRICS_NOT_FOUND', null],
  ['a single point', spaceOf('dropout: [0.1]'), [], 'SWEEP_SPACE_POINT', null],
  [
    'validation data',
    spaceOf('data.val_samples: [100, 200]'),
    ['--force', '--dry-run'],
    'SWEEP_SPACE_MEASURES',
    null,
  ],
  ['no space at all', '', [], 'SWEEP_SPACE_MISSING', null],
  ['a budget of one trial', SPACE, ['--trials', '1'], 'SWEEP_BUDGET_TOO_SMALL', null],
  ['a budget under one training', SPACE, ['--epochs', '5'], 'SWEEP_BUDGET_TOO_SMALL', null],
  ['an unknown method', SPACE, ['--method', 'magic'], 'SWEEP_SETTING_INVALID', null],
  ['an unknown pruner', SPACE, ['--pruner', 'magic'], 'SWEEP_SETTING_INVALID', null],
  ['a file that is not there', SPACE, ['--space', 'nowhere.yaml'], 'CONFIG_NOT_FOUND', null],
])('%s is refused with code, place and remedy', async (_what, project, args, code, line) => {
  const folder = make({ project });
  const error = await failure(folder, [...args]);
  expect(error).toMatchObject({ exit: 2, code });
  if (line !== null) expect(error.line).toBe(line);
  expect(error.remedy).toBeTruthy();
  expect(existsSync(join(folder, '.pawl', 'runs'))).toBe(false);
});

test.each([
  ['nowhere.csv', 'FILE_UNREADABLE'],
  ['other.csv', 'SWEEP_IMPORT_INVALID'],
  ['part.csv', 'SWEEP_IMPORT_INVALID'],
])('an import that is of no use is said before a study is opened: %s', async (file, code) => {
  const folder = make({ project: SPACE });
  writeFileSync(join(folder, 'other.csv'), 'a,b\n1,2\n');
  writeFileSync(join(folder, 'part.csv'), 'dropout,val_acc\n0.1,0.5\n');
  for (const dry of [['--dry-run'], []])
    expect(await failure(folder, ['--import', file, ...dry])).toMatchObject({ exit: 2, code });
  const { stdout } = await pawl(['status', '--json'], folder);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'STUDY_NOT_FOUND' } });
});

test('finished trials are imported from a table', async () => {
  const folder = make();
  writeFileSync(
    join(folder, 'trials.csv'),
    'number,params_dropout,params_learning_rate,value,state\n0,0.3,0.01,0.85,COMPLETE\n1,0.2,0.02,0.8,COMPLETE\n2,0.1,0.02,,FAIL\n',
  );
  const result = await sweep(folder, [
    '--trials',
    '3',
    '--import',
    'trials.csv',
    '--confirm',
    '0',
    '--pruner',
    'none',
  ]);
  const imported = result.sweep.trials.filter(({ origin }) => origin === 'imported');
  expect(imported.map(({ params, value }) => ({ params, value }))).toEqual([
    { params: { dropout: 0.3, learning_rate: 0.01 }, value: expect.closeTo(0.85, 2) as number },
    { params: { dropout: 0.2, learning_rate: 0.02 }, value: expect.closeTo(0.8, 2) as number },
  ]);
  expect(result.trials).toBe(5);
});
