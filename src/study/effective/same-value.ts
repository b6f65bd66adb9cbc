import { allPaths, equalValues, getAt, isMapping } from '../../config/lookup.ts';
import type { ConfigDocument } from '../../config/_contract.ts';
import type { ConfigValue } from '../../config/value.ts';
import { parseLiteral } from '../../metrics/literal.ts';

/** Leaves from which on a record of nothing but texts is taken for one that writes everything as text. */
const FEW = 2;

/** Whether a record keeps all values as texts (`{"lr": "0.0001", "amp": "True"}`), so that a text says nothing of its type. */
export function isTextual({ value }: ConfigDocument): boolean {
  const leaves = allPaths(value)
    .map((path) => getAt(value, path))
    .filter((leaf) => leaf !== undefined && !isMapping(leaf) && !Array.isArray(leaf));
  return leaves.length >= FEW && leaves.every((leaf) => typeof leaf === 'string');
}

/** What a record says, without what its writer wrapped around it. `wanted`: what is looked for. */
export function unwrap(seen: ConfigValue, wanted: ConfigValue | undefined, textual: boolean): ConfigValue {
  // W&B: `lr: {desc: null, value: 0.01}`.
  if (isMapping(seen) && !isMapping(wanted ?? null) && 'value' in seen) {
    const others = Object.keys(seen).filter((key) => key !== 'value' && key !== 'desc');
    if (others.length === 0) return seen['value'] ?? null;
  }
  if (!textual || typeof seen !== 'string' || typeof wanted === 'string') return seen;
  // The space ends a bare word, which may go on otherwise.
  const text = `${seen.trim()} `;
  const literal = parseLiteral(text);
  const isWhole = literal && !literal.isCut && text.slice(literal.end).trim() === '';
  return isWhole ? literal.value : seen;
}

/**
 * Whether two values mean the same to a training. Floats may have passed through 32 bits; a mapping may have been filled up
 * with defaults; a switch may be 0 or 1; a name may be an enum's (`SchedulerType.COSINE`); a path may have become absolute.
 */
export function isSame(seen: ConfigValue, wanted: ConfigValue): boolean {
  if (typeof seen === 'number' && typeof wanted === 'number')
    return Object.is(seen, wanted) || Math.abs(seen - wanted) <= 1e-6 * Math.abs(wanted);
  if (typeof seen === 'boolean' && typeof wanted === 'number') return Number(seen) === wanted;
  if (typeof seen === 'number' && typeof wanted === 'boolean') return seen === Number(wanted);
  if (typeof seen === 'string' && typeof wanted === 'string') return isSameText(seen, wanted);
  if (Array.isArray(seen) && Array.isArray(wanted))
    return seen.length === wanted.length && seen.every((item, index) => isSame(item, wanted[index] ?? null));
  if (isMapping(seen) && isMapping(wanted))
    return Object.entries(wanted).every(([key, item]) => key in seen && isSame(seen[key] ?? null, item));
  return equalValues(seen, wanted);
}

function isSameText(seen: string, wanted: string): boolean {
  if (seen.toLowerCase() === wanted.toLowerCase()) return true;
  const member = /^[A-Z]\w*\.([A-Za-z_]\w*)$/.exec(seen)?.[1];
  if (member !== undefined && member.toLowerCase() === wanted.toLowerCase().replaceAll('-', '_')) return true;
  const relative = wanted.replace(/^\.\//, '');
  return (
    relative !== '' && /^(?:\/|[A-Za-z]:)/.test(seen) && seen.replaceAll('\\', '/').endsWith(`/${relative}`)
  );
}
