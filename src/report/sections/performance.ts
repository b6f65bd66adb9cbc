import type { TrialResult } from '../../study/types.ts';
import { countedRuns, differenceOf, meanOf } from '../counted.ts';
import { codeCell, escapeMarkdown } from '../escape.ts';
import { describeGapChange, gapFigure } from '../gap.ts';
import { describeImprovement } from '../improvement.ts';
import { ABSENT, type Figures } from '../number.ts';
import { formatCoverage, formatShare } from '../percent.ts';
import { blocks, bullets, plural, table } from '../table.ts';
import { describeBasis, evidenceOf } from '../verdict.ts';
import type { ReportView } from '../view.ts';
import { runTables } from './runs.ts';

export function performanceComparison(view: ReportView): string {
  const { metric } = view.outcome;
  const direction = metric.goal === 'max' ? 'higher' : 'lower';
  return blocks(
    '## Performance Comparison',
    `Deciding metric: ${codeCell(metric.name)}, ${direction} is better; the ${metric.select === 'best' ? 'best' : 'last'} epoch of each run counts.${metric.note === null ? '' : ` ${escapeMarkdown(metric.note)}.`} Differences are optimized − ${view.hasIncumbent ? 'the column named' : 'baseline'}.`,
    comparisonTable(view),
    evidenceList(view),
    runTables(view),
  );
}

interface Row {
  name: string;
  pick: (result: TrialResult) => number | null;
  show: (value: number | null, result: TrialResult) => string;
  compare: (from: number | null, to: number | null) => string;
}

function comparisonTable(view: ReportView): string {
  const { columns, hasIncumbent } = view;
  const [baseline, ...others] = columns;
  const optimized = others.at(-1);
  if (!baseline || !optimized) return '';
  const references = hasIncumbent ? columns.slice(0, -1) : [baseline];
  const headers = [
    '',
    ...columns.map((column) => `${column.name} (${plural(column.result.n, 'run')})`),
    ...references.map((column) => (hasIncumbent ? `vs ${column.name.toLowerCase()}` : 'Difference')),
  ];
  return table(
    headers,
    ['left', ...headers.slice(1).map(() => 'right' as const)],
    rowsOf(view).map(({ name, pick, show, compare }) => [
      name,
      ...columns.map(({ result }) => show(pick(result), result)),
      ...references.map(({ result }) => compare(pick(result), pick(optimized.result))),
    ]),
  );
}

function rowsOf({ outcome, figures, losses }: ReportView): Row[] {
  const { metric } = outcome;
  const name = codeCell(metric.name);
  const by = (figures: Figures): Pick<Row, 'show' | 'compare'> => ({
    show: (value) => figures.value(value),
    compare: (from, to) => figures.difference(differenceOf(from, to)),
  });
  const counts: Row = {
    name: `**${name}, ${metric.select} epoch**`,
    pick: (result) => result.mean,
    show: (value, { sd }) => `**${figures.value(value)}**${sd === null ? '' : ` ± ${figures.spread(sd)}`}`,
    compare: (from, to) => `**${figures.difference(differenceOf(from, to))}**`,
  };
  const other: Row =
    metric.select === 'best'
      ? { name: `${name}, last epoch`, pick: (result) => result.last, ...by(figures) }
      : {
          name: `${name}, best epoch`,
          pick: (result) => meanOf(result, (run) => run.value.best),
          ...by(figures),
        };
  const loss = (label: string, logged: string | null, pick: Row['pick']): Row[] =>
    logged === null || logged === metric.name
      ? []
      : [{ name: `${label} (${codeCell(logged)})`, pick, ...by(losses) }];
  return [
    counts,
    other,
    ...(metric.train === null
      ? []
      : [
          {
            name: `${codeCell(metric.train)}, same epoch`,
            pick: (result: TrialResult) => result.train,
            ...by(figures),
          },
          {
            name: 'Train–val gap',
            pick: (result: TrialResult) => result.gap,
            show: (value: number | null) => gapFigure(value, figures),
            compare: (from: number | null, to: number | null) => describeGapChange(from, to, figures),
          },
        ]),
    ...loss(
      'Training loss',
      metric.trainLoss === metric.train ? null : metric.trainLoss,
      (result) => result.trainLoss,
    ),
    ...loss('Validation loss', metric.valLoss, (result) => result.valLoss),
  ];
}

/** Signed only where training is behind validation. */
function evidenceList(view: ReportView): string {
  const { outcome, figures } = view;
  const { metric, effect, gain, baseline, optimized } = outcome;
  const name = escapeMarkdown(metric.name);
  const basis = escapeMarkdown(describeBasis(evidenceOf(outcome), figures));
  const items: string[] = [
    `Verdict: **${outcome.verdict}** (${basis}): ${escapeMarkdown(outcome.verdictReason, 600)}`,
  ];
  if (baseline.mean !== null && optimized.mean !== null) {
    items.push(`Improvement over the baseline: ${describeImprovement(effect, metric, name, figures)}`);
    if (effect.relative === null) items.push('Relative improvement: not defined, the baseline is 0');
    if (view.hasIncumbent)
      items.push(`Gain over the incumbent: ${describeImprovement(gain, metric, name, figures)}`);
  }
  items.push(`Interval: ${intervalText(view)}`);
  if (gain.pBetter !== null) items.push(`P(better on a fresh seed): ${formatShare(gain.pBetter)}`);
  if (gain.d !== null && Number.isFinite(gain.d))
    items.push(`Effect in units of its own seed-to-seed sd: ${gain.d.toFixed(2)}`);
  if (gain.shrunken !== null) {
    items.push(
      `Gain to expect: ${figures.difference(gain.shrunken)} (gains at the moment of acceptance are optimistic; this one is shrunken)`,
    );
  }
  if (metric.train === null)
    items.push('Train–val gap: not measured, no training side of the metric was logged');
  const shown = differenceOf(view.columns.at(-2)?.result.mean ?? null, optimized.mean);
  const oriented = shown === null ? null : metric.goal === 'max' ? shown : -shown;
  if (
    gain.paired &&
    oriented !== null &&
    figures.difference(oriented) !== figures.difference(gain.absolute)
  ) {
    items.push(
      `The difference of the means is ${figures.difference(oriented)}; the ${figures.difference(gain.absolute)} above rest on the ${plural(gain.n, 'seed')} that both trials have`,
    );
  }
  return bullets([
    ...items,
    ...new Set([...gain.notes, ...effect.notes].map((note) => escapeMarkdown(note))),
  ]);
}

function intervalText({ outcome, figures }: ReportView): string {
  const { gain } = outcome;
  const pairs = gain.paired ? plural(gain.n, 'pair') : 'unpaired runs';
  if (gain.low !== null && gain.high !== null) {
    const coverage = gain.alpha === null ? '' : `${formatCoverage(gain.alpha)}, `;
    return `${figures.interval(gain.low, gain.high)} (${coverage}${pairs})`;
  }
  if (gain.isSingle) return 'not measured: a single seed has no spread to judge a difference by';
  return `${ABSENT} (not computed from ${pairs}: ${countedRuns(outcome.optimized).length} optimized runs)`;
}
