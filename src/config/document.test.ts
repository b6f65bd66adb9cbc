import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editConfig, formatOf, parseConfig, readConfig, syntaxOf, undoEdits } from './document.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawl-config-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

test.each([
  ['a.yaml', 'yaml'],
  ['a.YML', 'yaml'],
  ['a.json', 'json'],
  ['a.jsonc', 'json'],
  ['dir.yaml/a.toml', 'toml'],
  ['a.py', undefined],
  ['yaml', undefined],
] as const)('%s is %s', (file, format) => {
  expect(formatOf(file)).toBe(format);
});

test('reads, edits and gives back the same bytes', async () => {
  const bytes = Buffer.from('\uFEFFmodel:\r\n  dropout: 0.1  # ünï 😀\r\n');
  const file = await written('train.yaml', bytes);
  const document = await readConfig(file);
  expect(document.value).toEqual({ model: { dropout: 0.1 } });
  const path = ['model', 'dropout'];
  const edited = editConfig(document, [{ path, kind: 'changed', value: 0.4, why: 'why (recommendation 1)' }]);
  expect(edited.text).toBe(
    '\uFEFFmodel:\r\n  dropout: 0.4  # ünï 😀  # CHANGED: from 0.1, why (recommendation 1)\r\n',
  );
  expect(Buffer.from(undoEdits(edited.text, edited.splices))).toEqual(bytes);
});

test('the format can be named where the file name does not tell it', async () => {
  expect((await parseConfig('a = 1', 'stdin', 'toml')).value).toEqual({ a: 1 });
  const file = await written('params', '{"a": 1}');
  expect((await readConfig(file, 'json')).format).toBe('json');
  expect((await syntaxOf('x', 'yaml')).extensions).toEqual(['.yaml', '.yml']);
});

test.each<[string, string, string | Uint8Array, string, number | undefined]>([
  ['an empty file', 'a.yaml', '', 'CONFIG_EMPTY', undefined],
  ['white space', 'a.toml', ' \n\t\n', 'CONFIG_EMPTY', undefined],
  ['a byte order mark alone', 'a.json', '\uFEFF', 'CONFIG_EMPTY', undefined],
  ['comments alone', 'a.toml', '# a\n', 'CONFIG_EMPTY', undefined],
  ['NUL bytes', 'a.yaml', Buffer.from('a: 1\n\0b: 2'), 'CONFIG_BINARY', 2],
  ['a zip archive', 'a.yaml', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0x80]), 'CONFIG_BINARY', 1],
  ['Latin-1', 'a.yaml', Buffer.from('a: 1\nb: caf\u00e9\nc: 1\n', 'latin1'), 'CONFIG_ENCODING', 2],
  ['UTF-16', 'a.yaml', Buffer.from('\uFEFFa: 1', 'utf16le'), 'CONFIG_ENCODING', undefined],
  ['a character cut off', 'a.json', Buffer.from('{"a": "\u00e9').subarray(0, 8), 'CONFIG_ENCODING', 1],
  ['a Python config', 'config.py', 'lr = 1', 'CONFIG_FORMAT_UNKNOWN', undefined],
  ['an unknown format', 'config.ini', '[a]', 'CONFIG_FORMAT_UNKNOWN', undefined],
  ['too much YAML', 'a.yaml', `a: ${'x'.repeat(3_000_000)}`, 'CONFIG_TOO_LARGE', undefined],
  ['too much JSON', 'a.json', `{"a": "${'x'.repeat(11_000_000)}"}`, 'CONFIG_TOO_LARGE', undefined],
])('refuses %s', async (_, name, content, code, line) => {
  const file = await written(name, content);
  const error = { code, exit: 2, file, line, remedy: expect.any(String) as string };
  await expect(readConfig(file)).rejects.toMatchObject(error);
});

test('refuses what is not there, with what is', async () => {
  await written('training_config.yaml', 'a: 1');
  const file = join(folder, 'training.yaml');
  await expect(readConfig(file)).rejects.toMatchObject({
    code: 'CONFIG_NOT_FOUND',
    exit: 2,
    file,
    remedy: expect.stringContaining(`there is ${join(folder, 'training_config.yaml')}`) as string,
  });
});

test('refuses folders', async () => {
  const file = join(folder, 'conf.yaml');
  await mkdir(file);
  await expect(readConfig(file)).rejects.toMatchObject({ code: 'CONFIG_IS_DIRECTORY', exit: 2, file });
});

test('refuses what it may not read, and never reads without end', async () => {
  await expect(readConfig('/dev/zero', 'yaml')).rejects.toMatchObject({ code: 'CONFIG_TOO_LARGE' });
  const file = await written('secret.yaml', 'a: 1');
  await chmod(file, 0o000);
  // The superuser may read everything.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) expect((await readConfig(file)).value).toEqual({ a: 1 });
  else await expect(readConfig(file)).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE', exit: 2, file });
});
