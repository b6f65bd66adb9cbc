import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { makeToyProject, pawl, TOY_CONFIG, TOY_REPORT, type ToyOptions } from './toy-project.ts';

interface Failure {
  error: { code: string; message: string; file: string | null; line: number | null; remedy: string | null };
}

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const project of made.splice(0)) project.remove();
});

function toy(options?: ToyOptions): string {
  const project = makeToyProject(options);
  made.push(project);
  return project.folder;
}

async function failure(
  folder: string,
  args: string[] = ['optimize'],
): Promise<Failure['error'] & { exit: number }> {
  const { code, stdout, stderr } = await pawl([...args, '--json', '-q'], folder);
  expect(stdout, stderr).toMatch(/^\{/);
  return { ...(JSON.parse(stdout) as Failure).error, exit: code };
}

const write = (name: string, content: string | Buffer) => (folder: string) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
};

describe('what is wrong before anything is trained', () => {
  test.each<[string, ToyOptions, ((folder: string) => void) | undefined, string, number]>([
    ['no report', { report: null }, undefined, 'GATE_BLOCKED', 3],
    ['an empty report', { report: '' }, undefined, 'GATE_BLOCKED', 3],
    [
      'a report without a root cause',
      { report: '# R\n\n## Recommendations\n1. `model.dropout: 0.4`\n' },
      undefined,
      'GATE_BLOCKED',
      3,
    ],
    [
      'a report without recommendations',
      { report: '# R\n\nRoot cause: overfitting\n' },
      undefined,
      'GATE_BLOCKED',
      3,
    ],
    [
      'a binary report',
      {},
      write('diagnostic_report.md', Buffer.from([0, 1, 2, 0xff, 0xfe, 0, 9])),
      'REPORT_BINARY',
      2,
    ],
    [
      'an open box in the checklist',
      {},
      write('diagnostics_complete.md', '- [x] one\n- [ ] curves plotted\n'),
      'GATE_BLOCKED',
      3,
    ],
    [
      'no config',
      {},
      (folder) => rmSync(join(folder, 'configs/training_config.yaml')),
      'CONFIG_NOT_FOUND',
      2,
    ],
    ['an empty config', { config: '' }, undefined, 'CONFIG_EMPTY', 2],
    ['a config that is a list', { config: '- 1\n- 2\n' }, undefined, 'CONFIG_NOT_MAPPING', 2],
    ['a config with a syntax error', { config: 'a: [1\nb: 2\n' }, undefined, 'CONFIG_SYNTAX', 2],
    [
      'a binary config',
      {},
      write('configs/training_config.yaml', Buffer.from([0, 159, 146, 150, 0, 1])),
      'CONFIG_BINARY',
      2,
    ],
    ['an unknown key in pawl.yaml', { project: 'metrik: val_acc\n' }, undefined, 'PROJECT_INVALID', 2],
    ['a target that is none', { project: 'target: soon\n' }, undefined, 'PROJECT_INVALID', 2],
    ['a place outside the project', { project: 'out: ../elsewhere\n' }, undefined, 'PROJECT_OUTSIDE', 2],
    ['a budget of one training', { project: 'budget: { runs: 1 }\n' }, undefined, 'BUDGET_TOO_SMALL', 2],
    [
      'a command that does not exist',
      { train: 'pyhton train.py --config {config}' },
      undefined,
      'COMMAND_NOT_FOUND',
      2,
    ],
    [
      'an unknown placeholder',
      { train: 'node train.mjs --config {cfg}' },
      undefined,
      'COMMAND_UNKNOWN_PLACEHOLDER',
      2,
    ],
    [
      'a baseline run that is not there',
      { project: '' },
      (folder) => {
        const file = join(folder, 'pawl.yaml');
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace(
            'training_config.yaml\n',
            'training_config.yaml\n  results: results/none\n',
          ),
        );
      },
      'METRICS_NOT_FOUND',
      2,
    ],
  ])('%s', async (_name, options, spoil, code, exit) => {
    const folder = toy(options);
    spoil?.(folder);
    const error = await failure(folder);
    expect(error).toMatchObject({ code, exit });
    expect(error.remedy, 'an error says what to do').toBeTruthy();
  });

  test('an error in pawl.yaml names its line', async () => {
    const folder = toy({ project: 'evidence: much\n' });
    const error = await failure(folder);
    expect(error).toMatchObject({ code: 'PROJECT_INVALID', line: 6 });
    expect(error.file).toContain('pawl.yaml');
  });

  test('no project at all', async () => {
    const folder = toy();
    rmSync(join(folder, 'pawl.yaml'));
    expect(await failure(folder, ['status'])).toMatchObject({ code: 'PROJECT_NOT_FOUND', exit: 2 });
  });

  test('the gate lists everything that is missing', async () => {
    const folder = toy({ report: '# Report\n\nAll is well.\n' });
    const { message } = await failure(folder);
    expect(message).toContain('root cause');
    expect(message).toContain('recommendations');
  });

  test('iteration 2 before iteration 1, and iteration 4 at all', async () => {
    const folder = toy();
    expect(await failure(folder, ['optimize', '--iteration', '2'])).toMatchObject({
      code: 'ITERATION_MISSING',
      exit: 3,
    });
    expect(await failure(folder, ['optimize', '--iteration', '4'])).toMatchObject({
      code: 'ITERATION_LIMIT',
      exit: 3,
    });
  });

  test.each([
    [['optimize', '--seeds', 'a'], 'USAGE_OPTION_INVALID'],
    [['optimize', '--evidence', 'much'], 'USAGE'],
    [['optimize', '--wat'], 'USAGE'],
    [['optimise'], 'USAGE'],
    [['logs', 'nope'], 'STUDY_NOT_FOUND'],
    [['report'], 'STUDY_NOT_FOUND'],
  ])('usage: %j', async (args, code) => {
    expect(await failure(toy(), args)).toMatchObject({ code, exit: 2 });
  });
});

