import { styleText } from 'node:util';
import type { CurveDiagnosis } from '../diagnosis/diagnose.ts';
import { shower, standing } from '../diagnosis/write/figures.ts';
import { ISSUE_WORDS } from '../diagnosis/write/issue-words.ts';
import { showConfigValue } from './plan-table.ts';

/** The diagnosis for a terminal. */
export function renderDiagnosisText(
  diagnosis: CurveDiagnosis,
  places: { report: string | null; plot: string | null; next: string },
  color: boolean,
): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const { primary, secondary, suspicions, recommendations, warnings, withheld, target, names } = diagnosis;
  const show = shower(diagnosis);
  const { val, train } = standing(diagnosis);
  const lines = [
    `${paint('bold', 'Primary issue:')} ${primary.degree === null ? '' : `${primary.degree} `}${ISSUE_WORDS[primary.issue].title} ${paint('dim', `(confidence ${primary.confidence.toFixed(2)})`)}`,
    `  train ${show(train)} | val ${show(val)}${target === null ? '' : ` | target ${show(target)}`}`,
    ...primary.evidence.map((text) => `  + ${text}`),
    ...primary.against.map((text) => paint('dim', `  - ${text}`)),
  ];
  for (const { cause, evidence, wouldTell } of suspicions)
    lines.push('', cause, ...evidence.map((text) => `  + ${text}`), `  what would tell: ${wouldTell}`);
  if (secondary.length > 0) {
    lines.push('', 'Secondary:');
    for (const { issue, confidence, explainedBy } of secondary)
      lines.push(
        `  ${ISSUE_WORDS[issue].title} (${confidence.toFixed(2)})${explainedBy === null ? '' : `, most likely a consequence of ${ISSUE_WORDS[explainedBy].title}`}`,
      );
  }
  if (recommendations.length > 0) {
    lines.push('', 'Recommendations:');
    for (const { number, title, changes, expected } of recommendations) {
      lines.push(
        `  ${number}. ${title} ${paint('dim', `(expected ${expected.low} to ${expected.high} ${names.scale === 'other' ? '%' : 'points'}: ${expected.basis})`)}`,
      );
      for (const { path, kind, from, to } of changes)
        lines.push(
          `     ${paint('cyan', path)}: ${kind === 'new' ? '' : `${showConfigValue(from)} → `}${showConfigValue(to)}`,
        );
    }
  }
  for (const text of withheld) lines.push(paint('dim', `  not again: ${text}`));
  if (warnings.length > 0) lines.push('', ...warnings.map((text) => `! ${text}`));
  lines.push('', `Decision: ${paint('bold', diagnosis.decision)}. ${diagnosis.reason}`);
  if (places.report !== null) lines.push(`Report: ${places.report}`);
  lines.push(`Next: ${places.next}`);
  return `${lines.join('\n')}\n`;
}
