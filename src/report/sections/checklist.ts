import { posix } from 'node:path';
import type { Check } from '../checklist.ts';
import { escapeMarkdown, linkTarget } from '../escape.ts';
import { blocks, bullets } from '../table.ts';
import type { ReportView } from '../view.ts';

export function checklistSection({ outcome }: ReportView, checks: readonly Check[]): string {
  const { report, checklist } = outcome.artifacts;
  const open = checks.filter((check) => !check.done);
  const link = `[${escapeMarkdown(posix.basename(checklist))}](${linkTarget(posix.relative(posix.dirname(report), checklist))})`;
  return blocks(
    '## Checklist',
    `${checks.length - open.length} of ${checks.length} boxes are ticked: ${link}.`,
    open.length > 0 &&
      blocks('Open:', bullets(open.map((check) => `${check.text}: ${escapeMarkdown(check.evidence, 600)}`))),
  );
}
