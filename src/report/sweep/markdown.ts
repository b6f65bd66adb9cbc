import { posix } from 'node:path';
import { formatPath } from '../../config/path.ts';
import type { Params } from '../../search/space.ts';
import { describeConditions, describeDomain } from '../../search/space/describe.ts';
import type { SweepSummary, SweepTrial } from '../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../study/types.ts';
import { code, codeCell, escapeMarkdown, linkTarget } from '../escape.ts';
import { ABSENT, figuresOf, type Figures } from '../number.ts';
import { formatSetting } from '../setting.ts';
import { blocks, bullets, plural, table } from '../table.ts';
import type { Importance } from './importance.ts';
import { bestTitle, claimLine, countsLine, stoppedLine } from './sentences.ts';

/** The table of trials holds at most so many; the JSON has them all. */
const MOST_ROWS = 200;

export interface SweepReportFacts {
  importance: readonly Importance[];
  /** Files of the pictures beside the report, as far as they could be drawn. */
  plots: Partial<Record<'history' | 'importance' | 'parallel' | 'slices', string>>;
  plotFailure: string | null;
  /** The optimized config with its marks, where one was written. */
  config: { path: string; text: string; format: string } | null;
}

/** sweep_results.md: what was searched, what was found, how sure that is, and what it cost. */
export function renderSweepReport(
  summary: SweepSummary,
  outcome: StudyOutcome | null,
  facts: SweepReportFacts,
): string {
  const { metric } = summary;
  const values = summary.trials.flatMap(({ value, reached }) => [value, reached]);
  const best = summary.trials.find(({ number }) => number === summary.best);
  const second = values.filter((value) => value !== null && value !== best?.value);
  const gap =
    best?.value !== null && best
      ? Math.min(...second.map((value) => Math.abs((value ?? 0) - (best.value ?? 0))))
      : null;
  const figures = figuresOf(metric?.scale ?? 'other', values, [
    gap !== null && Number.isFinite(gap) ? gap : null,
  ]);
  return `${blocks(
    '# Sweep Results',
    headline(summary, outcome, best, figures),
    bestConfiguration(best, outcome, facts),
    confirmation(summary, outcome),
    history(facts),
    importanceSection(facts, summary),
    valuesSection(facts),
    trialTable(summary, figures),
    searchSection(summary),
  )}\n`;
}

function headline(
  summary: SweepSummary,
  outcome: StudyOutcome | null,
  best: SweepTrial | undefined,
  figures: Figures,
): string {
  const { metric } = summary;
  const lines = [`${countsLine(summary)}.`, stoppedLine(summary)];
  if (best && metric)
    lines.push(
      `${bestTitle(summary)}: trial ${best.number} with ${escapeMarkdown(metric.name)} ${figures.value(best.value)} (${plural(best.seeds, 'seed')}${best.posterior !== null && best.seeds > 0 ? `, posterior mean ${figures.value(best.posterior)}` : ''}).`,
    );
  if (outcome) {
    lines.push(`Verdict: **${outcome.verdict}**. ${escapeMarkdown(outcome.verdictReason, 1000)}`);
    lines.push(`Decision: **${outcome.decision}**. ${escapeMarkdown(outcome.reason, 1000)}`);
  }
  return bullets(lines);
}

function bestConfiguration(
  best: SweepTrial | undefined,
  outcome: StudyOutcome | null,
  { config }: SweepReportFacts,
): string {
  if (!best) return blocks('## Best Configuration', 'No configuration came to a result.');
  const changes = outcome?.changes ?? [];
  const rows = changes.map(({ path, from, to, kind }) => [
    codeCell(path),
    kind === 'new' ? ABSENT : codeCell(formatSetting(from, 60)),
    codeCell(formatSetting(to, 60)),
  ]);
  const differs =
    rows.length === 0
      ? 'It is the baseline itself.'
      : table(['Setting', 'Baseline', 'Best'], ['left', 'left', 'left'], rows);
  const fence = config === null ? null : `\`\`\`\`${config.format}\n${config.text.trimEnd()}\n\`\`\`\``;
  return blocks(
    '## Best Configuration',
    differs,
    config && `The whole config, changed lines marked (\`${escapeMarkdown(config.path)}\`):`,
    fence,
  );
}

function confirmation(summary: SweepSummary, outcome: StudyOutcome | null): string {
  const { contender, plan, metric } = summary;
  if (!contender || !outcome || !metric) return '';
  const claim = claimLine(summary, outcome) ?? '';
  if (contender.conclusion) return blocks('## Confirmation', escapeMarkdown(claim, 1000));
  const { claimed } = contender;
  const { optimized, reference, gain } = outcome;
  const figures = figuresOf(metric.scale, [claimed.value, optimized.mean, reference.mean], [gain.absolute]);
  const rows = [
    [
      'claimed by the search',
      figures.value(claimed.value),
      String(claimed.n),
      'optimistic: the best of many',
    ],
    [
      'expected from the search (posterior mean)',
      figures.value(claimed.posterior),
      String(claimed.n),
      'shrunken for luck',
    ],
    [
      '**confirmed on fresh seeds**',
      `**${figures.value(optimized.mean)}**`,
      String(optimized.n),
      'seeds that nothing was chosen by',
    ],
    ['baseline on the same seeds', figures.value(reference.mean), String(reference.n), ''],
  ];
  const interval =
    gain.low === null || gain.high === null ? '' : ` (interval ${figures.interval(gain.low, gain.high)})`;
  const round =
    plan.confirm && plan.confirm.top > 1
      ? `Before the test, the top ${plan.confirm.top} met on seeds ${plan.confirm.seeds.join(' and ')}; the test itself uses seeds ${outcome.study.plannedSeeds.slice(0, gain.n).join(', ')}.`
      : '';
  return blocks(
    '## Confirmation',
    escapeMarkdown(claim, 1000),
    table(['', escapeMarkdown(metric.name), 'Seeds', ''], ['left', 'right', 'right', 'left'], rows),
    `Gain over the baseline: ${figures.difference(gain.absolute)}${interval}, verdict **${outcome.verdict}**.`,
    round,
  );
}

