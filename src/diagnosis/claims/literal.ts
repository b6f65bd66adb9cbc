import { parseDocument } from 'yaml';
import type { ConfigValue } from '../../config/value.ts';
import { NUMBER_VALUES } from '../words/classes.ts';
import { readNumber, roundSanely } from '../text/numbers.ts';
import type { Token } from '../text/tokens.ts';

/** A value as a report writes it. */
export interface Literal {
  value: ConfigValue;
  raw: string;
  /** `40%`; `value` stays 40. */
  isPercent: boolean;
  /** A bare word, whose type the slot decides (`None`, `on`, `adamw`). */
  isWord: boolean;
  isQuoted: boolean;
  /** Set as code in the report, so that its spelling is meant. */
  isCode?: boolean;
}

const YAML_FLOAT = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
const WORDS: Readonly<Record<string, ConfigValue>> = {
  true: true,
  false: false,
  null: null,
  none: null,
};
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_FLOW_LENGTH = 4000;
const MAX_DEPTH = 12;

export function literalOf(value: ConfigValue, raw: string, traits: Partial<Literal> = {}): Literal {
  return { value, raw, isPercent: false, isWord: false, isQuoted: false, ...traits };
}

/** A copy of parsed YAML or JSON as plain config values; undefined where it holds anything else. */
export function toConfigValue(value: unknown, depth = 0): ConfigValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const out: ConfigValue[] = [];
    for (const item of value) {
      const copy = toConfigValue(item, depth + 1);
      if (copy === undefined) return undefined;
      out.push(copy);
    }
    return out;
  }
  if (typeof value !== 'object') return undefined;
  const out = Object.create(null) as Record<string, ConfigValue>;
  for (const [key, item] of Object.entries(value)) {
    const copy = REFUSED_KEYS.has(key) ? undefined : toConfigValue(item, depth + 1);
    if (copy === undefined) return undefined;
    out[key] = copy;
  }
  return out;
}

/** Parses YAML that a report shows (flow collections, block sequences); undefined where it is none, or a bomb. */
export function parseYamlValue(text: string): ConfigValue | undefined {
  if (text.length > MAX_FLOW_LENGTH || (text.match(/[[{]/gu)?.length ?? 0) > 200) return undefined;
  try {
    const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    return toConfigValue(document.toJS({ maxAliasCount: 20 }));
  } catch {
    return undefined;
  }
}

function unquote(text: string): string | undefined {
  const match = /^(["'])(.*)\1$/su.exec(text);
  if (!match) return undefined;
  if (match[1] === "'") return (match[2] as string).replaceAll("''", "'");
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return match[2];
  }
}

/** Reads a whole text as one value, as YAML and Python write them; undefined when it is more (or less) than a value. */
export function parseLiteral(source: string): Literal | undefined {
  const raw = source.trim();
  if (raw === '' || raw.length > MAX_FLOW_LENGTH) return undefined;
  const quoted = unquote(raw);
  if (quoted !== undefined)
    return quoted.includes('"') && raw.startsWith('"')
      ? undefined
      : literalOf(quoted, raw, { isQuoted: true });
  if (YAML_FLOAT.test(raw)) {
    const value = Number(raw.replaceAll('_', ''));
    return Number.isFinite(value) ? literalOf(value, raw) : undefined;
  }
  const word = WORDS[raw.toLowerCase()];
  if (word !== undefined && Object.hasOwn(WORDS, raw.toLowerCase()))
    return literalOf(word, raw, { isWord: true });
  if (raw === '~') return literalOf(null, raw);
  if (/^[+.\d-]/u.test(raw)) {
    const number = readNumber(raw, 0);
    if (number && number.end === raw.length && !number.isMultiple && number.unit === null)
      return literalOf(number.value, raw, { isPercent: number.isPercent });
  }
  if (/^[[{]/u.test(raw)) {
    const value = parseYamlValue(raw.replaceAll(/\bTrue\b/gu, 'true').replaceAll(/\bFalse\b/gu, 'false'));
    return value === undefined || typeof value !== 'object' ? undefined : literalOf(value, raw);
  }
  if (/^\(\s*[+.\d-][^()]*,[^()]*\)$/u.test(raw))
    return parseLiteral(`[${raw.slice(1, -1).replace(/,\s*$/u, '')}]`);
  // `16-mixed`, `8bit`: a word that starts with a number.
  if (/^(?:[\p{L}_][\p{L}\p{N}_./-]*|\d{1,3}-[\p{L}][\p{L}\p{N}_-]*)$/u.test(raw))
    return literalOf(raw, raw, { isWord: true });
  return undefined;
}

/** The value of one token; bare words count only where the surroundings are code or the word stands for a number. */
export function tokenLiteral(token: Token, acceptsWords: boolean): Literal | undefined {
  if (token.number) {
    if (token.number.isMultiple) return undefined;
    const { value, isPercent } = token.number;
    return literalOf(roundSanely(value), token.text, { isPercent });
  }
  if (token.kind === 'string') {
    const inner = token.text.slice(1, -1).trim();
    if (inner === '') return undefined;
    // Quotation marks around a number in a sentence are emphasis; in code they make a string.
    const number = token.code < 0 ? parseLiteral(inner) : undefined;
    if (number && typeof number.value === 'number') return number;
    return literalOf(inner, token.text, { isQuoted: true });
  }
  if (token.kind === 'list') return parseLiteral(token.text);
  if (token.kind !== 'word') return undefined;
  if (/^(?:true|false|null|none)$/u.test(token.lower)) return parseLiteral(token.text);
  if (/^(?:on|off|yes|no)$/u.test(token.lower) && acceptsWords)
    return literalOf(token.text, token.text, { isWord: true });
  const number = NUMBER_VALUES.get(token.lower);
  if (number !== undefined && token.lower !== 'null') return literalOf(number, token.text);
  return acceptsWords
    ? literalOf(token.text, token.text, { isWord: true, isCode: token.code >= 0 })
    : undefined;
}
