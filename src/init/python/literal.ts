import { isLineStart, lineEnd, splitAtCommas, textOf } from './calls.ts';
import type { Token } from './tokens.ts';

export type Literal = string | number | boolean | null | Literal[];
/** Names that a module gives to literals: `CONFIG = "configs/base.yaml"`. */
export type Constants = ReadonlyMap<string, Literal>;

/** Tokens of an expression that is looked into. */
const LONGEST = 400;
const CONSTANT: Readonly<Record<string, Literal>> = { True: true, False: false, None: null };

/** The value of an expression, where it can be known without running anything; else undefined. */
export function evaluate(tokens: readonly Token[], constants: Constants = new Map()): Literal | undefined {
  const [first] = tokens;
  if (!first || tokens.length > LONGEST) return undefined;
  if (tokens.every(({ kind }) => kind === 'string')) return textOf(tokens);
  if (tokens.length === 1) {
    if (first.kind === 'number') return toNumber(first.text);
    if (first.kind === 'name') return CONSTANT[first.text] ?? constants.get(first.text);
    return undefined;
  }
  const second = tokens[1] as Token;
  const last = tokens.at(-1) as Token;
  if (first.text === '-' && tokens.length === 2 && second.kind === 'number') {
    const value = toNumber(second.text);
    return value === undefined ? undefined : -value;
  }
  const inner = tokens.slice(1, -1);
  if ((first.text === '[' && last.text === ']') || (first.text === '(' && last.text === ')')) {
    const items = splitAtCommas(inner).map((part) => evaluate(part, constants));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  return evaluatePath(tokens, constants);
}

/** `Path("a") / "b"`, `os.path.join("a", "b")`: paths put together from literals. */
function evaluatePath(tokens: readonly Token[], constants: Constants): Literal | undefined {
  const slash = tokens.findIndex(({ kind, text }) => kind === 'op' && text === '/');
  if (slash > 0) {
    const left = evaluate(tokens.slice(0, slash), constants);
    const right = evaluate(tokens.slice(slash + 1), constants);
    return typeof left === 'string' && typeof right === 'string' ? `${left}/${right}` : undefined;
  }
  const open = tokens.findIndex(({ text }) => text === '(');
  const callee = textOf(tokens.slice(0, Math.max(0, open)));
  if (
    !/^(?:pathlib\.)?(?:Pure)?(?:Posix)?Path$|^(?:os\.)?path\.(?:join|normpath|expanduser)$|^str$/.test(
      callee,
    )
  )
    return undefined;
  const parts = splitAtCommas(tokens.slice(open + 1, -1)).map((part) => evaluate(part, constants));
  return parts.length > 0 && parts.every((part) => typeof part === 'string') ? parts.join('/') : undefined;
}

/** Module-level assignments of literals. A name that is assigned twice is not trusted. */
export function findConstants(tokens: readonly Token[]): Map<string, Literal> {
  const constants = new Map<string, Literal>();
  const assigned = new Set<string>();
  tokens.forEach((token, i) => {
    if (token.kind !== 'name' || token.column !== 0 || !isLineStart(tokens, i)) return;
    if (tokens[i + 1]?.text !== '=' || tokens[i + 1]?.kind !== 'op') return;
    const value = evaluate(tokens.slice(i + 2, lineEnd(tokens, i)), constants);
    if (assigned.has(token.text) || value === undefined) constants.delete(token.text);
    else constants.set(token.text, value);
    assigned.add(token.text);
  });
  return constants;
}

function toNumber(text: string): number | undefined {
  const value = Number(text.replaceAll('_', ''));
  return Number.isNaN(value) ? undefined : value;
}
