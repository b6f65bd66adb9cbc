import { readNumber } from '../metrics/number.ts';
import { compareError } from './errors.ts';

/** `78.1,78.9` and further words, in any separation, as numbers; NaN stands for a run that diverged. */
export function readValues(words: readonly string[], side: string): number[] {
  const texts = words.flatMap((word) => word.split(/[,;\s]+/)).filter((text) => text !== '');
  const values = texts.map((text) => {
    const value = readNumber(text);
    if (value === undefined) {
      throw compareError('COMPARE_VALUE_INVALID', `'${text}' (${side}) is not a number.`, {
        remedy: 'Write numbers with commas between: --values 78.1,78.9,77.6 -- 82.0,81.1,83.0.',
      });
    }
    return value;
  });
  if (values.length > 0) return values;
  throw compareError('COMPARE_GROUPS', `There are no numbers for the ${side} group.`, {
    remedy: 'Write both groups: --values 78.1,78.9,77.6 -- 82.0,81.1,83.0.',
  });
}

/** Numbers without a name: 0.78 beside 82 may be an accuracy written in two ways, or two different things. */
export function refuseMixedScales(baseline: readonly number[], optimized: readonly number[]): void {
  const isFraction = (values: readonly number[]): boolean =>
    values.every((value) => value >= 0 && value <= 1);
  const isPercent = (values: readonly number[]): boolean =>
    values.every((value) => value > 5 && value <= 100);
  const finite = [baseline, optimized].map((values) => values.filter(Number.isFinite));
  const [a = [], b = []] = finite;
  if (a.length === 0 || b.length === 0) return;
  if (!(isFraction(a) && isPercent(b)) && !(isPercent(a) && isFraction(b))) return;
  throw compareError('COMPARE_SCALES', 'One group lies within 0–1 and the other within 0–100.', {
    remedy:
      'Say what the numbers are, such as --metric val_acc (fractions are then multiplied by 100), or write both alike.',
  });
}
