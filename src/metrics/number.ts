const PLAIN = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
/** Julia's Float32: `0.31f0`. */
const SINGLE = /^[-+]?(?:\d+\.?\d*|\.\d+)f[-+]?\d+$/;
const WITH_THOUSANDS = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const WITH_DECIMAL_COMMA = /^[-+]?\d+,\d+(?:[eE][-+]?\d+)?$/;
/** Markdown marks the best of a table: `**92.1**`. */
const EMPHASIS = /^(\*{1,3}|`)([^*`]+)\1$/;
const NOT_A_NUMBER = /^[-+]?(?:nan|1\.#(?:qnan|ind|snan))(?:\(ind\))?$/i;
const INFINITE = /^([-+]?)(?:inf|infinity|1\.#inf|∞)$/i;
/** `tensor(0.52, device='cuda:0')`, `np.float64(0.83)`: numbers logged with their type. */
const WRAPPED =
  /^(?:(?:np|numpy|jnp|torch|tf)\.)?(?:tensor|array|float\d*|int\d*|double|DeviceArray|Array|Tensor|EagerTensor)\((?:([^\s,()[\]]+)|\[\s*([^\s,()[\]]+)\s*\])\s*(?:,[^()]*(?:\([^()]*\))?[^()]*)?\)$/;

/** Reads a number as trainings write them: `3.2e-4`, `83.1%` (83.1), `nan`, `-inf`, `1,234.5`, `tensor(0.5)`; undefined where it is none. */
export function readNumber(text: string, options: { decimalComma?: boolean } = {}): number | undefined {
  const trimmed = text.trim();
  if (PLAIN.test(trimmed)) return Number(trimmed);
  if (trimmed === '') return undefined;
  if (NOT_A_NUMBER.test(trimmed)) return Number.NaN;
  const infinite = INFINITE.exec(trimmed);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  // The minus of typesetting, as spreadsheets and plotting libraries write it.
  if (trimmed.startsWith('−')) return readNumber(`-${trimmed.slice(1)}`, options);
  if (trimmed.endsWith('%')) return readNumber(trimmed.slice(0, -1), options);
  if (options.decimalComma === true && WITH_DECIMAL_COMMA.test(trimmed))
    return Number(trimmed.replace(',', '.'));
  if (SINGLE.test(trimmed)) return Number(trimmed.replace('f', 'e'));
  if (WITH_THOUSANDS.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  const emphasized = trimmed.startsWith('*') || trimmed.startsWith('`') ? EMPHASIS.exec(trimmed) : null;
  if (emphasized) return readNumber(emphasized[2] as string, options);
  const wrapped = trimmed.endsWith(')') && trimmed.length < 200 ? WRAPPED.exec(trimmed) : null;
  return wrapped ? readNumber((wrapped[1] ?? wrapped[2]) as string) : undefined;
}

/** Spellings of "nothing was logged here". */
export function isMissing(text: string): boolean {
  return /^(?:|na|#?n\/a|<na>|null|none|nil|nat|-+|\?|missing|undefined)$/i.test(text.trim());
}
