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
  const { measured, interval } = target;
  const isConfirm = measured !== undefined && measured.metric !== metric.name;
  const achieved = `Achieved: **${figures.value(measured?.value ?? optimized.mean)}**${isConfirm ? ` of ${codeCell(measured.metric)}, a split that no choice had looked at (${codeCell(metric.name)}: ${figures.value(optimized.mean)})` : ''}`;
  const margin = describeMargin(target, metric, figures);
  const bounds = interval
    ? ` 90% interval from ${interval.examples.toLocaleString('en-US')} examples: ${figures.value(interval.low)} to ${figures.value(interval.high)}; ${metric.select === 'best' && !isConfirm ? 'it knows neither the seeds nor the choice of the best epoch' : 'it knows nothing of the seeds'}.`
    : '';
  return `${wanted} ${achieved}: **${WORDS[target.status]}**, ${margin}.${bounds}${remark(target.status, interval !== null && interval !== undefined, isConfirm)}`;
}

const WORDS = { 'not-met': 'not met', nominal: 'met nominally', confirmed: 'met, confirmed' } as const;
function remark(status: keyof typeof WORDS, hasInterval: boolean, isConfirm: boolean): string {
  if (status === 'not-met') return '';
  if (status === 'confirmed') return ' The lower bound of the value reaches the target too.';
  if (hasInterval)
    return ' The measured value reaches the target; the interval does not exclude that the true value misses it.';
  const size = isConfirm ? '`confirmSize`' : '`validationSize`';
  return ` The measured value reaches the target; that the true value does is not confirmed: the number of examples behind it is not known (${size} in pawl.yaml).`;
}
