const SPELLINGS = new Set(['NaN', 'Infinity', '-Infinity']);

/** JSON with NaN and infinities, as `{"$n":"NaN"}`: a diverged value must come back from the store as what it was. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'number' && !Number.isFinite(item) ? { $n: String(item) } : item,
  );
}

/** Reads what `writeJson` wrote. The rows are Pawl's own, so their shape is trusted; their keys still reach no prototype. */
export function parseJson<T>(text: string): T {
  if (!text.includes('"$n"') && !text.includes('"__proto__"')) return JSON.parse(text) as T;
  return JSON.parse(text, (key, item: unknown) => {
    if (key === '__proto__') return undefined;
    if (typeof item === 'object' && item !== null && '$n' in item && typeof item.$n === 'string') {
      if (SPELLINGS.has(item.$n) && Object.keys(item).length === 1) return Number(item.$n);
    }
    return item;
  }) as T;
}
