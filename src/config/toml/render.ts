import { configError } from '../errors.ts';
import { isMapping } from '../lookup.ts';
import { formatNumber, styleOf } from '../number.ts';
import type { ConfigValue } from '../value.ts';

export interface TomlStyle {
  /** Source text of the value that is replaced: quotes, floats and dates follow it. */
  like?: string | undefined;
  file: string;
}

const DATE =
  /^(?:\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d:\d\d(?:\.\d+)?)$/;

/** A value on one line, as TOML 1.0 has it. */
export function renderToml(value: ConfigValue, style: TomlStyle): string {
  if (Array.isArray(value)) {
    const like = floatLike(style.like);
    return `[${value.map((item) => renderToml(item, { file: style.file, like })).join(', ')}]`;
  }
  if (isMapping(value)) {
    const pairs = Object.entries(value).map(
      ([key, item]) => `${renderKey(key)} = ${renderToml(item, { file: style.file })}`,
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (value === null) {
    throw configError('CONFIG_VALUE_UNWRITABLE', 'TOML cannot hold null.', {
      file: style.file,
      remedy: 'Remove the key instead, or use a value that the trainer takes for none.',
    });
  }
  if (typeof value === 'number') return renderNumber(value, style.like ?? '');
  return typeof value === 'string' ? renderString(value, style) : String(value);
}

export function renderKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : basicString(key);
}

/** A float of the old list, when all its numbers were floats. */
function floatLike(list = ''): string | undefined {
  const numbers = [...list.matchAll(/(?<![\w"'])[-+]?\d[\w.+-]*/g)].map((match) => match[0]);
  return list.startsWith('[') && numbers.length > 0 && numbers.every((text) => styleOf(text).float === true)
    ? '1.0'
    : undefined;
}

function renderNumber(value: number, like: string): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  // Integers of TOML have 64 bits.
  if (Number.isInteger(value) && Math.abs(value) >= 2 ** 63) return formatNumber(value, { exponent: true });
  return formatNumber(value, styleOf(like));
}

function renderString(text: string, { like = '', file }: TomlStyle): string {
  if (/\p{Cs}/u.test(text)) {
    throw configError('CONFIG_VALUE_UNWRITABLE', 'TOML cannot hold half of a surrogate pair.', {
      file,
      remedy: 'Correct the text.',
    });
  }
  const isDate = DATE.test(like) && DATE.test(text) && like.includes('-') === text.includes('-');
  if (isDate) return text;
  const isLiteral = like.startsWith("'") && !/['\p{Cc}]/u.test(text);
  return isLiteral ? `'${text}'` : basicString(text);
}

function basicString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
