import type { ConfigValue } from '../../../config/value.ts';
import { sizeOf } from '../../../search/space/domain.ts';
import type { Param } from '../../../search/space.ts';
import type { SweepSummary } from '../../../study/sweep/summary.ts';
import { formatSetting } from '../../setting.ts';

/** A parameter as an axis from 0 to 1; wide enough for values that lie outside the space (a baseline's). */
export interface ParamAxis {
  param: Param;
  positionOf: (value: ConfigValue | undefined) => number | null;
  ticks: { at: number; text: string }[];
}

const MOST_CHOICES = 8;

export function paramAxis(param: Param, { trials }: SweepSummary): ParamAxis {
  if (param.kind === 'categorical' || param.kind === 'ordinal') {
    const choices: ConfigValue[] = [...param.choices];
    const key = (value: ConfigValue): string => JSON.stringify(value);
    for (const { params } of trials) {
      const value = params[param.name];
      if (value !== undefined && !choices.some((choice) => key(choice) === key(value))) choices.push(value);
    }
    if (param.kind === 'ordinal') choices.sort((a, b) => Number(a) - Number(b));
    const places = new Map(choices.map((choice, index) => [key(choice), (index + 0.5) / choices.length]));
    const step = Math.ceil(choices.length / MOST_CHOICES);
    return {
      param,
      positionOf: (value) => (value === undefined ? null : (places.get(key(value)) ?? null)),
      ticks: choices.flatMap((choice, index) =>
        index % step === 0 ? [{ at: (index + 0.5) / choices.length, text: formatSetting(choice, 14) }] : [],
      ),
    };
  }
  const values = trials.flatMap(({ params }) => {
    const value = params[param.name];
    return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
  });
  const isLog = param.isLog;
  const inside = isLog ? values.filter((value) => value > 0) : values;
  const low = Math.min(param.low, ...inside);
  const high = Math.max(param.high, ...inside);
  const scale = (value: number): number =>
    isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const isFlat = low === high || sizeOf(param) === 1;
  return {
    param,
    // Zero has no place on a log scale; it is drawn at the lower end.
    positionOf: (value) =>
      typeof value !== 'number' ? null : isFlat ? 0.5 : isLog && value <= 0 ? 0 : scale(value),
    ticks: (isFlat ? [low] : isLog ? logTicks(low, high) : evenTicks(low, high, param.kind === 'int')).map(
      (value) => ({ at: isFlat ? 0.5 : scale(value), text: shortNumber(value) }),
    ),
  };
}

function logTicks(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / 5));
  const powers: number[] = [];
  for (let power = first; power <= last; power += step) powers.push(Number(`1e${power}`));
  return powers.length >= 2 ? powers : [low, high];
}

function evenTicks(low: number, high: number, isWhole: boolean): number[] {
  const count = isWhole ? Math.min(4, high - low) : 4;
  const ticks = Array.from({ length: count + 1 }, (_, index) => low + ((high - low) * index) / count);
  return isWhole ? [...new Set(ticks.map(Math.round))] : ticks;
}

function shortNumber(value: number): string {
  const text = String(Number(value.toPrecision(3)));
  return text.length <= 6 ? text : value.toExponential(0).replace('e+', 'e');
}
