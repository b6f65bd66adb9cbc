import { describeVerificationCost } from '../cost.ts';
import { code, codeCell, escapeMarkdown } from '../escape.ts';
import { blocks, table } from '../table.ts';
import { isWeak } from '../verdict.ts';
import type { ReportView } from '../view.ts';
import { DECISIONS } from './headline.ts';

export function decisionSection(view: ReportView): string {
  const { decision, reason, next, verdict, iteration, maxIterations, incumbent } = view.outcome;
  return blocks(
    '## Decision',
    `**${decision}**: ${DECISIONS[decision]}.`,
    escapeMarkdown(reason, 600),
    isWeak(verdict) &&
      `**The evidence is weak.** ${describeVerificationCost(view.outcome) ?? 'More seeds would tell whether the difference is more than luck.'}`,
    `Best configuration so far: ${codeCell(incumbent)}. Iteration ${iteration} of at most ${maxIterations}.`,
    `Next: ${code(next)}`,
    history(view),
  );
}

function history({ outcome, figures }: ReportView): string {
  if (outcome.history.length < 2) return '';
  return table(
    [
      'Iteration',
      'Trial',
      codeCell(outcome.metric.name),
      'Gain over its start',
      'Gain over the baseline',
      'Verdict',
      'Decision',
      'Accepted',
      'Changes',
    ],
    ['right', 'left', 'right', 'right', 'right'],
    outcome.history.map((item) => [
      String(item.iteration),
      codeCell(item.trial),
      figures.value(item.value),
      figures.difference(item.gain),
      figures.difference(item.improvement),
      item.verdict,
      item.decision,
      item.accepted ? 'yes' : 'no',
      item.changes.map((path) => codeCell(path)).join(', '),
    ]),
  );
}
