import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PAWL = join(import.meta.dirname, '..', 'bin', 'pawl');
const EXAMPLES = join(import.meta.dirname, '..', 'examples');
/** A Python that has PyTorch, scikit-learn and PyYAML. */
const PYTHON = process.env['PAWL_TEST_PYTHON'] ?? 'python3';

interface Change {
  path: string;
  kind: string;
  from: unknown;
  to: unknown;
}
interface Diagnosis {
  primary: { issue: string; confidence: number; evidence: string[] };
  secondary: { issue: string }[];
  recommendations: { number: number; title: string; changes: Change[]; expected: { basis: string } }[];
  decision: string;
  report: string | null;
  plot: string | null;
  warnings: string[];
  error?: { code: string; message: string; remedy: string };
}

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'pawl-diagnose-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lay(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return path;
}

function pawl(cwd: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [PAWL, ...args], { cwd }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

async function diagnose(...args: string[]): Promise<Diagnosis & { code: number }> {
  const { code, stdout } = await pawl(folder, 'diagnose', '--json', ...args);
  return { ...(JSON.parse(stdout) as Diagnosis), code };
}

const csv = (names: string, rows: readonly (readonly (number | string)[])[]): string =>
  `${names}\n${rows.map((row) => row.join(',')).join('\n')}\n`;

/** The example as it is shipped, without what was run in it. */
function copyDigits(project: string): void {
  cpSync(join(EXAMPLES, 'digits'), project, {
    recursive: true,
    filter: (path) =>
      !/[\\/](?:\.pawl|checkpoints|optimization|final)(?:[\\/]|$)|(?:optimization|final)_config/.test(path),
  });
}

describe('in the example project', () => {
  it('writes a report whose plan is its changes, and keeps the former report', async () => {
    const project = join(folder, 'digits');
    copyDigits(project);
    const { code, stdout } = await pawl(project, 'diagnose', '--json');
    const diagnosis = JSON.parse(stdout) as Diagnosis;
    expect(code).toBe(0);
    expect(diagnosis).toMatchObject({
      primary: { issue: 'overfitting' },
      decision: 'iterate',
      report: 'diagnostic_report.md',
    });
    expect(diagnosis.recommendations.length).toBeGreaterThanOrEqual(3);
    const plan = JSON.parse((await pawl(project, 'plan', '--json')).stdout) as {
      changes: Change[];
      skipped: unknown[];
      diagnosis: { target: unknown; rootCauses: string[] };
    };
    const plain = ({ path, kind, from, to }: Change): Change => ({ path, kind, from, to });
    expect(plan.changes.map(plain)).toEqual(
      diagnosis.recommendations.flatMap(({ changes }) => changes.map(plain)),
    );
    expect(plan.diagnosis.target).toMatchObject({ value: 90, unit: '%' });
    expect(plan.diagnosis.rootCauses.length).toBeGreaterThan(0);
    for (const name of [
      'diagnostic_report.previous-1.md',
      'diagnostic_report_curves.png',
      'diagnostic_report_curves.svg',
    ])
      expect(existsSync(join(project, name))).toBe(true);
    expect(readFileSync(join(project, 'diagnostic_report.md'), 'utf8')).toMatch(
      /## Primary issue: moderate overfitting[\s\S]*## Decision/,
    );
  });

  it('takes thresholds from pawl.yaml, and writes nothing when dry', async () => {
    const project = join(folder, 'tolerant');
    copyDigits(project);
    const file = join(project, 'pawl.yaml');
    writeFileSync(
      file,
      `${readFileSync(file, 'utf8')}diagnose:\n  overfitMild: 20\n  overfitModerate: 30\n  overfitStrong: 40\n  lossGap: 100\n`,
    );
    const before = readFileSync(join(project, 'diagnostic_report.md'), 'utf8');
    const { stdout } = await pawl(project, 'diagnose', '--json', '--dry-run');
    const found = JSON.parse(stdout) as Diagnosis;
    expect(found.report).toBeNull();
    expect(found.primary.issue).not.toBe('overfitting');
    expect(readFileSync(join(project, 'diagnostic_report.md'), 'utf8')).toBe(before);
  });
});

describe('bad and thin input', () => {
  it.each<[string, string, string[], RegExp]>([
    [
      'two epochs',
      csv('epoch,train_loss,val_acc', [
        [1, 2, 30],
        [2, 1.5, 50],
      ]),
      [],
      /2 epochs: too few/,
    ],
    [
      'no training side',
      csv(
        'epoch,val_acc',
        Array.from({ length: 20 }, (_, i) => [i + 1, 60 + Math.min(i, 5)]),
      ),
      ['--target', '80%'],
      /no training side/,
    ],
    [
      'no validation side',
      csv(
        'epoch,train_loss',
        Array.from({ length: 20 }, (_, i) => [i + 1, 2 / (i + 1)]),
      ),
      ['--target', '80%'],
      /no validation side/,
    ],
  ])('%s: undetermined, and why', async (name, log, options, why) => {
    const found = await diagnose(lay(`${name}/metrics.csv`, log), '--dry-run', ...options);
    expect(found).toMatchObject({
      code: 0,
      primary: { issue: 'undetermined' },
      decision: 'rediagnose',
      recommendations: [],
    });
    expect(found.primary.evidence.join()).toMatch(why);
  });

  it.each<[string, string[], string, RegExp]>([
    [
      'an unknown metric',
      ['ok/metrics.csv', '--metric', 'val_bleu'],
      'METRIC_NOT_FOUND',
      /val_bleu.*val_acc/,
    ],
    ['a missing log', ['nowhere'], 'METRICS_NOT_FOUND', /nowhere/],
    ['no run at all', [], 'DIAGNOSIS_NO_RUNS', /no project here/],
    ['a target that is no number', ['ok/metrics.csv', '--target', 'high'], 'DIAGNOSIS_TARGET', /Got 'high'/],
    ['a missing config', ['ok/metrics.csv', '--config', 'none.yaml'], 'CONFIG_NOT_FOUND', /none\.yaml/],
  ])('%s: exit 2 and a remedy', async (_what, args, code, message) => {
    lay(
      'ok/metrics.csv',
      csv(
        'epoch,train_loss,val_acc',
        Array.from({ length: 9 }, (_, i) => [i + 1, 2 / (i + 1), 50 + i]),
      ),
    );
    const found = await diagnose(...args, '--dry-run');
    expect(found.code).toBe(2);
    expect(found.error?.code).toBe(code);
    expect(found.error?.message).toMatch(message);
  });

  it('says that a test metric leaks into the log, and that log and config contradict one another', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => [i + 1, 2 / (i + 1), 60 + i, 58 + i, 57 + i]);
    const log = lay('leak/metrics.csv', csv('epoch,train_loss,train_acc,val_acc,test_acc', rows));
    const found = await diagnose(log, '--config', lay('leak.yaml', 'epochs: 5\nlr: 0.001\n'), '--dry-run');
    expect(found.warnings.join('\n')).toMatch(
      /test_acc is logged in 12 epochs[\s\S]*12 epochs and the config allows 5/,
    );
  });

  it('calls a broken training diverged, in whatever log', async () => {
    const lines = Array.from({ length: 8 }, (_, i) =>
      JSON.stringify({ epoch: i + 1, train_loss: 2 + i, val_acc: 0.1 }),
    );
    const log = lay(
      'nan/metrics.jsonl',
      `${lines.join('\n')}\n{"epoch": 9, "train_loss": NaN, "val_acc": 0.1}\n`,
    );
    const found = await diagnose(
      log,
      '--config',
      lay('nan.json', '{"optimizer": {"lr": 5, "name": "sgd"}}'),
      '--dry-run',
    );
    expect(found).toMatchObject({ primary: { issue: 'diverged' }, decision: 'iterate' });
    expect(found.recommendations[0]?.changes[0]).toMatchObject({ path: 'optimizer.lr', from: 5, to: 0.03 });
  });
});

