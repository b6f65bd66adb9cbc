import type { DecisionBasis } from './decide.ts';
import { digitsBetween, showDifference, showValue } from './show.ts';
import type { Effect, MetricChoice, TargetStatus, TrialResult, Verdict } from './types.ts';

export interface DecisionFacts {
  basis: DecisionBasis;
  verdict: Verdict;
  metric: MetricChoice;
  baseline: TrialResult;
  optimized: TrialResult;
  reference: TrialResult;
  gain: Effect;
  target: TargetStatus | null;
  gains: readonly number[];
  thresholds: { significant: number; diminishing: number; maxIterations: number };
  iteration: number;
}

const IGNORED_SEED =
  'more seeds cannot tell, as the training ignores its seed: make it use the seed, or let it write predictions by example';

/** Why this was decided, with the figures it rests on. */
export function explainDecision(facts: DecisionFacts): string {
  const { metric, optimized, target, gain, iteration, thresholds } = facts;
  const measured = target?.measured;
  const held = measured && measured.metric !== metric.name ? measured.value : optimized.mean;
  const further = digitsBetween(held, target?.value ?? null, metric);
  const own = `${metric.name} ${showValue(optimized.mean, metric, further)}`;
  const reached =
    measured && measured.metric !== metric.name
      ? `${measured.metric} ${showValue(measured.value, metric, further)} on the confirm split (${own})`
      : own;
  const goal = target ? `the target of ${showValue(target.value, metric, further)}` : 'no target was given';
  const standing = target ? `${goal} is not met and` : `${goal}, and`;
  const evidence = evidenceOf(facts);
  const unit = metric.scale === 'other' ? '%' : ' pp';
  switch (facts.basis) {
    case 'target-met':
      return `${reached} meets ${goal} (${target?.status}), and the gain holds: ${evidence}.`;
    case 'target-met-weakly': {
      const cost =
        gain.judgedBy === 'ignored-seed'
          ? IGNORED_SEED
          : facts.verdict === 'unverified'
            ? 'verify it with `pawl optimize --evidence standard` (up to 16 trainings)'
            : 'more pairs of seeds would tell';
      const also = gain.absolute > 0 ? '' : ' It is not above what it is compared with.';
      return `${reached} meets ${goal}, but the evidence is weak: ${evidence}; ${cost}.${also}`;
    }
    case 'improved-below-target':
      return target
        ? `${evidence}, but ${reached} misses ${goal} by ${showDifference(Math.abs(target.margin ?? 0), metric).slice(1)}.`
        : `${evidence}; no target was given, so improve while gains last.`;
    case 'diminishing-returns':
      return `The last two iterations gained ${facts.gains
        .slice(-2)
        .map((g) => g.toFixed(1))
        .join(' and ')}${unit}, each under ${thresholds.diminishing}: diminishing returns.`;
    case 'iteration-limit':
      return `Iteration ${iteration} of ${thresholds.maxIterations} is the last: further rounds would wear out the validation data. ${evidence}; ${reached}, ${goal}.`;
    case 'no-improvement':
      return `No improvement was shown (${evidence}): look for another cause.`;
    case 'met-by-luck':
      return `${reached} nominally meets ${goal}, but no improvement was shown (${evidence}): met by luck of the seed, not by the changes.`;
    case 'unstable':
      return `The optimized config is unstable: ${unstableOf(gain)}. The best config so far stays.`;
    case 'more-evidence-needed':
      return `${reached}; ${standing} the evidence is weak (${evidence}): ${gain.judgedBy === 'ignored-seed' ? IGNORED_SEED : 'first get more seeds, then change more'}.`;
    case 'budget-spent':
      return `${reached}; ${standing} the evidence is weak (${evidence}); the budget is spent: keep the best config so far.`;
  }
}

/** `the optimized trial diverged on seed 43; it is not rerun`. */
function unstableOf({ notes }: Effect): string {
  const [note = 'a seed diverged'] = notes;
  return note.charAt(0).toLowerCase() + note.slice(1).replace(/\.$/u, '');
}

function evidenceOf({ gain, metric, verdict, gains, thresholds }: DecisionFacts): string {
  const difference = showDifference(gain.absolute, metric);
  if (gain.n === 0) return 'no complete pair of runs';
  if (gain.judgedBy === 'examples')
    return `${difference} on the same examples, exact McNemar test, ${verdict}`;
  if (gain.judgedBy === 'first-look')
    return `${difference} on the first pair, further behind than seeds move the baseline`;
  if (gain.isSingle) {
    const unit = metric.scale === 'other' ? '%' : ' pp';
    const isSmall = Math.abs(gains.at(-1) ?? 0) < thresholds.significant;
    const size = isSmall
      ? `, and under the ${thresholds.significant}${unit} that count as a large difference`
      : '';
    const runs = gain.judgedBy === 'ignored-seed' ? 'in one run of each' : 'on a single seed';
    return `${difference} ${runs}, not verified${size}`;
  }
  const interval =
    gain.low === null || gain.high === null
      ? ''
      : `, interval ${showDifference(gain.low, metric)} to ${showDifference(gain.high, metric)}`;
  return `${difference} over ${gain.n} ${gain.n === 1 ? 'pair' : 'pairs'} of seeds${interval}, ${verdict}`;
}
