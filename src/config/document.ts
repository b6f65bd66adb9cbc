import { extname } from 'node:path';
import type { ConfigDocument, ConfigEdit, ConfigFormat, ConfigSyntax, EditedConfig } from './_contract.ts';
import { binaryError, decodeText } from './decode.ts';
import { configError } from './errors.ts';
import { lineNumber } from './lines.ts';
import { readBytes, tooLarge } from './read-file.ts';

export { undoEdits } from './splices.ts';

const FORMATS: Readonly<Record<string, ConfigFormat>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
  '.jsonc': 'json',
  '.toml': 'toml',
};

/** A syntax is loaded when the first config of its kind is read: nobody pays for a parser they do not use. */
const LOADERS: Readonly<Record<ConfigFormat, () => Promise<ConfigSyntax>>> = {
  yaml: async () => (await import('./yaml/syntax.ts')).yamlSyntax,
  json: async () => (await import('./json/syntax.ts')).jsonSyntax,
  toml: async () => (await import('./toml/syntax.ts')).tomlSyntax,
};

const MB = 1024 * 1024;

/** No config is that large; the parsers need hundreds of times the memory. */
const SIZE_LIMITS: Readonly<Record<ConfigFormat, number>> = { yaml: 2 * MB, json: 10 * MB, toml: 2 * MB };

const loaded = new Map<ConfigFormat, ConfigSyntax>();

/** The format a file name promises, or undefined. */
export function formatOf(file: string): ConfigFormat | undefined {
  return FORMATS[extname(file).toLowerCase()];
}

/** The syntax for a file by its name. */
export async function syntaxOf(file: string, format = formatOf(file)): Promise<ConfigSyntax> {
  if (format === undefined) {
    const extension = extname(file);
    const isPython = extension === '.py';
    throw configError(
      'CONFIG_FORMAT_UNKNOWN',
      isPython
        ? 'A Python config cannot be edited safely.'
        : `The format of a config is told by its name, and '${extension}' is not known.`,
      {
        file,
        remedy: isPython
          ? 'Change its values by command-line overrides.'
          : `Name it with one of ${Object.keys(FORMATS).join(', ')}.`,
      },
    );
  }
  const syntax = loaded.get(format) ?? (await LOADERS[format]());
  loaded.set(format, syntax);
  return syntax;
}

/** Reads a config from its text. `file` names it in errors, and tells its format where `format` is not given. */
export async function parseConfig(
  text: string,
  file: string,
  format?: ConfigFormat,
): Promise<ConfigDocument> {
  const syntax = await syntaxOf(file, format);
  if (Buffer.byteLength(text) > SIZE_LIMITS[syntax.format]) throw tooLarge(file, SIZE_LIMITS[syntax.format]);
  const nul = text.indexOf('\0');
  if (nul !== -1) throw binaryError(file, lineNumber(text, nul));
  if (text.replace(/^\uFEFF/, '').trim() === '') {
    throw configError('CONFIG_EMPTY', 'The config is empty.', { file, remedy: 'Name a config with values.' });
  }
  return syntax.parse(text, file);
}

/** Reads a config file. */
export async function readConfig(file: string, format?: ConfigFormat): Promise<ConfigDocument> {
  const syntax = await syntaxOf(file, format);
  const bytes = await readBytes(file, SIZE_LIMITS[syntax.format]);
  return parseConfig(decodeText(bytes, file), file, syntax.format);
}

/**
 * Changes a config: only the lines that the edits name, each marked with its reason. The result has been read back and
 * equals what was intended; where that cannot be reached, an error is thrown and nothing is returned.
 */
export function editConfig(document: ConfigDocument, edits: readonly ConfigEdit[]): EditedConfig {
  const syntax = loaded.get(document.format);
  if (syntax === undefined)
    throw new TypeError('editConfig takes documents that parseConfig or readConfig made.');
  return syntax.edit(document, edits);
}