describe('on a real PyTorch training', () => {
  const example = join(EXAMPLES, 'pytorch-digits');
  const baseline = readFileSync(join(example, 'configs', 'baseline.yaml'), 'utf8').replace(
    'label_noise: 0.2',
    'label_noise: 0.0',
  );

  it.each<[string, (text: string) => string, string[], string]>([
    [
      'a learning rate 300 times too high',
      (text) => text.replace('lr: 0.001', 'lr: 0.3').replace('epochs: 60', 'epochs: 15'),
      ['learning-rate-too-high', 'diverged'],
      'optimizer.lr',
    ],
    [
      'a learning rate 200 times too low',
      (text) => text.replace('lr: 0.001', 'lr: 0.000005').replace('epochs: 60', 'epochs: 25'),
      ['learning-rate-too-low'],
      'optimizer.lr',
    ],
    [
      'three epochs',
      (text) => text.replace('epochs: 60', 'epochs: 3'),
      ['stopped-too-early'],
      'train.epochs',
    ],
  ])('finds %s', async (name, plant, issues, path) => {
    const config = lay(`${name}/config.yaml`, plant(baseline));
    const out = join(folder, name, 'run');
    const { status } = spawnSync(
      PYTHON,
      ['train.py', '--config', join(folder, config), '--output-dir', out, '--seed', '7'],
      {
        cwd: example,
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      },
    );
    expect(status).toBe(0);
    const found = await diagnose(
      out,
      '--config',
      config,
      '--metric',
      'val_acc',
      '--target',
      '93%',
      '--dry-run',
    );
    expect(issues).toContain(found.primary.issue);
    expect(found.recommendations.flatMap(({ changes }) => changes.map((change) => change.path))).toContain(
      path,
    );
  });
});
