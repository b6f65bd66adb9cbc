/** A gain that a report promises, in points (or relative %). */
export interface ExpectedRange {
  low: number;
  high: number;
}

const NUMBER = String.raw`([-+−]?\s?\d+(?:[.,]\d+)?)`;
const RANGE = new RegExp(
  String.raw`(?<![\w.])${NUMBER}\s*(?:%|pp|points?)?\s*(?:–|—|-|to|bis|…|\.\.\.?)\s*${NUMBER}\s*(%|pp\b|points?\b|percentage points?\b)?`,
  'i',
);
const SINGLE = new RegExp(
  String.raw`(?<![\w.])([+]\s?\d+(?:[.,]\d+)?|[-−]\s?\d+(?:[.,]\d+)?|~\s?\d+(?:[.,]\d+)?)\s*(%|pp\b|points?\b|percentage points?\b)`,
  'i',
);

/**
 * The gain in a text such as `+3–5 % val acc`, `+0.5 to +2 points`, `no gain alone`; null where it states none. A level
 * (`90–92 %` of accuracy) is no gain: without a sign only what stays under 30 counts.
 */
export function expectedRange(text: string | null): ExpectedRange | null {
  if (text === null) return null;
  if (/\bno (?:gain|change|effect)\b/i.test(text)) return { low: 0, high: 0 };
  const range = RANGE.exec(text);
  if (range) {
    const low = toNumber(range[1] ?? '');
    const second = range[2] ?? '';
    const high = toNumber(second);
    const isSigned = /[-+−]/.test(range[1] ?? '');
    const hasUnit = range[3] !== undefined || /%|pp|point/i.test(range[0]);
    if (!isSigned && (!hasUnit || Math.max(low, high) >= 30)) return null;
    return { low: Math.min(low, high), high: Math.max(low, high) };
  }
  const single = SINGLE.exec(text);
  if (!single) return null;
  const value = toNumber((single[1] ?? '').replace('~', ''));
  return { low: value, high: value };
}

const toNumber = (text: string): number =>
  Number(text.replaceAll(/[\s+]/g, '').replace('−', '-').replace(',', '.'));
