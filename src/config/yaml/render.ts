import { styleOf } from '../number.ts';
import type { ConfigValue } from '../value.ts';
import { formatScalar, formatYamlNumber } from './scalar.ts';
import type { ScalarPlace } from './scalar.ts';

/** How the file lays out its blocks. */
export interface Layout {
  /** Columns that a nested mapping is indented by. */
  unit: number;
  /** Columns that the dashes of a list are indented by, below their key. */
  listUnit: number;
}

/** A value as text: `head` stands behind the key or dash, `body` on the lines below. */
export interface Rendered {
  head: string;
  body: string[];
}

/** A scalar to be written as it was spelled. */
export class Verbatim {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value to write, whose scalars may have a spelling of their own. */
export type Writable = Exclude<ConfigValue, object> | Verbatim | Writable[] | { [key: string]: Writable };
type WritableCollection = Writable[] | { [key: string]: Writable };

const FLOW_WIDTH = 72;

/** A value on one line: `[0.9, {a: 1}]`. `like` is the source text of the value it replaces. */
export function renderFlow(value: Writable, like = '', place: ScalarPlace = 'flow'): string {
  if (!isCollection(value)) return renderScalar(value, place, like);
  const pad = /^[[{][ \t]/.test(like) ? ' ' : '';
  const wrap = (open: string, items: string[], close: string): string =>
    items.length === 0 ? open + close : open + pad + items.join(', ') + pad + close;
  if (Array.isArray(value)) return wrap('[', renderItems(value, like), ']');
  const pairs = Object.entries(value).map(([key, item]) => `${renderKey(key)}: ${renderFlow(item)}`);
  return wrap('{', pairs, '}');
}

/** Numbers of a list that was all floats stay floats: `[1.0, 0.5]`. */
function renderItems(items: readonly Writable[], like: string): string[] {
  const spellings = [...like.matchAll(/[-+.\w]+/g)]
    .map((match) => match[0])
    .filter((word) => /\d/.test(word));
  const styles = spellings.map(styleOf);
  const isFloatList =
    like.startsWith('[') && styles.length > 0 && styles.every((style) => style.float === true);
  return items.map((item) =>
    typeof item === 'number' && isFloatList ? formatYamlNumber(item, { float: true }) : renderFlow(item),
  );
}

/** A key as its siblings are written: numbers among numbers, quotes among quotes. */
export function renderKey(key: string, siblings: readonly string[] = []): string {
  const areAll = (pattern: RegExp): boolean =>
    siblings.length > 0 && siblings.every((text) => pattern.test(text));
  const isNumber = INTEGER.test(key) && areAll(INTEGER);
  return isNumber ? key : formatScalar(key, { place: 'key', like: areAll(/^"/) ? '"' : '' });
}

const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** A value below a key at column `indent`. */
export function renderBelowKey(value: Writable, indent: number, layout: Layout, isBlock = false): Rendered {
  if (!isCollection(value)) return { head: renderScalar(value, 'block'), body: [] };
  if (!isBlock && isShort(value)) return { head: renderFlow(value), body: [] };
  const column = indent + (Array.isArray(value) ? layout.listUnit : layout.unit);
  return { head: '', body: blockLines(value, column, layout) };
}

/** A value behind a dash at column `indent`. */
export function renderBehindDash(value: Writable, indent: number, layout: Layout, isBlock = false): Rendered {
  if (!isCollection(value)) return { head: renderScalar(value, 'block'), body: [] };
  if (!isBlock && isShort(value)) return { head: renderFlow(value), body: [] };
  const [first = '', ...body] = blockLines(value, indent + 2, layout);
  return { head: first.trimStart(), body };
}

function blockLines(value: WritableCollection, column: number, layout: Layout): string[] {
  const pad = ' '.repeat(column);
  const line = (before: string, { head, body }: Rendered): string[] => [
    `${pad}${before}${head === '' ? '' : ` ${head}`}`,
    ...body,
  ];
  if (Array.isArray(value)) {
    return value.flatMap((item) => line('-', renderBehindDash(item, column, layout)));
  }
  const keys = Object.keys(value);
  return Object.entries(value).flatMap(([key, item]) =>
    line(`${renderKey(key, keys)}:`, renderBelowKey(item, column, layout)),
  );
}

/** Lists of plain values stay on their line while they fit; mappings are written out unless they are empty. */
function isShort(value: WritableCollection): boolean {
  if (Object.keys(value).length === 0) return true;
  if (!Array.isArray(value) || value.some((item) => isCollection(item))) return false;
  return value.length <= FLOW_WIDTH && renderFlow(value).length <= FLOW_WIDTH;
}

export function isCollection(value: Writable): value is WritableCollection {
  return typeof value === 'object' && value !== null && !(value instanceof Verbatim);
}

function renderScalar(value: Exclude<Writable, WritableCollection>, place: ScalarPlace, like = ''): string {
  return value instanceof Verbatim ? value.text : formatScalar(value, { place, like });
}

/**
 * A text over several lines as the body of `|` or `|-`; undefined where quotes are safer. A file without a final line
 * break may end in it, so that `|` would lose its own.
 */
export function renderLiteral(
  text: string,
  indent: number,
  unit: number,
  hasFinalBreak: boolean,
): Rendered | undefined {
  const isOneBreak = text.endsWith('\n') && !text.endsWith('\n\n');
  const content = isOneBreak ? text.slice(0, -1) : text;
  const isSafe =
    content.includes('\n') &&
    (hasFinalBreak || !isOneBreak) &&
    !content.endsWith('\n') &&
    !/^[\s]|[^\S\n]$|[^\S\n]\n|[^\n\P{Cc}]|[\p{Cs}\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]/u.test(content);
  if (!isSafe) return undefined;
  const pad = ' '.repeat(indent + unit);
  const body = content.split('\n').map((line) => (line === '' ? '' : pad + line));
  return { head: isOneBreak ? '|' : '|-', body };
}
