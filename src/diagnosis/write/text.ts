import { formatNumber } from '../../config/number.ts';
import type { ConfigValue } from '../../config/value.ts';

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const LONGEST = 300;

/** Foreign text as one line of literal Markdown. */
export function literal(text: string): string {
  return text
    .replace(CONTROL, ' ')
    .slice(0, LONGEST)
    .replace(/[\\`*[\]<>|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (character) => `\\${character}`);
}

/** Inline code that holds the text whatever it is. */
export function code(text: string): string {
  const line = text.replace(CONTROL, ' ');
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/gu), (run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return fence + pad + line + pad + fence;
}

/** A value on one line as YAML 1.1, YAML 1.2 and JSON read it alike; text is quoted unless it is a plain word. */
export function spell(value: ConfigValue): string {
  if (typeof value === 'number')
    return Number.isFinite(value) ? formatNumber(value) : JSON.stringify(String(value));
  if (typeof value === 'string')
    return /^(?!(?:y|n|yes|no|on|off|true|false|null|none|nan|inf)$)[A-Za-z][\w-]*$/iu.test(value)
      ? value
      : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spell).join(', ')}]`;
  return JSON.stringify(value);
}
