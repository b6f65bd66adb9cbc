import type { Effect, RunStatus, StudyOutcome, Verdict } from '../study/types.ts';
import type { Figures } from './number.ts';
import { formatCoverage } from './percent.ts';

interface Arm {
  n: number;
  runs: readonly { status: RunStatus }[];
}

/** What a verdict rests on; the same words on the screen, in the report and over the plot. */
export interface EvidenceInput {
  verdict: Verdict;
  effect: Effect;
  reference: Arm;
  optimized: Arm;
}

/** `single seed, not verified`; `n = 3 pairs, 90% interval +2.1 to +6.3 pp`; `1 of 2 optimized runs diverged`. */
export function describeBasis(
  { verdict, effect, reference, optimized }: EvidenceInput,
  figures: Figures,
): string {
  if (verdict === 'unstable') return brokenRuns(optimized);
  if (effect.n === 0) return 'no complete pair of runs';
  if (effect.judgedBy === 'ignored-seed')
    return 'one run of each, the training ignores its seed; not verified';
  if (effect.isSingle) return 'single seed, not verified';
  if (effect.judgedBy === 'examples') return 'one run of each, judged by its examples (exact McNemar test)';
  if (effect.judgedBy === 'first-look')
    return 'n = 1 pair, further behind than seeds move the baseline; given up at the first look';
  const sizes = effect.paired
    ? `n = ${effect.n} ${effect.n === 1 ? 'pair' : 'pairs'}`
    : `n = ${reference.n} and ${optimized.n} runs, unpaired`;
  const coverage = effect.alpha === null ? '' : `${formatCoverage(effect.alpha)} `;
  const isBounded = effect.low !== null && effect.high !== null;
  const interval = isBounded
    ? `${coverage}interval ${figures.interval(effect.low, effect.high)}`
    : 'no interval';
  return `${sizes}, ${interval}${verdict === 'unverified' ? ', not verified' : ''}`;
}

/** The verdict and what it rests on: `better: n = 3 pairs, …`; alone `single seed, not verified` where it is unverified. */
export function describeEvidence(input: EvidenceInput, figures: Figures): string {
  const basis = describeBasis(input, figures);
  return input.verdict === 'unverified' ? basis : `${input.verdict.replace('-', ' ')}: ${basis}`;
}

/** Of the trial under test against what it started from: what the verdict speaks of. */
export function evidenceOf({ verdict, gain, reference, optimized }: StudyOutcome): EvidenceInput {
  return { verdict, effect: gain, reference, optimized };
}

/** `1 of 2 optimized runs diverged`. */
export function brokenRuns({ runs }: Pick<Arm, 'runs'>): string {
  const count = (...statuses: RunStatus[]): number =>
    runs.filter((run) => statuses.includes(run.status)).length;
  const parts = [
    { n: count('diverged'), what: 'diverged' },
    { n: count('failed'), what: 'failed' },
    { n: count('stopped'), what: 'stopped early' },
  ].filter(({ n }) => n > 0);
  const all = `${runs.length} optimized ${runs.length === 1 ? 'run' : 'runs'}`;
  const [first, ...others] = parts;
  if (!first) return `${all}, none broken off`;
  return [`${first.n} of ${all} ${first.what}`, ...others.map(({ n, what }) => `${n} ${what}`)].join(', ');
}

/** Verdicts on which nothing should be built without more seeds. */
export const isWeak = (verdict: Verdict): boolean => verdict === 'unverified' || verdict === 'inconclusive';
