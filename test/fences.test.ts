import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../src/config/document.ts';
import { projectSchema } from '../src/project/schema.ts';
import { readSearch } from '../src/search/space/settings.ts';
import { fencesOf, PAGES, readPage, type Fence } from './docs-pages.ts';
import { pawl, ROOT } from './toy-project.ts';

const FENCES = PAGES.flatMap(fencesOf);
const of = (...languages: string[]): [string, Fence][] =>
  FENCES.filter(({ language }) => languages.includes(language)).map((fence) => [fence.place, fence]);

const scripts = Object.keys(
  z
    .looseObject({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).scripts,
);

/** Programs of others that a page may call. */
const FOREIGN =
  /^(?:cd|cp|cat|ls|export|git|source|(?:\.venv\/bin\/)?(?:python3?|pip)|optuna-dashboard|mlflow|tensorboard|ray|sbatch|claude)$/;

/** What is wrong with a line for a shell, but for those of pawl, which `docs.test.ts` reads; null where nothing is. */
function faultOf(line: string): string | null {
  const words = line
    .replace(/\s#\s.*$/, '')
    .trim()
    .split(/\s+/)
    .filter((word) => !/^[A-Z_]+=/.test(word));
  const [program = '', ...rest] = words;
  const first = rest.find((word) => !word.startsWith('-'));
  if (/^(?:npx )?pawl$|^source$/.test(program) || program === '') return null;
  if (program === 'npx')
    return /^pawl(?:-train)?$/.test(rest[0] ?? '') || rest[0] === '-y' || rest[0] === 'vitest'
      ? null
      : `npx ${rest[0]}`;
  if (program === 'npm') {
    if (rest[0] === 'ci' || rest[0] === 'install' || rest[0] === 'test') return null;
    return rest[0] === 'run' && scripts.includes(rest[1] ?? '')
      ? null
      : `there is no npm script '${rest[1]}'`;
  }
  if (program === 'node' || program === 'bash')
    return first !== undefined && existsSync(join(ROOT, first)) ? null : `there is no file ${first}`;
  return FOREIGN.test(program) ? null : `'${program}' is no program that pages use`;
}

function linesOf({ body, language }: Fence): string[] {
  const lines = body.replaceAll(/\\\n\s*/g, ' ').split('\n');
  const typed = language === 'console' ? lines.filter((line) => line.startsWith('$ ')) : lines;
  return typed
    .map((line) => line.replace(/^\$ /, '').replace(/^#.*/, ''))
    .flatMap((line) => line.split(/\s*(?:&&|\|)\s*/))
    .filter((line) => line.trim() !== '');
}

const MINIMAL = {
  train: 'python train.py --config {config}',
  baseline: { config: 'c.yaml' },
  metric: 'val_acc',
};
const KEYS = Object.keys(projectSchema.shape);

describe('fenced blocks', () => {
  it('are found, with lines and languages', () => {
    expect(FENCES.length).toBeGreaterThan(60);
    const known = ['', 'bash', 'sh', 'console', 'text', 'yaml', 'json', 'csv', 'python', 'ts'];
    expect(FENCES.filter(({ language }) => !known.includes(language))).toEqual([]);
  });

  it.each(of('sh', 'bash', 'console'))('%s: every line is a command there is', (_place, fence) => {
    expect(linesOf(fence).flatMap((line) => faultOf(line) ?? [])).toEqual([]);
  });

  it.each(of('yaml'))('%s: pawl.yaml or a part of it, or a search space', async (place, { body }) => {
    const { value: parsed } = await parseConfig(body, 'fence.yaml');
    const value = z.record(z.string(), z.unknown()).parse(parsed);
    if (Object.keys(value).some((key) => KEYS.includes(key))) {
      const result = projectSchema.safeParse({ ...MINIMAL, ...value });
      expect(result.success ? [] : result.error.issues, place).toEqual([]);
      return;
    }
    expect(readSearch(parsed, { file: place }).space.params.length, place).toBeGreaterThan(0);
  });

  it.each(of('ts'))('%s: code is that of a file that is checked and run', (place, { shows, body }) => {
    expect(shows, place).not.toBeNull();
    expect(body.trimEnd()).toBe(readPage(shows ?? '').trimEnd());
  });

  it.each(of('python'))('%s: Python that can be parsed', (_place, { body }) => {
    const script = 'import ast, sys; ast.parse(sys.stdin.read())';
    const interpreter = process.env['PAWL_TEST_PYTHON'] ?? 'python3';
    const { status, stderr } = spawnSync(interpreter, ['-c', script], { input: body, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it.each(of('json'))('%s: JSON, or JSON lines', (_place, { body }) => {
    const whole = (): unknown => JSON.parse(body);
    const lines = (): unknown[] =>
      body
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
    let value: unknown;
    try {
      value = whole();
    } catch {
      value = lines();
    }
    expect(value).toBeTypeOf('object');
  });

  it.each([
    ['npm run nonsense', "there is no npm script 'nonsense'"],
    ['node bench/nothing.mjs', 'there is no file bench/nothing.mjs'],
    ['frobnicate --all', "'frobnicate' is no program that pages use"],
    ['npm test   # all of it', null],
    ['PAWL_DEBUG=1 pawl status', null],
  ])('the check sees %s', (line, fault) => {
    expect(faultOf(line)).toBe(fault);
  });
});

describe('what pages name in passing', () => {
  it.each(PAGES)('%s: programs of the repository exist', (page) => {
    const text = readPage(page);
    const named = [...text.matchAll(/`(?:node|bash) ((?:bench|scripts|test|\.ci)\/[\w./-]+)/g)].map(
      ([, file = '']) => file,
    );
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it.each(PAGES)('%s: codes of errors have an entry', (page) => {
    const codes = new Set(
      [...readPage('docs/reference/errors.md').matchAll(/^### ([A-Z_]+)$/gm)].map(([, code = '']) => code),
    );
    const named = [...readPage(page).matchAll(/`([A-Z]{3,}(?:_[A-Z]+)+)`/g)].map(([, code = '']) => code);
    const others = /^(?:PAWL_|CUDA_|MLFLOW_|OMP_|NO_COLOR$)/;
    expect(named.filter((code) => !codes.has(code) && !others.test(code))).toEqual([]);
  });
});

describe('the reference', () => {
  it('says something of every key, option and error', () => {
    const rows = readPage('docs/reference/configuration.md').match(/^\| `.*$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
    const options = readPage('docs/reference/cli.md').match(/^\| `.*$/gm) ?? [];
    expect(options.length).toBeGreaterThan(100);
    expect(options.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
    const entries = readPage('docs/reference/errors.md').split(/^### /m).slice(1);
    expect(entries.filter((entry) => (entry.split('\n\n')[1] ?? '').length < 30)).toEqual([]);
  });
});

it('every code that the program gives has an entry', () => {
  const entries = readPage('docs/reference/errors.md');
  const given = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|conformance|fixtures/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(ROOT, 'src', file), 'utf8').matchAll(/\bcode: '([A-Z]+(?:_[A-Z]+)+)'/g),
    ])
    .map(([, code = '']) => code);
  expect(given.length).toBeGreaterThan(5);
  expect(given.filter((code) => !entries.includes(`### ${code}\n`))).toEqual([]);
});

describe('a log on a page', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pawl-fences-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read as the page says', async () => {
    const [, fence] = of('text').find(([place]) => place.startsWith('docs/guides/any-script.md')) ?? [];
    writeFileSync(join(folder, 'train.log'), fence?.body ?? '');
    const { code, stdout } = await pawl(['metrics', 'train.log', '--json'], folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      points: [{ epoch: 3, values: { val_acc: 0.853, val_loss: 0.466 } }],
      totalEpochs: 20,
    });
  });
});
