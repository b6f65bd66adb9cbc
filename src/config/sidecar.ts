import { basename } from 'node:path';
import { oneLine } from './comment.ts';
import { describeValue } from './describe.ts';
import { formatPath } from './path.ts';
import type { AppliedEdit } from './rewrite.ts';

/** The documentation of the changes to a config that cannot hold comments, as Markdown. */
export function writeSidecar(file: string, edits: readonly AppliedEdit[]): string {
  const rows = edits.map((edit) => {
    const from = edit.kind === 'new' ? '—' : code(describeValue(edit.from));
    const to = edit.kind === 'removed' ? '—' : code(describeValue(edit.value));
    return `| ${code(formatPath(edit.path))} | ${edit.kind.toUpperCase()} | ${from} | ${to} | ${cell(edit.why)} |`;
  });
  return [
    `# Changes to ${oneLine(basename(file))}`,
    '',
    'The format of this config has no comments, so its changes are documented here.',
    '',
    '| Path | Change | From | To | Why |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Text that can neither end a table cell nor start other Markdown or HTML. */
function cell(text: string): string {
  return oneLine(text).replace(/[\\|`*_<>[\]&]/g, (character) => `\\${character}`);
}

/** Inline code, fenced with more backticks than it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return fence + padding + text.replaceAll('|', '\\|') + padding + fence;
}
