import type { Check } from '../checklist.ts';
import { describeGaps } from '../gap.ts';
import { describeImprovement } from '../improvement.ts';
import { plural } from '../table.ts';
import { describeBasis, evidenceOf } from '../verdict.ts';
import type { ReportView } from '../view.ts';

export function comparisonChecks(view: ReportView, plotFailure: string | null): Check[] {
  const { outcome, figures } = view;
  const { metric, baseline, optimized, effect, gain, artifacts, curves, diagnosis } = outcome;
  const check = (text: string, done: boolean, evidence: string): Check => ({
    group: 'Comparison',
    text,
    done,
    evidence,
  });
  const isCompared = baseline.mean !== null && optimized.mean !== null;
  const isVerified = outcome.verdict !== 'unverified' && !gain.isSingle;
  const expected =
    diagnosis.expectedOutcome.length +
    diagnosis.recommendations.filter((item) => item.expected !== null).length;
  const hasGap = baseline.gap !== null && optimized.gap !== null;
  const drawn = Object.values(curves).filter((points) => points.length > 0).length;
  return [
    check(
      'Baseline and optimized were compared, absolute and relative',
      isCompared && effect.relative !== null,
      isCompared
        ? `${metric.name} ${figures.value(baseline.mean)} → ${figures.value(optimized.mean)}: ${describeImprovement(effect, metric, metric.name, figures)}`
        : `${baseline.mean === null ? 'the baseline' : 'the optimized trial'} has no value of ${metric.name}`,
    ),
    check(
      'The comparison rests on pairs of equal seeds',
      gain.paired,
      gain.paired ? plural(gain.n, 'pair') : 'the runs share no known seed',
    ),
    check(
      'The change of the train–val gap was analysed',
      hasGap,
      hasGap
        ? describeGaps(baseline.gap, optimized.gap, figures)
        : metric.train === null
          ? 'no training side of the metric was logged'
          : 'the training side was not logged by both',
    ),
    check(
      'Learning curves were plotted',
      plotFailure === null && drawn > 0,
      plotFailure ?? (drawn > 0 ? `${artifacts.plot}: ${plural(drawn, 'curve')}` : 'no curve was logged'),
    ),
    check(
      'What was expected was held against what came of it',
      expected > 0 && isCompared,
      expected > 0
        ? `${plural(expected, 'expectation')} in ${diagnosis.file}`
        : `${diagnosis.file} states none`,
    ),
    check(
      'The verdict is verified on several seeds',
      isVerified,
      `${outcome.verdict}: ${describeBasis(evidenceOf(outcome), figures)}`,
    ),
  ];
}
