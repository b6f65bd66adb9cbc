import type { ConfigDocument, ConfigWarning } from '../_contract.ts';
import { configError } from '../errors.ts';
import { lineNumber } from '../lines.ts';
import { isMapping } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import type { ConfigMapping, ConfigValue } from '../value.ts';
import { resolved, visit } from './tree.ts';
import { locate } from './locate.ts';
import { disagreement, readPlain } from './plain.ts';
import { formatScalar } from './scalar.ts';
import { readSource } from './source.ts';
import type { YamlNode, YamlScalar } from './tree.ts';
import { valueOf } from './values.ts';

/** A YAML config with the places of everything in it. */
export interface YamlDocument extends ConfigDocument {
  readonly format: 'yaml';
  readonly root: YamlNode;
  readonly comments: readonly { start: number; end: number }[];
  readonly opaque: readonly { start: number; end: number }[];
}

const parsed = new WeakMap<ConfigDocument, YamlDocument>();

/** The same document with its places; read again only where it comes from elsewhere. */
export function asYaml(document: ConfigDocument): YamlDocument {
  return parsed.get(document) ?? parseYaml(document.text, document.file);
}

export function parseYaml(text: string, file: string): YamlDocument {
  const { root, comments, opaque } = readSource(text, file);
  const value = rootMapping(valueOf(root, text, file), root, text, file);
  const document: YamlDocument = {
    format: 'yaml',
    file,
    text,
    value,
    root,
    comments,
    opaque,
    lineOf(path: ConfigPath) {
      const found = path.length === 0 ? undefined : locate(root, path);
      return found?.slot === undefined ? undefined : lineNumber(text, found.slot.entry.start);
    },
    spellingOf(path: ConfigPath) {
      const found = locate(root, path);
      const node = found === undefined ? undefined : resolved(found.node);
      return node?.kind === 'scalar' ? text.slice(node.start, node.end) : undefined;
    },
    get warnings() {
      return warningsOf(root, text);
    },
  };
  parsed.set(document, document);
  return document;
}

function rootMapping(value: ConfigValue, root: YamlNode, text: string, file: string): ConfigMapping {
  if (isMapping(value)) return value;
  const line = lineNumber(text, root.start);
  if (value === null) {
    throw configError('CONFIG_EMPTY', 'The config holds no values.', {
      file,
      remedy: 'Name a config with values.',
    });
  }
  const what = Array.isArray(value) ? 'a list' : `a single ${typeof value}`;
  throw configError(
    'CONFIG_NOT_MAPPING',
    `The top level of the config is ${what}, not a mapping of keys to values.`,
    {
      file,
      line,
      remedy: 'Put the values under keys: `key: value`.',
    },
  );
}

/** More than anyone reads. */
const WARNING_LIMIT = 100;

function warningsOf(root: YamlNode, text: string): ConfigWarning[] {
  const found: { message: string; offset: number }[] = [];
  visit(root, (node, slot) => {
    if (found.length === WARNING_LIMIT) return;
    const { tag } = node.props;
    if (
      tag !== undefined &&
      !/^!(?:!(?:int|float|bool|null|str|map|seq|timestamp|binary|set|omap))?$/.test(tag)
    ) {
      const message = `The tag ${tag} is left to the trainer; Pawl reads the plain value behind it.`;
      found.push({ message, offset: node.start });
    }
    const isValue =
      slot !== undefined && node.kind === 'scalar' && node.style === 'plain' && tag === undefined;
    const message = isValue ? ambiguity(node) : undefined;
    if (message !== undefined) found.push({ message, offset: node.start });
  });
  return found.map(({ message, offset }) => ({ message, line: lineNumber(text, offset) }));
}

function ambiguity({ content }: YamlScalar): string | undefined {
  const why = disagreement(content);
  if (why === undefined) return undefined;
  const meant = readPlain(content);
  const safe = formatScalar(meant, { place: 'flow' });
  return `${why}. Write ${safe} for the ${typeof meant}, or ${JSON.stringify(content)} for the text.`;
}
