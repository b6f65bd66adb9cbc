import { codeCell, escapeMarkdown } from '../escape.ts';
import { describeMargin } from '../margin.ts';
import { blocks } from '../table.ts';
import type { ReportView } from '../view.ts';

export function targetAchievement(view: ReportView): string {
  return blocks('## Target Achievement', describeTarget(view));
}

function describeTarget({ outcome, figures }: ReportView): string {
  const { target, metric, optimized } = outcome;
  if (target === null)
    return 'No target is set, neither in pawl.yaml nor in the report, so there is none to meet.';
  const wanted = `Target: ${codeCell(metric.name)} ${metric.goal === 'max' ? '≥' : '≤'} ${figures.setpoint(target.value)} (${escapeMarkdown(target.source)}).`;
  if (target.status === null || optimized.mean === null)
    return `${wanted} Achieved: not measured, no optimized run came to a value.`;
  const achieved = `Achieved: **${figures.value(optimized.mean)}**`;
  const margin = describeMargin(target, metric, figures);
  return `${wanted} ${achieved}: **${WORDS[target.status]}**, ${margin}.${REMARKS[target.status]}`;
}

const WORDS = { 'not-met': 'not met', nominal: 'met nominally', confirmed: 'met, confirmed' } as const;
const REMARKS = {
  'not-met': '',
  nominal: ' The measured value reaches the target; that the true value does is not confirmed.',
  confirmed: ' The lower bound of the value reaches the target too.',
} as const;
