import { compareGroups, type GroupsVerdict } from '../evidence/compare.ts';
import type { GroupRun, Pairing } from '../evidence/groups.ts';
import type { Goal } from '../metrics/_contract.ts';
import type { Scale } from '../metrics/scale.ts';
import type { ComparedGroup, ComparedRun, Comparison } from '../report/comparison.ts';
import type { Effect } from '../study/types.ts';

/** A run as it goes into the comparison. */
export interface JudgedRun extends ComparedRun {
  /** Fingerprint of its curve, where it is long enough to mean something. */
  print?: string | undefined;
}

export interface JudgedGroup {
  label: string;
  runs: readonly JudgedRun[];
}

export interface JudgedComparison extends Comparison {
  pairing: 'seed' | 'position' | 'none';
}

/** The verdict on two groups, in the terms of reports. */
export function judge(
  metric: { name: string; goal: Goal; scale: Scale },
  baseline: JudgedGroup,
  optimized: JudgedGroup,
  pairing: Pairing,
  notes: readonly string[],
): JudgedComparison {
  const isAllBroken = optimized.runs.every(({ value }) => !Number.isFinite(value));
  if (isAllBroken && baseline.runs.some(({ value }) => Number.isFinite(value))) {
    const sides = { baseline: plain(baseline), optimized: plain(optimized) };
    return { metric, ...sides, effect: UNMEASURED, verdict: 'unstable', notes: [...notes], pairing: 'none' };
  }
  const result = compareGroups({
    baseline: baseline.runs.map(toGroupRun),
    optimized: optimized.runs.map(toGroupRun),
    goal: metric.goal,
    pairing,
  });
  const isPaired = result.method === 'paired';
  return {
    metric,
    baseline: plain(baseline),
    optimized: plain(optimized),
    effect: toEffect(result),
    verdict: result.verdict,
    notes: [...notes],
    pairing: isPaired ? (pairing === 'position' ? 'position' : 'seed') : 'none',
  };
}

/** No optimized run came to an end with a value: there is a verdict, but nothing to subtract. */
const UNMEASURED: Effect = {
  n: 0,
  paired: false,
  absolute: Number.NaN,
  relative: null,
  low: null,
  high: null,
  alpha: null,
  se: null,
  d: null,
  pBetter: null,
  shrunken: null,
  isSingle: false,
  notes: ['Every run of the optimized group diverged.'],
};

function toGroupRun({ seed, value, print }: JudgedRun): GroupRun {
  return {
    seed,
    value: Number.isFinite(value) ? value : 'diverged',
    ...(print === undefined ? {} : { curve: print }),
  };
}

function plain({ label, runs }: JudgedGroup): ComparedGroup {
  return { label, runs: runs.map(({ label, seed, value }) => ({ label, seed, value })) };
}

function toEffect(result: GroupsVerdict): Effect {
  const absolute = result.mean ?? Number.NaN;
  const center = result.arms.baseline.mean;
  return {
    n: result.n,
    paired: result.method === 'paired',
    absolute,
    relative: center === 0 ? null : (absolute / Math.abs(center)) * 100,
    low: result.low,
    high: result.high,
    alpha: result.limit === null ? null : result.alpha,
    se: result.se,
    d: result.d,
    pBetter: result.pBetter,
    shrunken: result.shrunkenGain,
    isSingle: result.n === 1,
    notes: result.notes.map(({ message }) => message),
  };
}
