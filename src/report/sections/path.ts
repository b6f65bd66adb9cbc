import { calibrate, type Calibration } from '../../study/iterate/promises.ts';
import type { IterationSummary, PromiseKept } from '../../study/types.ts';
import { codeCell, escapeMarkdown } from '../escape.ts';
import { ABSENT } from '../number.ts';
import { blocks, plural, table } from '../table.ts';
import type { ReportView } from '../view.ts';

/** From the baseline over all iterations so far: what each gained, and how expectations have held. Empty in the first. */
export function path(view: ReportView): string {
  const { history } = view.outcome;
  if (history.length < 2) return '';
  return blocks(
    '## Path',
    `From the baseline over ${history.length} iterations, each from the best configuration before it. Intervals are against the original baseline.`,
    '![Value of each iteration against the baseline, with its interval](path.png)',
    iterations(view),
    '### Expected and actual, all iterations',
    promises(history),
    calibrationSentence(calibrate(history.flatMap((each) => each.promises ?? []))),
  );
}

function iterations({ outcome, figures }: ReportView): string {
  const rows = outcome.history.map((item) => [
    String(item.iteration),
    codeCell(item.trial),
    figures.value(item.value),
    figures.difference(item.gain),
    figures.difference(item.improvement),
    figures.interval(item.low ?? null, item.high ?? null),
    item.n === undefined ? ABSENT : String(item.n),
    item.verdict,
    item.decision,
    item.accepted ? 'yes' : 'no',
    item.changes.map((each) => codeCell(each)).join(', '),
  ]);
  const baseline = [
    '0',
    codeCell('baseline'),
    figures.value(outcome.baseline.mean),
    ...Array.from({ length: 8 }, () => ''),
  ];
  return table(
    [
      'Iteration',
      'Trial',
      codeCell(outcome.metric.name),
      'Over its start',
      'Over the baseline',
      'Interval',
      'Pairs',
      'Verdict',
      'Decision',
      'Accepted',
      'Changes',
    ],
    ['right', 'left', 'right', 'right', 'right', 'right', 'right'],
    [baseline, ...rows],
  );
}

function promises(history: readonly IterationSummary[]): string {
  const rows = history.flatMap(({ iteration, promises: all = [] }) =>
    all.map((promise) => [
      String(iteration),
      `${promise.recommendation}. ${escapeMarkdown(promise.title, 100)}`,
      promise.paths.map((each) => codeCell(each)).join(', '),
      promise.expected === null ? 'not stated' : escapeMarkdown(promise.expected, 160),
      actual(promise),
    ]),
  );
  if (rows.length === 0) return 'No recommendation of any iteration led to a change.';
  return table(['Iteration', 'Recommendation', 'Changes', 'Expected', 'Actual, alone'], ['right'], rows);
}

function actual({ label, estimate, low, high }: PromiseKept): string {
  if (label === 'inert') return 'inert: the training ignored it';
  if (estimate === null) return label === 'not-separated' ? 'tried only together with others' : label;
  const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;
  const interval = low === null || high === null ? '' : ` (${signed(low)} to ${signed(high)})`;
  return `${label}: ${signed(estimate)} points${interval}`;
}

function calibrationSentence(calibration: Calibration | null): string {
  if (!calibration)
    return 'Calibration: no promised range has been measured by itself so far, so nothing can be said about how well the expectations hold.';
  const { measured, kept, under, over, promised, found } = calibration;
  return `Calibration: ${plural(measured, 'promised range')} measured by itself so far; ${kept} kept, ${under} fell short, ${over} exceeded. On average ${promised.toFixed(1)} points were promised and ${found.toFixed(1)} found.`;
}
