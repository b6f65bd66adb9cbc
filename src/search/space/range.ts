import type { ConfigValue } from '../../config/value.ts';
import type { Domain } from '../space.ts';
import { show, type Entry } from './place.ts';
import { numberOf } from './spelled.ts';

interface Written {
  low: ConfigValue | undefined;
  high: ConfigValue | undefined;
  isLog: boolean;
  step: ConfigValue | undefined;
}

/** A range of real or whole numbers, checked. */
export function readRange(entry: Entry, kind: 'float' | 'int', written: Written): Domain {
  const low = bound(entry, 'low', written.low);
  const high = bound(entry, 'high', written.high);
  const { isLog } = written;
  if (low > high) {
    throw entry.error(
      'SEARCH_RANGE_INVALID',
      `low ${low} is above high ${high}.`,
      `Exchange them: low: ${high}, high: ${low}.`,
    );
  }
  if (isLog && low <= 0) {
    throw entry.error(
      'SEARCH_RANGE_INVALID',
      `a log scale cannot reach ${low}.`,
      'Give a low above 0, or a linear type (uniform, int).',
    );
  }
  if (kind === 'int' && !(Number.isInteger(low) && Number.isInteger(high))) {
    throw entry.error(
      'SEARCH_RANGE_INVALID',
      `whole numbers cannot range from ${low} to ${high}.`,
      'Give whole bounds, or type uniform.',
    );
  }
  if (!Number.isFinite(high - low) || Math.abs(low) > 2 ** 53 || Math.abs(high) > 2 ** 53) {
    throw entry.error('SEARCH_RANGE_INVALID', `the range from ${low} to ${high} is too wide to be searched.`);
  }
  const step = readStep(entry, kind, written, high - low);
  const top = step === null || low === high ? high : lastStep(low, high, step);
  if (kind === 'int') return { kind, low, high: top, isLog, step: step ?? 1 };
  return { kind, low, high: top, isLog, step };
}

function bound(entry: Entry, end: 'low' | 'high', value: ConfigValue | undefined): number {
  if (value === undefined) {
    throw entry.error('SEARCH_PARAM_INVALID', `\`${end}\` is missing.`, 'Give `low` and `high`.');
  }
  const number = numberOf(value);
  if (number === undefined || !Number.isFinite(number)) {
    throw entry.error(
      'SEARCH_RANGE_INVALID',
      `\`${end}\` must be a finite number, not ${typeof number === 'number' ? String(number) : show(value)}.`,
      'Write a number, such as 0.1 or 1.0e-4.',
    );
  }
  return number;
}

function readStep(entry: Entry, kind: 'float' | 'int', written: Written, width: number): number | null {
  if (written.step === undefined || written.step === null) return null;
  const step = numberOf(written.step);
  const wrong = (problem: string, remedy: string): Error =>
    entry.error('SEARCH_STEP_INVALID', problem, remedy);
  if (step === undefined || !Number.isFinite(step) || step <= 0) {
    throw wrong(
      `a step must be a positive number, not ${show(written.step)}.`,
      'Give a positive step, or none.',
    );
  }
  if (kind === 'int' && !Number.isInteger(step)) {
    throw wrong(`whole numbers cannot go in steps of ${step}.`, 'Give a whole step.');
  }
  if (written.isLog && !(kind === 'int' && step === 1)) {
    throw wrong('a log scale has no equal steps.', 'Leave the step out, or list the values.');
  }
  if (width > 0 && step > width * (1 + 1e-9)) {
    throw wrong(`a step of ${step} is larger than the range of ${width}.`, 'Give a smaller step.');
  }
  if (width / step > 2 ** 31) throw wrong(`a step of ${step} makes too many values.`, 'Leave the step out.');
  return step;
}

/** The highest value of the grid that is not above `high`. */
function lastStep(low: number, high: number, step: number): number {
  const count = Math.floor((high - low) / step + 1e-9);
  const top = low + count * step;
  return Math.abs(top - high) <= 1e-9 * step ? high : Number(top.toPrecision(12));
}