describe('what goes wrong in the training', () => {
  const script = (): ToyOptions => ({
    train: 'node bad.mjs {config} {output} {seed}',
    project: 'evidence: quick\n',
  });
  test.each([
    ['exits at once', 'process.exit(3)', 'SMOKE_FAILED', /exit code 3/],
    ['throws', 'throw new Error("no such optimizer: adamx")', 'SMOKE_FAILED', /no such optimizer: adamx/],
    ['logs nothing', 'console.log("hello")', 'SMOKE_FAILED', /logged no metric/],
    [
      'logs the metric under another name',
      'for (const e of [1, 2]) console.log(`epoch=${e} loss=0.5 validation_f1=0.8`)',
      'SMOKE_FAILED',
      /validation_f1/,
    ],
  ])('%s', async (_name, body, code, message) => {
    const folder = toy(script());
    writeFileSync(join(folder, 'bad.mjs'), body);
    const error = await failure(folder);
    expect(error).toMatchObject({ code, exit: 4 });
    expect(error.message).toMatch(message);
    expect(error.remedy).toBeTruthy();
  });

  test('hangs: the silence limit ends it, and says so', async () => {
    const folder = toy({
      train: 'node bad.mjs',
      project: 'evidence: quick\nlimits: { silence: 1s, grace: 1s }\n',
    });
    writeFileSync(join(folder, 'bad.mjs'), 'setInterval(() => {}, 1000)');
    expect(await failure(folder)).toMatchObject({
      code: 'SMOKE_FAILED',
      exit: 4,
      message: expect.stringMatching(/no sign of life|silent|output/i),
    });
  });

  test('takes too long: the time limit ends it', async () => {
    const folder = toy({
      train: 'node bad.mjs',
      project: 'evidence: quick\nlimits: { run: 1s, grace: 1s }\n',
    });
    writeFileSync(join(folder, 'bad.mjs'), 'setInterval(() => console.log("tick"), 100)');
    expect(await failure(folder)).toMatchObject({
      code: 'SMOKE_FAILED',
      exit: 4,
      message: expect.stringMatching(/limit/i),
    });
  });

  test('NaN in the optimized run stops it at once and the verdict is unstable', async () => {
    const body = `
      import { readFileSync, appendFileSync } from 'node:fs';
      const bad = readFileSync(process.argv[2], 'utf8').includes('dropout: 0.4');
      for (let e = 1; e <= 40; e++) {
        await new Promise((r) => setTimeout(r, 20));
        const loss = bad && e > 3 ? 'NaN' : 1 / e;
        appendFileSync(process.argv[3] + '/metrics.jsonl', '{"epoch":' + e + ',"train_loss":' + loss + ',"val_acc":' + (0.5 + e / 100) + '}\\n');
      }`;
    const folder = toy({
      train: 'node bad.mjs {config} {output} {seed}',
      project: 'seeds: [1, 2, 3]\nsmoke: false\n',
    });
    writeFileSync(join(folder, 'bad.mjs'), body);
    const { code, stdout } = await pawl(['optimize', '--json', '-q'], folder);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as {
      verdict: string;
      decision: string;
      runs: { trial: string; status: string }[];
    };
    expect(document).toMatchObject({ verdict: 'unstable', decision: 'rediagnose' });
    expect(document.runs.some((run) => run.trial === 'optimized-1' && run.status === 'diverged')).toBe(true);
  });

  test('a failed study keeps what it has and continues after the cause is mended', async () => {
    const folder = toy({ project: 'evidence: quick\nsmoke: false\n' });
    const good = readFileSync(join(folder, 'train.mjs'), 'utf8');
    writeFileSync(
      join(folder, 'train.mjs'),
      `${good}\nif (config.includes('dropout: 0.4')) throw new Error('bug in my dropout');\n`,
    );
    const error = await failure(folder);
    expect(error).toMatchObject({ exit: 4 });
    expect(error.message).toContain('bug in my dropout');
    const status = JSON.parse((await pawl(['status', '--json'], folder)).stdout) as { state: string };
    expect(status.state).toBe('failed');
    writeFileSync(join(folder, 'train.mjs'), good);
    const resumed = await pawl(['optimize', '--resume', '--json', '-q'], folder);
    expect(resumed.code, resumed.stderr).toBe(0);
  });
});

