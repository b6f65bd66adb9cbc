/** What one config key may hold. `read` returns undefined for a value that does not fit `expected`. */
export interface Rule<T> {
  expected: string;
  /** The value where the key is absent; undefined: the key is required. */
  fallback: T | undefined;
  read: (value: unknown) => T | undefined;
}
export type ValueOf<R> = R extends Rule<infer T> ? T : never;

interface Bounds {
  min?: number;
  max?: number;
  above?: number;
  below?: number;
}

const isWithin = (x: number, { min, max, above, below }: Bounds): boolean =>
  (min === undefined || x >= min) &&
  (max === undefined || x <= max) &&
  (above === undefined || x > above) &&
  (below === undefined || x < below);

function interval({ min, max, above, below }: Bounds): string {
  const low = above === undefined ? `[${min ?? '-inf'}` : `(${above}`;
  const high = below === undefined ? `${max ?? 'inf'}]` : `${below})`;
  return `${low}, ${high}`.replace('[-inf', '(-inf').replace('inf]', 'inf)');
}

export const number = (fallback: number, bounds: Bounds): Rule<number> => ({
  expected: `a number in ${interval(bounds)}`,
  fallback,
  read: (value) => (typeof value === 'number' && isWithin(value, bounds) ? value : undefined),
});

export const integer = (fallback: number, bounds: Bounds): Rule<number> => ({
  expected: `a whole number in ${interval(bounds)}`,
  fallback,
  read: (value) =>
    Number.isSafeInteger(value) && isWithin(value as number, bounds) ? (value as number) : undefined,
});

export const boolean = (fallback: boolean): Rule<boolean> => ({
  expected: 'true or false',
  fallback,
  read: (value) => (typeof value === 'boolean' ? value : undefined),
});

export const text = (fallback: string | undefined): Rule<string> => ({
  expected: 'text',
  fallback,
  read: (value) => (typeof value === 'string' ? value : undefined),
});

export const choice = <const T extends string>(fallback: NoInfer<T>, options: readonly T[]): Rule<T> => ({
  expected: `one of ${options.join(', ')}`,
  fallback,
  read: (value) => options.find((option) => option === value),
});

export const list = <T>(fallback: T[], item: Rule<T>, length?: number): Rule<T[]> => ({
  expected: `a list${length === undefined ? '' : ` of ${length}`}, each ${item.expected}`,
  fallback,
  read(value) {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length)) return undefined;
    const items = value.map((entry) => item.read(entry));
    return items.includes(undefined) ? undefined : (items as T[]);
  },
});

/** `null` (or nothing after the colon) is allowed and is the value where the key is absent. */
export const optional = <T>(rule: Rule<T>): Rule<T | null> => ({
  expected: `${rule.expected}, or null`,
  fallback: null,
  read: (value) => (value === null ? null : rule.read(value)),
});
