import type { ConfigEdit } from './_contract.ts';
import { configError } from './errors.ts';
import { childOf, emptyMapping, isMapping, keyIn } from './lookup.ts';
import { formatPath } from './path.ts';
import type { ConfigPath } from './path.ts';
import type { ConfigMapping, ConfigValue } from './value.ts';

const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** YAML takes no longer ones without more ado. */
const KEY_LIMIT = 500;

export function isRefusedKey(key: string): boolean {
  return REFUSED_KEYS.has(key);
}

/** A change whose path has been held against the config: real keys, and known to be possible. */
export interface CheckedEdit extends ConfigEdit {
  /** How many keys of the path exist already. */
  depth: number;
}

/** Holds an edit against the values it changes; throws where it cannot be meant. */
export function checkEdit(
  root: ConfigMapping,
  edit: ConfigEdit,
  place: { file: string; lineOf: (path: ConfigPath) => number | undefined },
): CheckedEdit {
  const path: (string | number)[] = [];
  const at = formatPath(edit.path);
  const fail = (code: Parameters<typeof configError>[0], message: string, remedy: string): never => {
    throw configError(code, message, { file: place.file, line: place.lineOf(path), remedy });
  };
  if (edit.path.length === 0)
    fail('CONFIG_EDIT_PATH', 'A change has an empty path.', 'Name the key to change.');
  let value: ConfigValue | undefined = root;
  let depth = 0;
  for (const key of edit.path) {
    const isMissing: boolean = value === undefined || (value === null && path.length > 0);
    if (!isMissing && typeof value !== 'object') {
      fail(
        'CONFIG_EDIT_PATH',
        `'${at}' leads through '${formatPath(path)}', which is a plain value.`,
        `Change '${formatPath(path)}' itself, or correct the path.`,
      );
    }
    const own: string | number | undefined = isMissing ? key : keyIn(value, key);
    if (own === undefined || (isMissing && typeof own === 'number')) {
      fail(
        'CONFIG_EDIT_PATH',
        `'${at}' cannot exist: '${formatPath(path)}' ${Array.isArray(value) ? 'is a list, and takes positions from 0' : 'is no list'}.`,
        'Correct the path.',
      );
    }
    if (typeof own === 'string' && isRefusedKey(own)) {
      fail('CONFIG_KEY_REFUSED', `The key '${own}' in '${at}' is refused.`, 'Use another key.');
    }
    if (typeof own === 'string' && own.length > KEY_LIMIT) {
      fail('CONFIG_KEY_UNSUPPORTED', `A key of the path has ${own.length} characters.`, 'Use a shorter key.');
    }
    const child: ConfigValue | undefined = isMissing ? undefined : childOf(value, own as string | number);
    if (Array.isArray(value) && child === undefined && own !== value.length) {
      fail(
        'CONFIG_EDIT_PATH',
        `'${at}' is outside the list '${formatPath(path)}', which has ${value.length} items.`,
        `Use a position below ${value.length}, or ${value.length} to append.`,
      );
    }
    path.push(own as string | number);
    if (child !== undefined) depth++;
    value = child;
  }
  const exists = depth === edit.path.length;
  if (edit.kind === 'new' && exists) {
    fail(
      'CONFIG_EDIT_EXISTS',
      `'${at}' exists already, so it cannot be new.`,
      'Make it a change of kind "changed".',
    );
  }
  if (edit.kind !== 'new' && !exists) {
    fail('CONFIG_EDIT_ABSENT', `'${at}' does not exist, so it cannot be ${edit.kind}.`, 'Correct the path.');
  }
  const refused = refusedKeyIn(edit.value);
  if (refused !== undefined && edit.kind !== 'removed') {
    fail(
      'CONFIG_KEY_REFUSED',
      `The key '${refused}' in the new value of '${at}' is refused.`,
      'Use another key.',
    );
  }
  return { ...edit, path, depth };
}

function refusedKeyIn(value: ConfigValue): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = Array.isArray(value) ? undefined : Object.keys(value).find(isRefusedKey);
  if (own !== undefined) return own;
  for (const item of Object.values(value)) {
    const inner = refusedKeyIn(item);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** `root` with `value` at `path`; missing parents become mappings. Nothing of `root` is changed in place. */
export function withValue(root: ConfigMapping, path: ConfigPath, value: ConfigValue): ConfigMapping {
  return rebuilt(root, path, (container, key) => {
    if (Array.isArray(container)) return container.with(Number(key), value);
    container[key] = value;
    return container;
  });
}

/** `root` with `value` put before the list item at `path` (or appended), or as a new key. */
export function withInserted(root: ConfigMapping, path: ConfigPath, value: ConfigValue): ConfigMapping {
  return rebuilt(root, path, (container, key) => {
    if (Array.isArray(container)) return container.toSpliced(Number(key), 0, value);
    container[key] = value;
    return container;
  });
}

export function withRemoved(root: ConfigMapping, path: ConfigPath): ConfigMapping {
  return rebuilt(root, path, (container, key) => {
    if (Array.isArray(container)) return container.toSpliced(Number(key), 1);
    delete container[key];
    return container;
  });
}

type Container = ConfigValue[] | ConfigMapping;

/** Copies the containers along `path` and lets `change` act on the last one. */
function rebuilt(
  root: ConfigMapping,
  path: ConfigPath,
  change: (container: Container, key: string | number) => Container,
): ConfigMapping {
  const rebuild = (at: ConfigValue | undefined, depth: number): Container => {
    const copy = copied(at);
    const key = path[depth] as string | number;
    if (depth === path.length - 1) return change(copy, key);
    const child = rebuild(childOf(copy, key), depth + 1);
    if (Array.isArray(copy)) copy[Number(key)] = child;
    else copy[key] = child;
    return copy;
  };
  return rebuild(root, 0) as ConfigMapping;
}

function copied(value: ConfigValue | undefined): Container {
  if (Array.isArray(value)) return [...value];
  return Object.assign(emptyMapping(), isMapping(value) ? value : {});
}
