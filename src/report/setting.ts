import type { ConfigValue } from '../config/value.ts';
import { toPlain } from './plain.ts';

const BARE = /^[\p{L}_./][\p{L}\p{N}_./:+-]*$/u;
/** Words that would read as something other than text. */
const AMBIGUOUS = /^(?:true|false|null|yes|no|on|off|~|nan|[-+]?\.?inf|\.nan)$/iu;

/** A config value on one line, as in a YAML flow: `0.4`, `cosine`, `"no"`, `[RandomCrop, {p: 0.5}]`. */
export function formatSetting(value: ConfigValue, max = 80): string {
  return toPlain(flow(value, { left: max * 4 }), max);
}

/** `budget.left` bounds the work on huge values; what lies beyond is cut off by the caller anyway. */
function flow(value: ConfigValue, budget: { left: number }): string {
  if (budget.left <= 0) return '…';
  if (typeof value === 'string') {
    const text = BARE.test(value) && !AMBIGUOUS.test(value) ? value : JSON.stringify(value);
    budget.left -= text.length;
    return text;
  }
  if (Array.isArray(value)) return `[${takeWhileAffordable(value, budget, (item) => flow(item, budget))}]`;
  if (value !== null && typeof value === 'object') {
    return `{${takeWhileAffordable(Object.entries(value), budget, ([key, item]) => `${flow(key, budget)}: ${flow(item, budget)}`)}}`;
  }
  budget.left -= 6;
  return String(value);
}

function takeWhileAffordable<Item>(
  items: readonly Item[],
  budget: { left: number },
  write: (item: Item) => string,
): string {
  const parts: string[] = [];
  for (const item of items) {
    if (budget.left <= 0) {
      parts.push('…');
      break;
    }
    parts.push(write(item));
  }
  return parts.join(', ');
}
