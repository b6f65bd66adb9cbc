/**
 * Is a target met, or only touched? A metric that is a share of n validation examples is itself an estimate.
 *
 * p: share, n: examples; SE = √(p(1 − p)/n). Confirmed: the Wilson bound of the 90 % interval (one-sided 95 %) is on the
 * good side of the target. Nominal: only the value is. Where n is unknown or the metric is no share, nothing can be
 * confirmed.
 */
import type { Goal } from '../metrics/_contract.ts';
import { wilsonInterval } from '../math/wilson.ts';
import { evidenceError } from './errors.ts';

export type TargetStatus = 'confirmed' | 'nominal' | 'not-met';

/** `share`: 0–1, `percent`: 0–100, `other`: a loss, a score without bounds. */
export type MetricScale = 'share' | 'percent' | 'other';

export interface TargetQuestion {
  /** The metric's value (a mean over seeds is fine), on the confirm split if there is one. */
  value: number;
  target: number;
  goal: Goal;
  scale: MetricScale;
  /** Examples in that split; null where not known. */
  examples: number | null;
}

export interface TargetJudgement {
  status: TargetStatus;
  /** Standard error of the value from the number of examples alone; null where it cannot be told. */
  standardError: number | null;
  /** 90 % interval; null where it cannot be told. */
  low: number | null;
  high: number | null;
}

const TARGET_CONFIDENCE = 0.9;

export function judgeTarget(question: TargetQuestion): TargetJudgement {
  const { value, target, goal, scale, examples } = question;
  checkTarget(question);
  const reaches = (bound: number) => (goal === 'max' ? bound >= target : bound <= target);
  const nominal: TargetStatus = reaches(value) ? 'nominal' : 'not-met';
  if (examples === null || scale === 'other') {
    return { status: nominal, standardError: null, low: null, high: null };
  }
  const unit = scale === 'percent' ? 100 : 1;
  const share = value / unit;
  const interval = wilsonInterval(share, examples, TARGET_CONFIDENCE);
  const low = interval.low * unit;
  const high = interval.high * unit;
  return {
    status: reaches(goal === 'max' ? low : high) ? 'confirmed' : nominal,
    standardError: unit * Math.sqrt((share * (1 - share)) / examples),
    low,
    high,
  };
}

function checkTarget({ value, target, scale, examples }: TargetQuestion): void {
  const refuse = (message: string, remedy: string) => {
    throw evidenceError('EVIDENCE_TARGET_INVALID', message, { remedy });
  };
  if (!Number.isFinite(value) || !Number.isFinite(target)) {
    refuse(`The value ${value} cannot be held against the target ${target}.`, 'Give two numbers.');
  }
  if (examples !== null && !(Number.isInteger(examples) && examples > 0)) {
    refuse(
      `A validation set of ${examples} examples does not exist.`,
      'Give the number of examples, or none.',
    );
  }
  const top = scale === 'share' ? 1 : scale === 'percent' ? 100 : Infinity;
  if (scale !== 'other' && !(value >= 0 && value <= top)) {
    refuse(
      `The value ${value} is no ${scale === 'share' ? 'share between 0 and 1' : 'percentage between 0 and 100'}.`,
      'Give value and target on the same scale.',
    );
  }
}
