import { oneLine } from './comment.ts';
import type { ConfigValue } from './value.ts';

const LIMIT = 60;

/** A value on one short line, for comments and tables: `[0.9, 0.999]`, `{name: Crop, size: 32}`. */
export function describeValue(value: ConfigValue, limit = LIMIT): string {
  const text = write(value, limit * 4);
  return oneLine(text, limit);
}

/** Stops descending once `budget` characters are spent, so that huge values cost nothing. */
function write(value: ConfigValue, budget: number): string {
  if (typeof value === 'string') return writeString(value.slice(0, budget));
  if (value === null || typeof value !== 'object') return String(value);
  const parts: string[] = [];
  let left = budget;
  for (const [key, item] of Object.entries(value)) {
    if (left <= 0) break;
    const text = Array.isArray(value) ? write(item, left) : `${key}: ${write(item, left)}`;
    parts.push(text);
    left -= text.length + 2;
  }
  return Array.isArray(value) ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

function writeString(text: string): string {
  return /^[\p{L}\p{N}_./][\p{L}\p{N}_./ +\-@%=]*$/u.test(text) && text.trim() === text
    ? text
    : JSON.stringify(text);
}
