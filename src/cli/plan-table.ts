import { styleText } from 'node:util';
import type { ConfigValue } from '../config/value.ts';
import type { Change, Plan } from '../diagnosis/types.ts';

/** The plan for a terminal: what is applied, what is not and why. */
export function renderPlan(plan: Plan, color: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const { diagnosis, changes, skipped, warnings } = plan;
  const lines = [paint('bold', `Plan from ${diagnosis.file}`)];
  if (diagnosis.rootCauses.length > 0) lines.push(`Root cause: ${diagnosis.rootCauses.join('; ')}`);
  if (diagnosis.target) {
    const { metric, value, unit, line } = diagnosis.target;
    lines.push(
      `Target: ${value}${unit ?? ''}${metric === null ? '' : ` ${metric}`}${line === null ? '' : ` (line ${line})`}`,
    );
  }
  lines.push(
    '',
    changes.length === 0
      ? 'No change can be applied.'
      : `${changes.length} change${changes.length === 1 ? '' : 's'}:`,
  );
  const width = Math.max(0, ...changes.map((change) => change.path.length));
  for (const change of changes) {
    const mark = { new: paint('green', '+'), changed: paint('yellow', '~'), removed: paint('red', '-') }[
      change.kind
    ];
    lines.push(
      `  ${mark} ${change.path.padEnd(width)}  ${describeStep(change)}  ${paint('dim', sourceOf(change))}`,
    );
  }
  if (skipped.length > 0) {
    lines.push('', `${skipped.length} not applied:`);
    for (const { recommendation, reason, message, line, candidates } of skipped) {
      const who = recommendation === null ? '' : `recommendation ${recommendation}, `;
      lines.push(`  · ${paint('cyan', reason)}  ${message}  ${paint('dim', `(${who}line ${line})`)}`);
      if (candidates.length > 0) lines.push(`      candidates: ${candidates.join(', ')}`);
    }
  }
  if (warnings.length > 0) {
    lines.push('', 'Warnings:');
    for (const { message, line } of warnings)
      lines.push(`  ! ${message}${line === null ? '' : paint('dim', ` (line ${line})`)}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeStep({ kind, from, to }: Change): string {
  if (kind === 'removed') return `${showConfigValue(from)} → removed`;
  return kind === 'new' ? showConfigValue(to) : `${showConfigValue(from)} → ${showConfigValue(to)}`;
}

function sourceOf({ recommendation, line }: Change): string {
  const parts = [
    ...(recommendation === null ? [] : [`recommendation ${recommendation}`]),
    ...(line === null ? [] : [`line ${line}`]),
  ];
  return parts.length === 0 ? '' : `(${parts.join(', ')})`;
}

/** A value on one line, at most 60 characters. Control characters of untrusted text are escaped by JSON. */
export function showConfigValue(value: ConfigValue): string {
  const text = typeof value === 'string' && /^[\w./-]+$/.test(value) ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