const picture = (alt: string, file: string | undefined): string =>
  file === undefined ? '' : `![${alt}](${linkTarget(posix.basename(file))})`;

function history({ plots, plotFailure }: SweepReportFacts): string {
  if (plotFailure !== null)
    return blocks('## History', `The plots could not be drawn: ${escapeMarkdown(plotFailure)}.`);
  return plots.history === undefined
    ? ''
    : blocks('## History', picture('Value of each trial and the best so far', plots.history));
}

function importanceSection({ importance, plots }: SweepReportFacts, { counts }: SweepSummary): string {
  if (importance.length === 0)
    return blocks(
      '## Importance',
      `Not measured: ${plural(counts.complete, 'complete trial')} cannot tell which parameters matter.`,
    );
  const percent = (share: number | null): string =>
    share === null ? ABSENT : `${Math.round(share * 100)} %`;
  const rows = importance.map(({ param, share, low, high, isAboveChance }) => [
    codeCell(param),
    percent(share),
    `${percent(low)} to ${percent(high)}`,
    isAboveChance ? '' : 'no more than chance would show',
  ]);
  return blocks(
    '## Importance',
    'How much of what separates good configurations from all others each parameter explains (PED-ANOVA), with 90 % bootstrap intervals over the trials.',
    table(['Parameter', 'Share', 'Interval', ''], ['left', 'right', 'right', 'left'], rows),
    picture('Importance of each parameter with its interval', plots.importance),
  );
}

function valuesSection({ plots }: SweepReportFacts): string {
  if (plots.parallel === undefined && plots.slices === undefined) return '';
  return blocks(
    '## Parameters',
    picture('Every configuration as a line across its parameters', plots.parallel),
    picture('The metric over each parameter', plots.slices),
  );
}

function trialTable({ trials, metric }: SweepSummary, figures: Figures): string {
  const oriented = (trial: SweepTrial): number => {
    const value = trial.posterior ?? trial.value;
    return value === null ? Infinity : metric?.goal === 'min' ? value : -value;
  };
  const sorted = trials.toSorted((a, b) => oriented(a) - oriented(b) || a.number - b.number);
  const rows = sorted
    .slice(0, MOST_ROWS)
    .map((trial) => [
      String(trial.number),
      trial.origin === 'sampled' ? '' : trial.origin,
      trial.state,
      trial.state === 'pruned' ? `(${figures.value(trial.reached)})` : figures.value(trial.value),
      String(trial.seeds),
      String(trial.epochs),
      paramsCell(trial.params),
      trial.why === null ? '' : escapeMarkdown(trial.why, 160),
    ]);
  const more =
    sorted.length > MOST_ROWS ? `${sorted.length - MOST_ROWS} further trials are in sweep_results.json.` : '';
  return blocks(
    '## Trials',
    'Best first, by posterior mean. In brackets: how far a pruned trial came.',
    table(
      [
        '#',
        'Origin',
        'State',
        escapeMarkdown(metric?.name ?? 'value'),
        'Seeds',
        'Epochs',
        'Parameters',
        'Note',
      ],
      ['right', 'left', 'left', 'right', 'right', 'right', 'left', 'left'],
      rows,
    ),
    more,
  );
}

function paramsCell(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => codeCell(`${name}=${formatSetting(value, 40)}`))
    .join(' ');
}

function searchSection({ plan, study }: SweepSummary): string {
  const rows = plan.space.params.map((param) => [
    codeCell(param.name),
    codeCell(formatPath(param.path)),
    escapeMarkdown(`${describeDomain(param)} ${describeConditions(param)}`.trim()),
  ]);
  const { budget, pruner, sampler, seed } = plan;
  const facts = [
    `Study ${code(study)}; method ${code(sampler)}, suggestions drawn with seed ${seed}.`,
    pruner ? `Hopeless trainings are ended by ${code(pruner.name)}.` : 'No training is ended early.',
    `Budget: ${[
      budget.trials === null ? '' : plural(budget.trials, 'trial'),
      budget.epochs === null ? '' : `${budget.epochs} epochs`,
      budget.ms === null ? '' : `${Number((budget.ms / 3_600_000).toPrecision(3))} h`,
    ]
      .filter((each) => each !== '')
      .join(', ')}.`,
    plan.seeds.length > 1
      ? `Promising configurations earn further seeds, ${plan.seeds.length} at most: ${plan.seeds.join(', ')}.`
      : '',
  ].filter((fact) => fact !== '');
  return blocks(
    '## Search',
    table(['Parameter', 'Config key', 'Values'], ['left', 'left', 'left'], rows),
    bullets(facts),
  );
}
