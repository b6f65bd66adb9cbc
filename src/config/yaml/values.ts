import { configError } from '../errors.ts';
import { isRefusedKey } from '../intended.ts';
import { lineNumber } from '../lines.ts';
import { emptyMapping } from '../lookup.ts';
import type { ConfigMapping, ConfigValue } from '../value.ts';
import { resolved } from './tree.ts';
import { readPlain } from './plain.ts';
import type { YamlMap, YamlNode, YamlPair, YamlScalar } from './tree.ts';

/** More values than any config holds; aliases of aliases reach it in a few lines. */
const VALUE_LIMIT = 600_000;

/** The plain value of a node, with aliases and merge keys resolved. */
export function valueOf(node: YamlNode, text: string, file: string): ConfigValue {
  return new Reader(text, file).value(node);
}

export function scalarValue(node: YamlScalar): null | boolean | number | string {
  const { tag } = node.props;
  if (node.style === 'absent') return tag === '!!str' ? '' : null;
  if (tag === '!!str' || tag === '!' || tag === '!!binary' || tag === '!!timestamp') return node.content;
  const isTyped = tag === '!!int' || tag === '!!float' || tag === '!!bool' || tag === '!!null';
  return node.style === 'plain' || isTyped ? readPlain(node.content) : node.content;
}

class Reader {
  readonly #text: string;
  readonly #file: string;
  #count = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  value(written: YamlNode): ConfigValue {
    const node = resolved(written);
    this.#spend(written);
    if (node.kind === 'scalar') return scalarValue(node);
    return node.kind === 'seq' ? node.entries.map((entry) => this.value(entry.value)) : this.#mapping(node);
  }

  #mapping(map: YamlMap): ConfigMapping {
    this.#spend(map);
    const mapping = emptyMapping();
    for (const source of mergeSources(map)) {
      if (source === undefined) {
        const remedy = 'Merge with an alias of a mapping, or with a list of them.';
        throw this.#error('CONFIG_SYNTAX', 'The merge key << has no mapping to merge.', map.start, remedy);
      }
      for (const [key, value] of Object.entries(this.#mapping(source))) {
        if (!Object.hasOwn(mapping, key)) mapping[key] = value;
      }
    }
    const own = new Map<string, YamlPair>();
    for (const entry of map.entries) {
      if (entry.isMerge) continue;
      this.#checkKey(entry, own.get(entry.key));
      own.set(entry.key, entry);
      mapping[entry.key] = this.value(entry.value);
    }
    return mapping;
  }

  #spend(node: YamlNode): void {
    if (++this.#count <= VALUE_LIMIT) return;
    const message = `The config expands to more than ${VALUE_LIMIT} values.`;
    const remedy = 'Write values out instead of repeating aliases of aliases.';
    throw this.#error('CONFIG_ALIAS_BOMB', message, node.start, remedy);
  }

  #checkKey(entry: YamlPair, earlier: YamlPair | undefined): void {
    if (isRefusedKey(entry.key)) {
      throw this.#error(
        'CONFIG_KEY_REFUSED',
        `The key '${entry.key}' is refused.`,
        entry.start,
        'Use another key.',
      );
    }
    if (earlier === undefined) return;
    const line = lineNumber(this.#text, earlier.start);
    const message = `The key '${entry.key}' stands twice in one mapping (first on line ${line}).`;
    throw this.#error('CONFIG_DUPLICATE_KEY', message, entry.start, 'Remove one of the two.');
  }

  #error(code: Parameters<typeof configError>[0], message: string, offset: number, remedy: string): Error {
    return configError(code, message, { file: this.#file, line: lineNumber(this.#text, offset), remedy });
  }
}

/**
 * The mappings that `<<` keys bring in, those that win first: of several `<<` the last, within a list the first
 * (PyYAML's `flatten_mapping`). Undefined stands for a source that is no mapping.
 */
export function mergeSources(map: YamlMap): (YamlMap | undefined)[] {
  return mergeNodes(map).map((node) => {
    const source = resolved(node);
    return source.kind === 'map' ? source : undefined;
  });
}

/** The same, as they are written: aliases stay aliases. */
export function mergeNodes(map: YamlMap): YamlNode[] {
  return map.entries
    .filter((entry) => entry.isMerge)
    .reverse()
    .flatMap((entry) => {
      const value = resolved(entry.value);
      return value.kind === 'seq' ? value.entries.map((item) => item.value) : [entry.value];
    });
}
