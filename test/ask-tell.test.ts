// `pawl ask-tell` as other programs use it: the Python example, several asks at a time, pruning, files, nonsense.
import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PAWL, ROOT } from './toy-project.ts';

const PYTHON = process.env['PAWL_TEST_PYTHON'] ?? 'python3';
const EXAMPLE = join(ROOT, 'examples', 'ask-tell');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-ask-tell-'));
  cpSync(EXAMPLE, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Reply {
  trial?: number | null;
  params?: Record<string, unknown>;
  state?: string;
  stop?: boolean;
  why?: string;
  value?: number;
  id?: unknown;
  done?: boolean;
  opened?: boolean;
  trials?: unknown;
  error?: { code: string; message: string; line: number; remedy: string | null };
}

/** Sends bytes to `pawl ask-tell`, closes its input, and parses what it answered. */
function talk(input: string | Buffer, args: string[] = []): Promise<{ code: number; replies: Reply[] }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PAWL, 'ask-tell', ...args], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.on('close', (code) =>
      resolve({
        code: code ?? -1,
        replies: stdout
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Reply),
      }),
    );
    child.stdin.end(input);
  });
}

const lines = (...requests: (object | string)[]): string =>
  requests.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');
const SPACE = ['--space', 'space.yaml'];
const stored = (): object[] =>
  readFileSync(join(folder, 'trials.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);

function tune(): Promise<{ code: number; best: { trial: number; value: number } }> {
  return new Promise((resolve) => {
    const path = `${join(ROOT, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
    const child = spawn(PYTHON, ['tune.py'], {
      cwd: folder,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.on('close', (code) => {
      // A dict, as Python prints it.
      const best = JSON.parse(stdout.replaceAll("'", '"')) as { trial: number; value: number };
      resolve({ code: code ?? -1, best });
    });
  });
}

test('the Python example, under 30 lines and without a package, searches, prunes, and goes on from its file', async () => {
  const program = readFileSync(join(folder, 'tune.py'), 'utf8');
  expect(program.trim().split('\n').length).toBeLessThan(30);
  expect(/^import (.*)$/m.exec(program)?.[1]).toBe('json, math, subprocess, sys');
  const first = await tune();
  expect(first.code).toBe(0);
  // The least there is, is 1/9; the middle of the space is worth 1.3 or more.
  expect(first.best.value).toBeLessThan(0.6);
  const asked = (): number => stored().filter((line) => 'ask' in line).length;
  expect(asked()).toBe(30);
  expect(stored().filter((line) => 'state' in line && line.state === 'pruned').length).toBeGreaterThan(3);
  const second = await tune();
  expect(asked()).toBe(60);
  expect(second.best.value).toBeLessThanOrEqual(first.best.value);
});

test('several programs may be under way: asks differ, tells come in any order, ids come back', async () => {
  const { replies } = await talk(
    lines(
      { op: 'ask', id: 'a' },
      { op: 'ask', id: 'b' },
      { op: 'ask', id: 3 },
      { op: 'tell', trial: 2, value: 0.3, id: 'late' },
      { op: 'tell', trial: 0, value: 0.1 },
      { op: 'tell', trial: 1, value: 0.9 },
      { op: 'best' },
    ),
    [...SPACE, '--method', 'tpe', '--seed', '5'],
  );
  const asks = replies.slice(0, 3);
  expect(asks.map(({ trial, id }) => ({ trial, id }))).toEqual([
    { trial: 0, id: 'a' },
    { trial: 1, id: 'b' },
    { trial: 2, id: 3 },
  ]);
  expect(new Set(asks.map(({ params }) => JSON.stringify(params))).size).toBe(3);
  expect(replies[3]).toEqual({ trial: 2, state: 'complete', stop: false, id: 'late' });
  expect(replies[6]).toEqual({ trial: 1, params: asks[1]?.params, value: 0.9 });
});

test('an intermediate result may stop a trial, which is then pruned', async () => {
  const full = [0, 1, 2, 3].flatMap((trial) => [
    { op: 'ask' },
    ...[1, 2, 3, 4].map((step) => ({ op: 'tell', trial, step, value: 0.8 + trial / 100 })),
    { op: 'tell', trial, value: 0.8 + trial / 100 },
  ]);
  const { replies } = await talk(
    lines(
      ...full,
      { op: 'ask' },
      { op: 'tell', trial: 4, step: 1, value: 0.1 },
      { op: 'tell', trial: 4, value: 1 },
    ),
    [...SPACE, '--steps', '4'],
  );
  const [stop, late] = replies.slice(-2);
  expect(stop).toMatchObject({ trial: 4, state: 'pruned', stop: true });
  expect(stop?.why).toMatch(/^at step 1 it is number 5 of 5/);
  // A program that trained on all the same may say what came of it.
  expect(late).toMatchObject({ trial: 4, state: 'complete' });
});

test('what was asked and never told is handed out again after a restart; half a line never happened', async () => {
  const args = [...SPACE, '--study', 'trials.jsonl'];
  const before = await talk(lines({ op: 'ask' }, { op: 'ask' }, { op: 'tell', trial: 0, value: 0.5 }), args);
  appendFileSync(join(folder, 'trials.jsonl'), '{"tell":1,"val');
  const after = await talk(lines({ op: 'ask' }, { op: 'ask' }, { op: 'best' }), ['--study', 'trials.jsonl']);
  expect(after.replies[0]).toEqual(before.replies[1]);
  expect(after.replies[1]?.trial).toBe(2);
  expect(after.replies[2]).toMatchObject({ trial: 0, value: 0.5 });
  expect(stored()).toHaveLength(5);
  const other = await talk('', [...args, '--goal', 'min']);
  expect(other.code).toBe(2);
});

test('each line that makes no sense is answered with an error of its own, and the search goes on', async () => {
  const nonsense: [string, string][] = [
    ['nonsense', 'ASK_TELL_LINE_INVALID'],
    ['[1,2]', 'ASK_TELL_LINE_INVALID'],
    ['null', 'ASK_TELL_LINE_INVALID'],
    ['{"op":"ask"', 'ASK_TELL_LINE_INVALID'],
    ['{"op":"run","command":"rm -rf /"}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"op":"ask","trials":3}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"op":"tell","trial":-1,"value":1}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"op":"tell","trial":1e300,"value":1}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"op":"tell","trial":7,"value":1}', 'ASK_TELL_TRIAL_UNKNOWN'],
    ['{"op":"tell","trial":"__proto__","value":1}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"__proto__":{"op":"ask"}}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"op":"tell","trial":0,"value":"0.9"}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"op":"tell","trial":0,"step":5}', 'ASK_TELL_REQUEST_INVALID'],
    ['{"op":"open","space":{"x":[1,2]}}', 'ASK_TELL_ALREADY_OPEN'],
    [`{"op":"${'x'.repeat(2_000_000)}"}`, 'ASK_TELL_LINE_TOO_LONG'],
    ['['.repeat(100_000), 'ASK_TELL_LINE_INVALID'],
    ['\u0000\u001b[31m', 'ASK_TELL_LINE_INVALID'],
  ];
  const input = Buffer.concat([
    Buffer.from(lines({ op: 'ask' }, ...nonsense.map(([line]) => line))),
    Buffer.from([0xff, 0xfe, 0x80, 0x0a]),
    Buffer.from(lines('', { op: 'tell', trial: 0, value: 0.7 }, { op: 'best' })),
  ]);
  const { code, replies } = await talk(input, SPACE);
  expect(code).toBe(0);
  expect(replies).toHaveLength(nonsense.length + 4);
  nonsense.forEach(([line, expected], index) => {
    const { error } = replies[index + 1] ?? {};
    expect(error, line.slice(0, 60)).toMatchObject({ code: expected, line: index + 2 });
    expect(error?.message.length).toBeLessThan(500);
    expect(error?.remedy).toBeTruthy();
  });
  expect(replies.at(-2)).toMatchObject({ trial: 0, state: 'complete' });
  expect(replies.at(-1)).toMatchObject({ trial: 0, value: 0.7 });
});

test.each([
  ['{"op":"open","space":{}}', 'SEARCH_SPACE_EMPTY'],
  ['{"op":"open","space":5}', /^SEARCH_/],
  ['{"op":"open","space":{"x":{"type":"loguniform","low":0,"high":1}}}', 'SEARCH_RANGE_INVALID'],
  ['{"op":"open","space":{"x":{"type":"uniform","low":2,"high":1}}}', 'SEARCH_RANGE_INVALID'],
  ['{"op":"open","space":{"x":[1,2]},"method":"magic"}', 'ASK_TELL_REQUEST_INVALID'],
  ['{"op":"open","space":{"__proto__":[1,2]}}', /^SEARCH_/],
])('a space that cannot be searched is refused and another may follow: %s', async (line, code) => {
  const { replies } = await talk(
    lines(line, { op: 'ask' }, { op: 'open', space: { x: [1, 2] } }, { op: 'ask' }),
  );
  if (typeof code === 'string') expect(replies[0]?.error?.code).toBe(code);
  else expect(replies[0]?.error?.code).toMatch(code);
  expect(replies[1]?.error?.code).toBe('ASK_TELL_NOT_OPEN');
  expect(replies[2]).toEqual({ opened: true, trials: 0 });
  expect(replies[3]?.trial).toBe(0);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

test('Python writes NaN and infinities: such a trial has failed', async () => {
  const { replies } = await talk(
    lines(
      { op: 'ask' },
      '{"op": "tell", "trial": 0, "value": NaN}',
      { op: 'ask' },
      '{"op": "tell", "trial": 1, "value": -Infinity}',
    ),
    SPACE,
  );
  expect(replies[1]).toMatchObject({ trial: 0, state: 'failed' });
  expect(replies[3]).toMatchObject({ trial: 1, state: 'failed' });
});

test('two programs cannot work on one file', async () => {
  writeFileSync(join(folder, 'trials.jsonl'), '');
  const first = spawn(process.execPath, [PAWL, 'ask-tell', ...SPACE, '--study', 'trials.jsonl'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    first.stdin.write('{"op":"ask"}\n');
    await new Promise((resolve) => first.stdout.once('data', resolve));
    const second = await talk(lines({ op: 'ask' }), [...SPACE, '--study', 'trials.jsonl']);
    expect(second.code).toBe(2);
  } finally {
    first.kill();
  }
});

test.each([
  ['--method', 'nonsense', "There is no search method 'nonsense'."],
  ['--pruner', 'nonsense', "There is no pruner 'nonsense'."],
])('%s %s is refused at once, with a space or without', async (option, name, message) => {
  for (const space of [[], ['--space', 'space.yaml']]) {
    const ended = await new Promise<{ code: number | null; stderr: string }>((resolve) => {
      // Its input stays open: nothing needs to be asked for it to be refused.
      const child = spawn(process.execPath, [PAWL, 'ask-tell', ...space, option, name], {
        cwd: folder,
        stdio: ['pipe', 'ignore', 'pipe'],
      });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('close', (code) => resolve({ code, stderr }));
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`ASK_TELL_REQUEST_INVALID: ${message}`);
  }
});

test('options of the command line hold for a search that a request opens, but for what the request says', async () => {
  const open = { op: 'open', space: { x: [1, 2, 3], y: ['a', 'b'] } };
  const ask = (request: object, args: string[]): Promise<{ replies: Reply[] }> =>
    talk(`${JSON.stringify(request)}\n${'{"op":"ask"}\n'.repeat(7)}`, args);
  const grid = await ask(open, ['--method', 'grid']);
  expect(grid.replies.at(-1)).toMatchObject({ trial: null, done: true });
  const random = await ask({ ...open, method: 'random' }, ['--method', 'grid']);
  expect(random.replies.at(-1)).toMatchObject({ trial: 6 });
});
