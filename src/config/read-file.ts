import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { configError } from './errors.ts';

/** The bytes of a config file, never more than the limit: pipes and devices are read like files. */
export async function readBytes(file: string, limitBytes: number): Promise<Uint8Array> {
  try {
    const info = await stat(file);
    if (info.isDirectory()) {
      const remedy = `Name the config file in it${await suggestions(file)}.`;
      throw configError('CONFIG_IS_DIRECTORY', `'${file}' is a folder, not a config file.`, { file, remedy });
    }
    if (info.size > limitBytes) throw tooLarge(file, limitBytes);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limitBytes) throw tooLarge(file, limitBytes);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw await asConfigError(error, file);
  }
}

async function asConfigError(error: unknown, file: string): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || code.startsWith('CONFIG_')) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const remedy = `Check the path${await suggestions(dirname(file), file)}.`;
    return configError('CONFIG_NOT_FOUND', `The config '${file}' does not exist.`, {
      file,
      remedy,
      cause: error,
    });
  }
  const remedy = 'Check the permissions of the file.';
  return configError('CONFIG_UNREADABLE', `The config '${file}' cannot be read (${code}).`, {
    file,
    remedy,
    cause: error,
  });
}

export function tooLarge(file: string, limitBytes: number): Error {
  const message = `The config is larger than ${limitBytes / 1024 / 1024} MB.`;
  const remedy = 'Name the config itself; data belongs in files of its own.';
  return configError('CONFIG_TOO_LARGE', message, { file, remedy });
}

/** Config files of a folder, those with a similar name first. */
async function suggestions(folder: string, wanted = ''): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const stem = basename(wanted, extname(wanted)).toLowerCase();
  const similarity = (name: string): number => (stem !== '' && name.toLowerCase().includes(stem) ? 0 : 1);
  const configs = names
    .filter((name) => ['.yaml', '.yml', '.json', '.jsonc', '.toml'].includes(extname(name).toLowerCase()))
    .sort((a, b) => similarity(a) - similarity(b) || a.localeCompare(b))
    .slice(0, 5);
  return configs.length === 0 ? '' : `; there is ${configs.map((name) => join(folder, name)).join(', ')}`;
}
