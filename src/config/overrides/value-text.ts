import { isMapping } from '../lookup.ts';
import { formatNumber } from '../number.ts';
import type { ConfigValue } from '../value.ts';
import type { ValueSyntax } from './_contract.ts';

interface Words {
  null: string;
  true: string;
  false: string;
  infinity: string;
  nan: string | undefined;
}

const WORDS: Record<ValueSyntax, Words> = {
  yaml: { null: 'null', true: 'true', false: 'false', infinity: '.inf', nan: '.nan' },
  // Python has no literal for infinity but a number too large for a float; for NaN it has none at all.
  python: { null: 'None', true: 'True', false: 'False', infinity: '1e999', nan: undefined },
};

/**
 * A value as YAML flow text or as a Python literal. Strings stand in double quotes with the escapes that YAML, JSON and
 * Python share, so that no reader takes them for anything else and none that evaluates its arguments runs them.
 * Undefined where the syntax has no such literal.
 */
export function valueText(value: ConfigValue, syntax: ValueSyntax, isFloat = false): string | undefined {
  const words = WORDS[syntax];
  if (value === null) return words.null;
  if (typeof value === 'boolean') return value ? words.true : words.false;
  if (typeof value === 'number') return numberText(value, words.infinity, words.nan, isFloat);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => valueText(item, syntax));
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const entries = Object.entries(isMapping(value) ? value : {}).map(([key, item]) => {
    const text = valueText(item, syntax);
    return text === undefined ? undefined : `${quoted(key)}: ${text}`;
  });
  return entries.includes(undefined) ? undefined : `{${entries.join(', ')}}`;
}

/** A number with the words that a reader has for what is not finite. */
export function numberText(
  value: number,
  infinity: string,
  nan: string | undefined,
  isFloat: boolean,
): string | undefined {
  if (Number.isNaN(value)) return nan;
  if (!Number.isFinite(value)) return value > 0 ? infinity : `-${infinity}`;
  return formatNumber(value, { float: isFloat });
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
};

/** What YAML would not take raw, or a terminal would not show. */
const UNPRINTABLE = /["\\]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00A0\uFFFE\uFFFF]/gu;

function quoted(text: string): string {
  return `"${text.replaceAll(UNPRINTABLE, (char) => ESCAPES[char] ?? escaped(char))}"`;
}

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
