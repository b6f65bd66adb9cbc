import { lineEnd, matchBrackets, splitAtCommas, textOf } from './calls.ts';
import type { Token } from './tokens.ts';

/** A parameter of a function or a field of a class. */
export interface Field {
  name: string;
  /** As written; empty where there is none. */
  annotation: string;
  /** Tokens of the default; undefined where there is none. */
  value: readonly Token[] | undefined;
  line: number;
}

export interface Declared {
  kind: 'function' | 'class';
  name: string;
  /** Parameters, or the annotated fields of a class. */
  fields: Field[];
  /** Bases of a class, as written. */
  bases: string[];
  /** Position of `def` or `class`. */
  start: number;
}

/** Functions and classes with what they take. */
export function findDeclarations(tokens: readonly Token[]): Declared[] {
  const found: Declared[] = [];
  const closings = matchBrackets(tokens);
  tokens.forEach((token, start) => {
    const name = tokens[start + 1];
    if (token.kind !== 'name' || name?.kind !== 'name') return;
    if (token.text !== 'def' && token.text !== 'class') return;
    const hasBrackets = tokens[start + 2]?.text === '(';
    const close = hasBrackets ? (closings.get(start + 2) ?? start + 2) : start + 1;
    const inner = hasBrackets ? splitAtCommas(tokens.slice(start + 3, close)) : [];
    if (token.text === 'def') {
      const fields = inner.flatMap((part) => fieldOf(part) ?? []);
      found.push({ kind: 'function', name: name.text, fields, bases: [], start });
    } else {
      const fields = classFields(tokens, close, token.column);
      found.push({ kind: 'class', name: name.text, fields, bases: inner.map((part) => textOf(part)), start });
    }
  });
  return found;
}

/** `name: type = default`; undefined for `*args`, `self` and what is no field. */
function fieldOf(tokens: readonly Token[]): Field | undefined {
  const [name, next] = tokens;
  if (name?.kind !== 'name' || name.text === 'self' || name.text === 'cls') return undefined;
  if (next !== undefined && next.text !== ':' && next.text !== '=') return undefined;
  let depth = 0;
  const equals = tokens.findIndex(({ kind, text }) => {
    if (kind === 'op' && '([{'.includes(text)) depth++;
    if (kind === 'op' && ')]}'.includes(text)) depth--;
    return kind === 'op' && text === '=' && depth === 0;
  });
  const annotation = next?.text === ':' ? tokens.slice(2, equals < 0 ? undefined : equals) : [];
  return {
    name: name.text,
    annotation: textOf(annotation),
    value: equals < 0 ? undefined : tokens.slice(equals + 1),
    line: name.line,
  };
}

/** The annotated lines right below the head of a class, one level in. */
function classFields(tokens: readonly Token[], from: number, indent: number): Field[] {
  const fields: Field[] = [];
  let inner: number | undefined;
  let at = lineEnd(tokens, from);
  while (at + 1 < tokens.length) {
    const first = tokens[at + 1] as Token;
    if (first.column <= indent) break;
    inner ??= first.column;
    const end = lineEnd(tokens, at + 1);
    const line = tokens.slice(at + 1, end);
    const field = first.column === inner && line[1]?.text === ':' ? fieldOf(line) : undefined;
    if (field) fields.push(field);
    at = end;
  }
  return fields;
}
