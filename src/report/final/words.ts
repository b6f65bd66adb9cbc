import { escapeMarkdown } from '../escape.ts';
import { figuresOf, type Figures } from '../number.ts';
import type { FinalOutcome } from '../../study/finalize/types.ts';

/** Figures in which validation and test stand side by side. */
export function finalFigures({ metric, final, test, baseline }: FinalOutcome): Figures {
  const interval = test?.interval;
  return figuresOf(
    metric.scale,
    [final.mean, baseline.value, test?.mean],
    [interval ? interval.high - interval.low : null],
  );
}

/** `91.2% (95 % interval 89.9% to 92.4%, from 1,000 test examples)`. */
export function describeTest({ test, missing }: FinalOutcome, figures: Figures): string {
  if (!test) return `not read. ${missing ?? ''}`;
  const spread = test.sd === null ? '' : ` ± ${figures.spread(test.sd)} over ${test.values.length} seeds`;
  if (!test.interval)
    return `${figures.value(test.mean)}${spread}, without an interval: one run, and \`finalize.testSize\` is not set`;
  const { low, high, basis } = test.interval;
  const from = basis === 'seeds' ? `over ${test.values.length} seeds` : 'from the number of test examples';
  return `${figures.value(test.mean)}${spread} (95 % interval ${figures.value(low)} to ${figures.value(high)}, ${from})`;
}

/** What the distance between validation and test means. */
export function describeGap({ gap }: FinalOutcome): string | null {
  if (!gap) return null;
  const size = `${Math.abs(gap.points).toFixed(1)}${gap.unit === '%' ? ' %' : ' points'}`;
  const where = gap.points >= 0 ? `Test is ${size} below validation` : `Test is ${size} above validation`;
  switch (gap.judgement) {
    case 'fine':
      return `${where}: under 2, as it should be.`;
    case 'notable':
      return `${where}: validation was somewhat optimistic, as it is after choosing by it.`;
    case 'warning':
      return `${where}: **a warning**. Either the validation data was worn out by choosing, or the test data is of another kind. Report the test figure, and look for the cause before the model is used.`;
  }
}

/** What weakens the result, in full sentences. */
export function caveats(outcome: FinalOutcome): string[] {
  const { test, verdict, forced, verdictReason, final } = outcome;
  return [
    ...(verdict === 'better'
      ? []
      : [`The config was accepted with the verdict "${verdict}": ${escapeMarkdown(verdictReason, 300)}`]),
    ...forced.map((what) => `Passed with --force although missing: ${escapeMarkdown(what, 400)}`),
    ...(test && test.looks > 1
      ? [`The test data was looked at ${test.looks} times in this study. Only the first look is unbiased.`]
      : []),
    ...(final.n === 1
      ? ['One final run: how much the result varies with the seed is not known from it.']
      : []),
    ...(outcome.missing === null ? [] : [escapeMarkdown(outcome.missing, 500)]),
    ...(outcome.environment.git?.isDirty === true
      ? ['The working tree had uncommitted changes: the commit alone does not give this result.']
      : []),
  ];
}
