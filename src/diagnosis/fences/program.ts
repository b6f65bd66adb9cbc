import type { ConfigPath } from '../../config/path.ts';
import { parseLiteral, parseYamlValue, literalOf } from '../claims/literal.ts';
import type { SourceLine } from '../text/lines.ts';
import { entry, readComment, type Entry } from './entry.ts';
import { splitComment, splitKey } from './line-syntax.ts';

const SUBSCRIPTS = /^\s*([A-Za-z_]\w{0,60})((?:\[["'][^"'\]]{1,60}["']\]){1,8})\s*=\s*(.+)$/u;
const ASSIGNMENT =
  /^\s*([A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){0,8})\s*(?::\s*[A-Za-z_][\w[\], .]{0,40})?\s*=(?!=)\s*(.+)$/u;
const DICT_KEY = /^\s*(["'])([\w.-]{1,80})\1\s*:\s*(.+?),?\s*$/u;
const DICT_OPEN = /^\s*(?:(["'])([\w.-]{1,80})\1\s*:|([A-Za-z_][\w.]{0,80})\s*=)\s*(?:dict\()?\{?\s*$/u;
const CALL = /([A-Za-z_][\w.]{0,80})\s*\(/uy;
const KWARG = /([A-Za-z_]\w{0,60})\s*=\s*(?!=)/uy;
const ROOTS =
  /^(?:config|cfg|conf|args|hparams|hp|params|opt|opts|self|settings|hyperparameters|hyperparams|training_config|train_config|new_config|optimized_config|optimization_config|c)$/iu;
const REFUSED =
  /^(?:import|from|def|class|return|if|for|while|with|print|assert|raise|try|except|else|elif|lambda|yield|async|await)\b/u;

function stripRoot(keys: readonly (string | number)[]): ConfigPath {
  return keys.length > 1 && typeof keys[0] === 'string' && ROOTS.test(keys[0]) ? keys.slice(1) : keys;
}

/** The value text at `at` up to the comma or bracket that ends it. */
function takeArgument(text: string, at: number): string {
  let depth = 0;
  let quote = '';
  for (let end = at; end < Math.min(text.length, at + 400); end += 1) {
    const char = text.charAt(end);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') {
      if (depth === 0) return text.slice(at, end);
      depth -= 1;
    } else if (char === ',' && depth === 0) return text.slice(at, end);
  }
  return text.slice(at, at + 400);
}

/** Keyword arguments with literal values, in whatever call they stand. */
function readKeywordArguments(
  text: string,
  line: number,
  outer: readonly string[],
  entries: Entry[],
  comment: string,
): void {
  const calls: string[] = [...outer];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const before = at === 0 ? ' ' : text.charAt(at - 1);
    if (/[A-Za-z_]/u.test(char) && !/[\w.]/u.test(before)) {
      CALL.lastIndex = at;
      const call = CALL.exec(text);
      if (call) {
        calls.push(call[1] as string);
        at += call[0].length;
        continue;
      }
      KWARG.lastIndex = at;
      const keyword = calls.length > 0 ? KWARG.exec(text) : null;
      if (keyword) {
        const value = takeArgument(text, at + keyword[0].length);
        const literal = parseLiteral(value);
        const isName = literal?.isWord === true && typeof literal.value === 'string';
        if (literal && !isName) {
          const call = (calls.at(-1) ?? '').split('.').at(-1) ?? null;
          const isDict = call === 'dict' || call === 'update' || (call !== null && ROOTS.test(call));
          entries.push(
            entry(
              [keyword[1] as string],
              { kind: 'set', to: literal, from: null },
              line,
              comment === '' ? null : readComment(comment),
              { call: isDict ? null : call },
            ),
          );
          at += keyword[0].length + value.length;
          continue;
        }
      }
    }
    if (char === ')') calls.pop();
    at += 1;
  }
}

/** Settings that program text states: assignments, dictionaries, keyword arguments. Bare positional arguments are code, not config. */
export function readProgramEntries(lines: readonly SourceLine[]): Entry[] {
  const entries: Entry[] = [];
  const frames: { path: ConfigPath; isDict: boolean }[] = [];
  const open: string[] = [];
  /** Indent of the class or function whose body is being read: a definition, which sets nothing. */
  let body: number | null = null;
  for (const { text, line } of lines) {
    const { value: code, comment } = splitComment(text);
    const trimmed = code.trim();
    if (trimmed === '') continue;
    if (body !== null && text.search(/\S/u) > body) continue;
    body = /^\s*(?:async\s+)?(?:class|def)\s+\w+.*:$/u.test(code.trimEnd()) ? text.search(/\S/u) : null;
    if (body !== null) continue;
    if (REFUSED.test(trimmed)) continue;
    const noted = comment === '' ? null : readComment(comment);
    const opening = DICT_OPEN.exec(code);
    const parent = frames.at(-1)?.path ?? [];
    if (opening && /[{(]\s*$/u.test(code)) {
      const key = opening[2] ?? opening[3] ?? '';
      const isDict = /\{\s*$/u.test(code) || /dict\(\s*$/u.test(code);
      if (opening[3] !== undefined && frames.length === 0)
        frames.push({
          path:
            /_?(?:config|cfg|params|args|kwargs|hparams|settings)$/iu.test(key) && !key.includes('.')
              ? rootOf(key)
              : stripRoot(splitKey(key)),
          isDict,
        });
      else frames.push({ path: [...parent, key], isDict });
      continue;
    }
    if (/^[}\])]+[,;)]*$/u.test(trimmed)) {
      if (frames.length > 0) frames.pop();
      else open.pop();
      continue;
    }
    const item = DICT_KEY.exec(code);
    if (item) {
      const literal = parseLiteral(item[3] as string);
      if (literal)
        entries.push(
          entry(
            [...parent, ...splitKey(item[2] as string)],
            { kind: 'set', to: literal, from: null },
            line,
            noted,
          ),
        );
      continue;
    }
    const subscripts = SUBSCRIPTS.exec(code);
    if (subscripts) {
      const keys = [...(subscripts[2] as string).matchAll(/\[["']([^"'\]]+)["']\]/gu)].map(
        (match) => match[1] as string,
      );
      const literal = parseLiteral(subscripts[3] as string);
      const root = subscripts[1] as string;
      if (literal)
        entries.push(
          entry(
            ROOTS.test(root) ? keys : [root, ...keys],
            { kind: 'set', to: literal, from: null },
            line,
            noted,
          ),
        );
      continue;
    }
    const assignment = ASSIGNMENT.exec(code);
    if (assignment && frames.length === 0 && open.length === 0) {
      const right = (assignment[2] as string).trim().replace(/,$/u, '');
      const literal = parseLiteral(right);
      const isName = literal?.isWord === true && typeof literal.value === 'string';
      if (literal && !isName) {
        const whole = right.startsWith('{') ? parseYamlValue(right) : undefined;
        const keys = splitKey(assignment[1] as string);
        const path = whole !== undefined && keys.length === 1 ? rootOf(String(keys[0])) : stripRoot(keys);
        entries.push(
          entry(
            path,
            { kind: 'set', to: whole === undefined ? literal : literalOf(whole, right), from: null },
            line,
            noted,
          ),
        );
        continue;
      }
    }
    const before = bracketDepth(code);
    readKeywordArguments(
      frames.at(-1)?.isDict === true && !code.includes('(') ? `dict(${code}` : code,
      line,
      open,
      entries,
      comment,
    );
    if (before > 0 && /\(\s*$/u.test(code))
      open.push(/([A-Za-z_][\w.]{0,80})\s*\(\s*$/u.exec(code)?.[1] ?? '');
    else if (before < 0) open.pop();
  }
  return entries;
}

/** `config = {…}` holds the whole config; `optimizer = {…}` one section of it. */
function rootOf(name: string): ConfigPath {
  if (ROOTS.test(name)) return [];
  const section = /^(.+?)_(?:config|cfg|params|args|kwargs|hparams|settings)$/iu.exec(name)?.[1];
  return section === undefined ||
    ROOTS.test(section) ||
    /^(?:new|optimi[sz]ed|training|train|updated|proposed)$/iu.test(section)
    ? []
    : [section];
}

function bracketDepth(text: string): number {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
  }
  return depth;
}
