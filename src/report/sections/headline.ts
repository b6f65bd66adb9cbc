import type { Decision } from '../../study/types.ts';
import { code, escapeMarkdown } from '../escape.ts';
import { describeImprovement } from '../improvement.ts';
import { blocks } from '../table.ts';
import { describeEvidence, evidenceOf, isWeak } from '../verdict.ts';
import type { ReportView } from '../view.ts';

/** Verdict and decision in two lines, before anything else. */
export function headline(view: ReportView): string {
  const { outcome, figures } = view;
  const { verdict, decision, reason, next, iteration, study } = outcome;
  const of = iteration > 1 ? `, iteration ${iteration}` : '';
  const weak = isWeak(verdict) && decision === 'finalize' ? ' (evidence weak)' : '';
  return blocks(
    `# Optimization results: ${escapeMarkdown(study.project, 80)}${of}`,
    [
      `**Verdict: ${verdict}.** ${comparisonSentence(view)} ${escapeMarkdown(capital(describeEvidence(evidenceOf(outcome), figures)))}.`,
      `**Decision: ${decision}${weak}.** ${escapeMarkdown(reason, 600)} Next: ${code(next)}`,
    ].join('  \n'),
    study.forced.length > 0 &&
      `> **The gate was passed with \`--force\`.** Missing: ${study.forced.map((item) => escapeMarkdown(item)).join('; ')}.`,
  );
}

/** `val_acc 78.9% → 83.1%: +4.2 pp val_acc (+5.3% relative).` */
function comparisonSentence({ outcome, figures, hasIncumbent }: ReportView): string {
  const { metric, baseline, reference, optimized, effect, gain } = outcome;
  const name = escapeMarkdown(metric.name, 80);
  if (optimized.mean === null) return `No optimized run came to a value of ${name}.`;
  if (baseline.mean === null)
    return `${name} ${figures.value(optimized.mean)}; the baseline has no value to compare with.`;
  const step = hasIncumbent
    ? ` Against the incumbent (${figures.value(reference.mean)}): ${describeImprovement(gain, metric, name, figures)}.`
    : '';
  return `${name} ${figures.value(baseline.mean)} → ${figures.value(optimized.mean)}: ${describeImprovement(effect, metric, name, figures)}.${step}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const DECISIONS: Record<Decision, string> = {
  finalize: 'go on to the final training with this configuration',
  iterate: 'optimize further from the best configuration so far',
  rediagnose: 'diagnose again: the changes did not help',
  accept: 'take the best configuration so far, and go on to the final training',
};