describe('files that exist are never lost', () => {
  test('an optimization_config.yaml of the user is kept beside', async () => {
    const folder = toy({ project: 'evidence: quick\nsmoke: false\n' });
    writeFileSync(join(folder, 'configs/optimization_config.yaml'), 'mine: 1\n');
    const { code, stderr } = await pawl(['optimize', '--no-color'], folder);
    expect(code, stderr).toBe(0);
    expect(readFileSync(join(folder, 'configs/optimization_config.previous-1.yaml'), 'utf8')).toBe(
      'mine: 1\n',
    );
    expect(stderr).toContain('previous-1');
  });

  test('an unwritable folder is said, not ignored', async () => {
    if (process.getuid?.() === 0) return; // root may write anywhere
    const folder = toy();
    chmodSync(folder, 0o555);
    expect((await failure(folder)).exit).toBe(2);
    chmodSync(folder, 0o755);
  });
});

test('a dry run says the plan and the cost and writes nothing', async () => {
  const folder = toy({ config: TOY_CONFIG, report: TOY_REPORT });
  const { code, stdout } = await pawl(['optimize', '--dry-run', '--json'], folder);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    dryRun: true,
    cost: { trainings: 16 },
    design: { plannedPairs: 8 },
  });
  expect(() => readFileSync(join(folder, 'configs/optimization_config.yaml'))).toThrow();
  expect(() => readFileSync(join(folder, '.pawl/study.db'))).toThrow();
});
