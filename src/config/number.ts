export interface NumberStyle {
  /** The number stands where floats stand: an integral value is written `1.0`. */
  float?: boolean;
  /** Write with an exponent, as the neighbours do. */
  exponent?: boolean;
}

/**
 * A finite number as YAML 1.1, YAML 1.2, TOML and JSON all read it: decimal digits while they stay short,
 * else a mantissa with a dot and an exponent with a sign (`1.0e-7`; PyYAML takes `1e-7` for a string).
 */
export function formatNumber(value: number, style: NumberStyle = {}): string {
  const shortest = Object.is(value, -0) ? '-0' : String(value);
  if (shortest.includes('e')) return withDot(shortest);
  if (style.exponent === true && value !== 0 && !isComfortable(value)) return withDot(value.toExponential());
  if (style.float === true || Object.is(value, -0))
    return shortest.includes('.') ? shortest : `${shortest}.0`;
  return shortest;
}

/** How the number was spelled in the source, as a style for the one that replaces it. */
export function styleOf(spelling: string): NumberStyle {
  const text = spelling.toLowerCase();
  if (text.startsWith('0x') || !/^[-+]?[.\d]/.test(text)) return {};
  return { float: /[.e]/.test(text), exponent: text.includes('e') };
}

/** Numbers nobody writes with an exponent, whatever the neighbours do. */
function isComfortable(value: number): boolean {
  const size = Math.abs(value);
  return size >= 0.001 && size < 100_000;
}

/** `1e-7` → `1.0e-7`, `1.5e+21` → `1.5e+21`. */
function withDot(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e');
  const dotted = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return `${dotted}e${/^[-+]/.test(exponent) ? exponent : `+${exponent}`}`;
}
