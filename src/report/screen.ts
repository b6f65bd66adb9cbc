import { formatDuration } from '../project/duration.ts';
import type { Decision, StudyOutcome, Verdict } from '../study/types.ts';
import { buildChecklist, type Check } from './checklist.ts';
import { countedRuns } from './counted.ts';
import { describeGaps } from './gap.ts';
import { describeImprovement } from './improvement.ts';
import { inkOf, type Ink, type Tone } from './ink.ts';
import { describeMargin } from './margin.ts';
import { toPlain } from './plain.ts';
import { plural } from './table.ts';
import { describeBasis, evidenceOf, isWeak } from './verdict.ts';
import { viewOf, type ReportView } from './view.ts';
import { describeChange } from './words.ts';

export interface ScreenOptions {
  color: boolean;
  checks?: readonly Check[];
}

/** What the terminal shows at the end of `pawl optimize`. Ends with a newline. */
export function renderScreen(
  outcome: StudyOutcome,
  { color, checks = buildChecklist(outcome) }: ScreenOptions,
): string {
  const view = viewOf(outcome);
  const ink = inkOf(color);
  const blocks = [
    configBlock(outcome, ink),
    trainingBlock(view, ink),
    comparisonBlock(view, ink),
    improvementBlock(view, ink),
    targetBlock(view, ink),
    verdictBlock(view, ink),
    filesBlock(outcome, checks, ink),
    nextBlock(outcome, ink),
  ];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function configBlock(outcome: StudyOutcome, ink: Ink): string[] {
  const { changes, skipped, reference, baseline, optimized, verdict } = outcome;
  const from = reference.trial.id === baseline.trial.id ? 'baseline' : 'the incumbent';
  // A sweep whose best other trial was not even tested: its search had shown already that the baseline is better.
  const isRejected = optimized.trial.kind === 'candidate' && verdict === 'not-better';
  return [
    isRejected
      ? `${ink('yellow', '–')} No better config was found; the best other one has ${plural(changes.length, 'change')} from ${from}`
      : `${ink('green', '✓')} Optimization config created (${plural(changes.length, 'change')} from ${from})`,
    ...changes.map(
      (change) =>
        `  - ${describeChange(change)}${change.effect.label === 'inert' ? ink('yellow', '  (inert: the training ignored it)') : ''}`,
    ),
    ...(skipped.length > 0
      ? [ink('dim', `  ${plural(skipped.length, 'item')} of the report not applied; see the report`)]
      : []),
  ];
}

function trainingBlock({ outcome }: ReportView, ink: Ink): string[] {
  const { optimized } = outcome;
  const done = countedRuns(optimized);
  const broken = optimized.runs.filter((run) => !done.some((other) => other.id === run.id));
  const each = optimized.seconds === null ? '' : formatDuration(optimized.seconds * 1000);
  if (broken.length === 0 && done.length > 0) {
    const facts = [
      ...(done.length > 1 ? [`${done.length} runs`] : []),
      ...(each === '' ? [] : [done.length > 1 ? `${each} each` : each]),
    ];
    return [
      `${ink('green', '✓')} Optimized training complete${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`,
    ];
  }
  return [
    `${ink('red', '✗')} Optimized training: ${done.length} of ${plural(optimized.runs.length, 'run')} finished`,
    ...broken.map(
      (run) =>
        `  - ${toPlain(run.id, 60)} ${run.status}${run.failure === null ? '' : `: ${toPlain(run.failure.message, 200)}`}`,
    ),
  ];
}

function comparisonBlock({ outcome, columns, figures }: ReportView, ink: Ink): string[] {
  const { metric } = outcome;
  const label = Math.max(...columns.map(({ name }) => name.length)) + 1;
  return [
    ink('bold', 'Performance Comparison:') +
      ink('dim', ` (${toPlain(metric.name, 60)}, ${metric.select} epoch)`),
    ...columns.map(({ name, result }) => {
      const spread = result.sd === null ? '' : ` ± ${figures.spread(result.sd)} (${result.n} seeds)`;
      const train = metric.train === null ? '' : `Train ${figures.value(result.train)} | `;
      return `  ${`${name}:`.padEnd(label)} ${train}Val ${figures.value(result.mean)}${spread}`;
    }),
  ];
}

function improvementBlock({ outcome, figures, hasIncumbent }: ReportView, ink: Ink): string[] {
  const { metric, effect, gain, baseline, optimized } = outcome;
  if (baseline.mean === null || optimized.mean === null)
    return [`Improvement: ${ink('yellow', 'not measured')}`];
  const name = toPlain(metric.name, 60);
  const tone: Tone = effect.absolute > 0 ? 'green' : effect.absolute < 0 ? 'red' : 'dim';
  const gap =
    baseline.gap === null || optimized.gap === null
      ? 'not measured (no training side of the metric was logged)'
      : describeGaps(baseline.gap, optimized.gap, figures);
  return [
    `Improvement: ${ink(tone, describeImprovement(effect, metric, name, figures))}`,
    ...(hasIncumbent ? [`Over the incumbent: ${describeImprovement(gain, metric, name, figures)}`] : []),
    `Train-val gap: ${gap}`,
  ];
}

function targetBlock({ outcome, figures }: ReportView, ink: Ink): string[] {
  const { target, metric, optimized } = outcome;
  if (target === null) return [ink('dim', 'Target: none set')];
  const head = `Target: ${figures.setpoint(target.value)} ${toPlain(metric.name, 60)}`;
  if (target.status === null || optimized.mean === null) return [head, 'Achieved: not measured'];
  const isMet = target.status !== 'not-met';
  const margin = describeMargin(target, metric, figures);
  const status = `${isMet ? '✓' : '✗'} (${margin}${target.status === 'nominal' ? '; nominal, not confirmed' : ''})`;
  return [head, `Achieved: ${figures.value(optimized.mean)} ${ink(isMet ? 'green' : 'red', status)}`];
}

const TONES: Record<Verdict, Tone> = {
  better: 'green',
  'not-better': 'red',
  inconclusive: 'yellow',
  unstable: 'red',
  unverified: 'yellow',
};

function verdictBlock({ outcome, figures }: ReportView, ink: Ink): string[] {
  const { verdict, decision, reason, warnings } = outcome;
  const weak = isWeak(verdict) && decision === 'finalize' ? ', evidence weak' : '';
  return [
    `Verdict: ${ink(TONES[verdict], verdict)} (${describeBasis(evidenceOf(outcome), figures)})`,
    `Decision: ${ink('bold', decision)}${weak}`,
    `  ${toPlain(reason, 600)}`,
    ...warnings.map((warning) => `${ink('yellow', '!')} ${toPlain(warning, 300)}`),
  ];
}

function filesBlock({ artifacts }: StudyOutcome, checks: readonly Check[], ink: Ink): string[] {
  const done = checks.filter((check) => check.done).length;
  return [
    `${ink('dim', 'Config:   ')} ${toPlain(artifacts.config)}`,
    `${ink('dim', 'Report:   ')} ${toPlain(artifacts.report)}`,
    `${ink('dim', 'Plot:     ')} ${toPlain(artifacts.plot)}`,
    `${ink('dim', 'Checklist:')} ${toPlain(artifacts.checklist)} (${done} of ${checks.length} ticked)`,
  ];
}

const AIMS: Record<Decision, string> = {
  finalize: 'for the final training',
  iterate: 'to go on from the best so far',
  rediagnose: 'to look for another cause',
  accept: 'with the best so far',
};

function nextBlock({ decision, next }: StudyOutcome, ink: Ink): string[] {
  return [`${ink('cyan', '→')} Recommend: ${ink('bold', toPlain(next, 300))} ${AIMS[decision]}`];
}
