import type { RuleCase } from '../_contract.ts';
import { ramp } from '../weigh.ts';
import { settled } from './series.ts';

/** How well the training data are fitted, and how far the run is from what is wanted. */
export interface Fit {
  /** From 0 (good) to 1 (poor): the better of training and validation side, against the target where there is one. */
  poor: number;
  /** The same of the training side alone, against a perfect fit; 0 where it is no rate. */
  trainPoor: number;
  /** Points that the better side lacks to the target; null without a target. */
  short: number | null;
  /** Points that the validation side lacks to the target. */
  valShort: number | null;
  /** Share of its first value that the training loss has kept; NaN where no loss was logged. */
  kept: number;
  /** Points by which the training side is better at the end; NaN where either is missing. */
  gap: number;
  /** For people: `train 61.0, validation 58.2, target 80`. */
  text: string;
}

export function fitOf({ run, target, thresholds }: RuleCase): Fit {
  const { names, points, val, train, trainLoss, best } = run;
  const sign = names.goal === 'max' ? 1 : -1;
  const valEnd = best?.value ?? Number.NaN;
  const trainEnd = train.length > 0 ? settled(train) : Number.NaN;
  const known = [valEnd, trainEnd].filter(Number.isFinite);
  const better = known.length === 0 ? Number.NaN : sign * Math.max(...known.map((value) => sign * value));
  const lack = (value: number): number | null =>
    target === null || !Number.isFinite(value) ? null : sign * (target - value) * points;
  const first = trainLoss[0]?.value ?? Number.NaN;
  const kept = first > 0 ? settled(trainLoss) / first : Number.NaN;
  const short = lack(better);
  const isRate = names.scale !== 'other' && names.goal === 'max';
  const show = (value: number): string =>
    Number.isFinite(value) ? String(Number((value * shown(names.scale)).toPrecision(3))) : 'not logged';
  return {
    poor: poorness(short, isRate ? 100 - better * points : Number.NaN, kept, thresholds.poorFit),
    trainPoor: isRate && Number.isFinite(trainEnd) ? ramp(100 - trainEnd * points, 8, 20) : 0,
    short,
    valShort: lack(valEnd),
    kept,
    gap: train.length > 0 && val.length > 0 ? sign * (trainEnd - settled(val)) * points : Number.NaN,
    text: `training ${show(trainEnd)}, validation ${show(valEnd)}${target === null ? '' : `, target ${show(target)}`}`,
  };
}

const shown = (scale: string): number => (scale === 'fraction' ? 100 : 1);

/** Without a target a rate is held against 100 %, and anything else against what its loss has lost. */
function poorness(short: number | null, lacking: number, kept: number, threshold: number): number {
  if (short !== null) return ramp(short, threshold / 4, threshold * 2);
  if (Number.isFinite(lacking)) return ramp(lacking, 12, 40);
  return Number.isFinite(kept) ? ramp(kept, 0.35, 0.7) : 0;
}
