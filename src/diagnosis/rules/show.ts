import type { RunSignals } from './signals/run.ts';

/** A figure with three digits: `0.0123`, `2.3e+11`. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);

/** `epoch` in a sentence, where the log counts in something else. Names of settings stay. */
export const inUnit = (text: string, { unit }: Pick<RunSignals, 'unit'>): string =>
  unit === 'epoch' ? text : text.replaceAll(/(?<![\w.])epoch(s?)(?!\w)/gu, `${unit}$1`);

/** A share as a percentage: `42 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Points, or percent of the value for a metric that is no rate. */
export const inPoints = (points: number, { names }: RunSignals): string =>
  `${points.toFixed(1)} ${names.scale === 'other' ? '% of the value' : 'points'}`;
