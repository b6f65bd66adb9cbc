/** A copy for JSON: NaN and infinities as the strings `"NaN"`, `"Infinity"`, `"-Infinity"`; undefined members fall away. */
export type Jsonable = null | boolean | number | string | Jsonable[] | { [key: string]: Jsonable };

export function toJsonable(value: unknown): Jsonable {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(toJsonable);
  if (typeof value === 'object') {
    const copy: { [key: string]: Jsonable } = Object.create(null);
    for (const [key, member] of Object.entries(value)) {
      if (member !== undefined) copy[key] = toJsonable(member);
    }
    return copy;
  }
  return null;
}
