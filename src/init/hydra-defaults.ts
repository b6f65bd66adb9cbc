import { isMapping } from '../config/lookup.ts';
import type { ConfigMapping, ConfigValue } from '../config/value.ts';
import type { Folder, FoundConfig } from './folder.ts';

const DEPTH = 8;

interface Composed {
  value: ConfigMapping;
  /** The files that the defaults list brought in. */
  files: string[];
}

/**
 * A config put together by its defaults list, as Hydra does it (1.1 and later: `_self_` goes last where it is not
 * named). Undefined where that cannot be told by reading: interpolated choices, overrides of choices, files that are missing.
 */
export function composeHydra(primary: FoundConfig, root: string, folder: Folder): Composed | undefined {
  const files: string[] = [];
  const find = (name: string): FoundConfig | null | undefined => {
    const paths = [`${root}/${name}.yaml`, `${root}/${name}.yml`].map((path) => path.replace(/^\.\//, ''));
    const found = folder.configs.find(({ path }) => paths.includes(path));
    // A file that holds nothing is no config of its own.
    return found ?? (folder.files.some(({ path }) => paths.includes(path)) ? null : undefined);
  };

  const compose = (
    config: FoundConfig,
    group: string,
    at: readonly string[],
    depth: number,
  ): ConfigMapping | undefined => {
    if (depth > DEPTH) return undefined;
    const { defaults, hydra: _hydra, ...own } = config.value;
    const result = Object.create(null) as ConfigMapping;
    const entries = Array.isArray(defaults) ? defaults : [];
    const isSelf = entries.includes('_self_');
    for (const entry of isSelf ? entries : [...entries, '_self_']) {
      if (entry === '_self_') {
        merge(result, placed(own, at));
        continue;
      }
      const parts = readEntry(entry, group);
      if (parts === 'skip') continue;
      if (!parts) return undefined;
      for (const choice of parts.choices) {
        const name = [parts.group, choice].filter((part) => part !== '').join('/');
        const found = find(name.replace(/\.ya?ml$/, ''));
        if (found === null) continue;
        if (found === undefined) {
          if (parts.isOptional) continue;
          return undefined;
        }
        const inner = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
        const header = /^#\s*@package\s+(\S+)/m.exec(found.head ?? '')?.[1];
        const target = packageOf(parts.package ?? header, inner, parts.package === undefined ? [] : at, at);
        const composed = compose(found, inner, target, depth + 1);
        if (!composed) return undefined;
        files.push(found.path);
        merge(result, composed);
      }
    }
    return result;
  };

  const value = compose(primary, '', [], 0);
  return value && { value, files };
}

interface Entry {
  group: string;
  choices: string[];
  package: string | undefined;
  isOptional: boolean;
}

function readEntry(entry: ConfigValue, group: string): Entry | 'skip' | undefined {
  const isPlain = typeof entry === 'string';
  const [key, choice]: [string, ConfigValue] = isPlain
    ? [entry, null]
    : ((isMapping(entry) ? Object.entries(entry)[0] : undefined) ?? ['', null]);
  const words = key.split(/\s+/);
  const name = words.at(-1) ?? '';
  if (/^\/?hydra(?:\/|$)/.test(name)) return 'skip';
  if (name === '' || words.includes('override')) return undefined;
  const [path = '', at] = name.split('@');
  const absolute = path.startsWith('/')
    ? path.slice(1)
    : [group, path].filter((part) => part !== '').join('/');
  if (isPlain) {
    const cut = absolute.lastIndexOf('/');
    return {
      group: cut < 0 ? '' : absolute.slice(0, cut),
      choices: [absolute.slice(cut + 1)],
      package: at,
      isOptional: words.includes('optional'),
    };
  }
  if (choice === null) return 'skip';
  const choices = Array.isArray(choice) ? choice : [choice];
  if (!choices.every((each) => typeof each === 'string' && !/\$\{|\?\?\?/.test(each))) return undefined;
  return {
    group: absolute,
    choices: choices as string[],
    package: at,
    isOptional: words.includes('optional'),
  };
}

/** Where a config's keys go: its group, unless its header or the entry says otherwise. */
function packageOf(
  said: string | undefined,
  group: string,
  base: readonly string[],
  parent: readonly string[],
): string[] {
  if (said === '_global_') return [];
  if (said === '_here_') return [...parent];
  if (said === undefined || said === '_group_') return group === '' ? [...parent] : group.split('/');
  return [...base, ...said.split('.')];
}

function placed(value: ConfigMapping, at: readonly string[]): ConfigMapping {
  return at.reduceRight<ConfigMapping>((inner, key) => ({ [key]: inner }), value);
}

function merge(into: ConfigMapping, from: ConfigMapping): void {
  for (const [key, value] of Object.entries(from)) {
    const own = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isMapping(own) && isMapping(value)) merge(own, value);
    else into[key] = isMapping(value) ? copy(value) : value;
  }
}

function copy(value: ConfigMapping): ConfigMapping {
  const result = Object.create(null) as ConfigMapping;
  merge(result, value);
  return result;
}
