import { formatNumber, styleOf } from '../number.ts';
import type { NumberStyle } from '../number.ts';
import { isAmbiguousWord } from './plain.ts';

export type ScalarPlace = 'block' | 'flow' | 'key';

export interface ScalarStyle {
  place: ScalarPlace;
  /** Source text of the scalar that is replaced, or of a neighbour: quotes, floats and exponents follow it. */
  like?: string | undefined;
}

/** Writes a scalar on one line so that YAML 1.1 and YAML 1.2 readers agree on it. */
export function formatScalar(value: null | boolean | number | string, style: ScalarStyle): string {
  if (value === null) return style.like === '~' ? '~' : 'null';
  if (typeof value === 'boolean') return formatBoolean(value, style.like);
  if (typeof value === 'number') return formatYamlNumber(value, styleOf(style.like ?? ''));
  return formatString(value, style);
}

function formatBoolean(value: boolean, like = ''): string {
  const word = String(value);
  if (/^(?:True|False)$/.test(like)) return word.charAt(0).toUpperCase() + word.slice(1);
  return /^(?:TRUE|FALSE)$/.test(like) ? word.toUpperCase() : word;
}

export function formatYamlNumber(value: number, style: NumberStyle): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return formatNumber(value, style);
}

function formatString(text: string, { place, like = '' }: ScalarStyle): string {
  const quote = like.charAt(0);
  if (quote === "'" && isPrintable(text)) return `'${text.replaceAll("'", "''")}'`;
  if (quote === '"' || !isPlain(text, place)) return doubleQuoted(text);
  return text;
}

const PLAIN_BLOCK = /^[\p{L}\p{N}_./$(^][\p{L}\p{N}_./+\-*@%$()=:\\<>~^&;!?', ]*$/u;
const PLAIN_FLOW = /^[\p{L}\p{N}_./$(^][\p{L}\p{N}_./+\-*@%$()=\\<>~^&;!' ]*$/u;

/** Stricter than any version of YAML asks for: what is not plainly plain is quoted. */
function isPlain(text: string, place: ScalarPlace): boolean {
  if (text === '' || text !== text.trim() || text.length > 1000) return false;
  if (!(place === 'block' ? PLAIN_BLOCK : PLAIN_FLOW).test(text)) return false;
  if (/: |:$|^\.\.\.|^---/.test(text)) return false;
  return !isAmbiguousWord(text);
}

/** Safe between quotes as it is, on one line, in every version: no control, no exotic line break, no lone surrogate. */
function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

const UNPRINTABLE = /[\p{Cc}\p{Cs}\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]/u;

/** JSON's escapes are YAML's, but for what JSON leaves unescaped and YAML 1.1 does not print. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u{7F}-\u{9F}\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
