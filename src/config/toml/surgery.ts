import type { Mark } from '../comment.ts';
import { diffValues } from '../diff.ts';
import { isMapping } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import type { Session, Surgery } from '../rewrite.ts';
import type { Step } from '../steps.ts';
import type { ConfigValue } from '../value.ts';
import { locate, parseToml, valueOf } from './document.ts';
import type { TomlDocument } from './document.ts';
import { insertToml } from './insert.ts';
import { markToml } from './mark.ts';
import { removeToml } from './remove.ts';
import { renderToml } from './render.ts';

/** How TOML text is changed. */
export const tomlSurgery: Surgery<TomlDocument> = {
  parse: parseToml,
  isDivisible({ root, text }, path, to) {
    const node = locate(root, path)?.node;
    if (node?.kind === 'table') return node.style !== 'inline';
    if (node?.kind === 'tables') return Array.isArray(to) && to.every((item) => isTable(item));
    return node?.kind === 'array' && text.slice(node.start, node.end).includes('\n');
  },
  perform(session, step, mark) {
    if (step.op === 'insert') insert(session, step, mark);
    else if (step.op === 'set') set(session, step.path, step.value, mark);
    else removeToml(session, step.path, mark);
  },
  repair(session, intended) {
    const [difference] = diffValues(session.document.value, intended, { items: true });
    if (difference?.kind !== 'new') return false;
    insertToml(session, difference.path, difference.to, { kind: 'kept', from: 'empty now', why: '' });
    return true;
  },
};

/** What a `[[section]]` can hold. */
function isTable(value: ConfigValue): boolean {
  return isMapping(value) && Object.keys(value).length > 0;
}

type TomlSession = Session<TomlDocument>;

function insert(session: TomlSession, { path, value }: Step, mark: Mark): void {
  const parentPath = path.slice(0, -1);
  const parent = locate(session.document.root, parentPath)?.node;
  if (parent?.kind === 'tables' && !isTable(value)) {
    // Only tables can stand among `[[sections]]`: the list is written on one line instead.
    const list = valueOf(parent) as ConfigValue[];
    replaceTables(session, parentPath, list.toSpliced(Number(path.at(-1)), 0, value), mark);
    return;
  }
  insertToml(session, path, value, mark);
}

function set(session: TomlSession, path: ConfigPath, value: ConfigValue, mark: Mark): void {
  const { document } = session;
  const found = locate(document.root, path);
  if (found === undefined) return;
  const { node, parent } = found;
  if (parent?.kind === 'tables') {
    const list = valueOf(parent) as ConfigValue[];
    replaceTables(session, path.slice(0, -1), list.with(Number(path.at(-1)), value), mark);
    return;
  }
  const isInPlace = node.kind !== 'tables' && (node.kind !== 'table' || node.style === 'inline');
  if (!isInPlace) {
    replaceTables(session, path, value, mark);
    return;
  }
  const like = document.text.slice(node.start, node.end);
  session.change([
    { start: node.start, end: node.end, text: renderToml(value, { like, file: document.file }) },
  ]);
  markToml(session, path, mark);
}

/** Sections or dotted keys give way to one value behind one key. */
function replaceTables(session: TomlSession, path: ConfigPath, value: ConfigValue, mark: Mark): void {
  const node = locate(session.document.root, path)?.node;
  if (node?.kind === 'table' && node.children.size === 0 && isMapping(value)) {
    for (const [key, item] of Object.entries(value)) insertToml(session, [...path, key], item, mark);
    return;
  }
  removeToml(session, path, undefined);
  insertToml(session, path, value, mark);
}
