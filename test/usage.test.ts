import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pawl, ROOT } from './toy-project.ts';

/** Every way to call every command wrongly, from its own table. */
const spec = z.object({
  name: z.string(),
  arguments: z.array(z.object({ name: z.string(), choices: z.array(z.string()).nullable() })),
  options: z.array(
    z.object({
      long: z.string(),
      value: z.string().nullable(),
      choices: z.array(z.string()).nullable(),
    }),
  ),
  examples: z.array(z.object({ command: z.string(), about: z.string() })),
});
type Spec = z.output<typeof spec>;
const commands = z
  .object({ commands: z.array(spec) })
  .parse(JSON.parse((await pawl(['capabilities', '--json'], ROOT)).stdout)).commands;
const codes = readFileSync(join(ROOT, 'docs', 'reference', 'errors.md'), 'utf8');
const failure = z.strictObject({
  schemaVersion: z.literal(1),
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(5),
    file: z.string().nullable(),
    line: z.number().nullable(),
    remedy: z.string().min(5),
  }),
});

let empty = '';
let broken = '';
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'pawl-usage-'));
  broken = mkdtempSync(join(tmpdir(), 'pawl-usage-'));
  writeFileSync(join(broken, 'pawl.yaml'), 'train: [unclosed\n');
});
afterAll(() => [empty, broken].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function wrongCalls({ name, arguments: args, options }: Spec): string[][] {
  const required = args.filter((each) => each.name.startsWith('<'));
  const given = required.map(({ choices }) => choices?.[0] ?? 'x');
  const takesMore = args.some((each) => each.name.includes('...'));
  const valued = options.find(({ value }) => value?.startsWith('<'));
  return [
    [...given, '--no-such-option'],
    ...(required.length > 0 ? [[]] : []),
    ...(takesMore ? [] : [[...args.map(({ choices }) => choices?.[0] ?? 'x'), 'surplus']]),
    ...(valued ? [[...given, valued.long]] : []),
    ...options.flatMap(({ long, choices }) => (choices ? [[...given, `${long}=nonsense`]] : [])),
    ...args.flatMap(({ choices }) => (choices ? [['nonsense']] : [])),
  ].map((words) => [name, ...words]);
}

async function expectFailure(words: string[], folder: string, exit: number): Promise<string> {
  const { code, stdout, stderr } = await pawl(words, folder);
  const what = `pawl ${words.join(' ')}`;
  expect(code, what).toBe(exit);
  const { error } = failure.parse(JSON.parse(stdout));
  expect(codes, `${what}: ${error.code} has an entry`).toContain(`## ${error.code}\n`);
  expect(stderr, what).toContain(`✗ ${error.code}: `);
  expect(stderr, what).not.toMatch(/\n\s+at .*\.js:/);
  return error.code;
}

describe.each(commands.map((each) => [each.name, each] as const))('pawl %s', (name, command) => {
  const hasJson = command.options.some(({ long }) => long === '--json');

  it('answers every wrong call with one JSON document, a remedy and exit 2', async () => {
    for (const words of wrongCalls(command))
      expect(await expectFailure([...words, '--json'], empty, 2)).toBe('USAGE');
  });

  it('says the same to people, and nothing on stdout', async () => {
    const { code, stdout, stderr } = await pawl([name, '--no-such-option'], empty);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain("✗ USAGE: unknown option '--no-such-option'");
    expect(stderr).toContain(`See \`pawl ${name} --help\`.`);
  });

  it.runIf(hasJson && command.options.some(({ long }) => long === '--project'))(
    'names a project that is not there or cannot be read',
    async () => {
      if (name !== 'init') {
        expect(await expectFailure([name, '--json'], empty, 2)).toMatch(
          /PROJECT_NOT_FOUND|DIAGNOSIS_NO_RUNS/,
        );
        expect(await expectFailure([name, '--json'], broken, 2)).toMatch(/CONFIG|YAML|PROJECT/);
      }
      expect(await expectFailure([name, '--project', 'nowhere/at/all', '--json'], empty, 2)).toMatch(
        /PROJECT|INIT|FOLDER/,
      );
    },
  );

  it('has a help with every option and an example', async () => {
    const { code, stdout, stderr } = await pawl([name, '--help'], empty);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { long } of command.options) expect(stdout).toContain(long);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { command: example } of command.examples) expect(stdout).toContain(`  ${example}\n`);
    expect((await pawl(['help', name], empty)).stdout).toBe(stdout);
  });
});

describe('pawl', () => {
  it.each([
    [['optmize'], "unknown command 'optmize'", 'Did you mean optimize?'],
    [['help', 'optmize'], "unknown command 'optmize'", 'Did you mean optimize?'],
    [['optimize', '--diagnostc', 'x'], "unknown option '--diagnostc'", 'Did you mean --diagnostic?'],
    [['--json', 'status'], "unknown option '--json'", 'Write options behind the command: `pawl status …`.'],
    [['nonsense'], "unknown command 'nonsense'", 'See `pawl --help`.'],
  ])('%j', async (words, message, remedy) => {
    const { code, stderr } = await pawl(words, empty);
    expect(code).toBe(2);
    expect(stderr).toContain(`✗ USAGE: ${message}\n`);
    expect(stderr).toContain(remedy);
  });

  it('lists its commands without arguments, with help and --help', async () => {
    const bare = await pawl([], empty);
    expect(bare.code).toBe(0);
    for (const { name } of commands) expect(bare.stdout).toContain(`\n  ${name} `);
    expect((await pawl(['help'], empty)).stdout).toBe(bare.stdout);
    expect((await pawl(['--help'], empty)).stdout).toBe(bare.stdout);
  });

  it('says its version', async () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
    for (const word of ['--version', '-V'])
      expect(await pawl([word], empty)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
