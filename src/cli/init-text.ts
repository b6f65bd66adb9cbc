import { inkOf } from '../report/ink.ts';
import { toPlain } from '../report/plain.ts';
import type { Proposal } from '../init/proposal.ts';

/** What was found and what is missing, for a terminal. Ends without a newline. */
export function describeProposal({ stack, guesses, missing }: Proposal, color: boolean): string {
  const ink = inkOf(color);
  const width = Math.max(0, ...guesses.map(({ key }) => key.length));
  const lines = [
    ink('bold', stack === null ? 'Found:' : `Found (${toPlain(stack, 40)}):`),
    ...guesses.flatMap(({ key, value, why, alternatives }) => [
      `  ${key.padEnd(width)}  ${toPlain(String(value), 200)}`,
      `  ${' '.repeat(width)}  ${ink('dim', toPlain(why, 200))}`,
      ...alternatives.map((other) => `  ${' '.repeat(width)}  ${ink('dim', `or ${toPlain(other, 200)}`)}`),
    ]),
  ];
  if (guesses.length === 0) lines.pop();
  if (missing.length > 0) lines.push(ink('bold', 'Missing:'));
  for (const { key, message, write } of missing) {
    lines.push(`  ${ink('yellow', '!')} ${key}: ${toPlain(message, 500)}`, `    → ${toPlain(write, 500)}`);
  }
  return lines.join('\n');
}

/** The document of `pawl init --json`. */
export function initJson(
  result: { file: string; written: boolean; kept: string | null; text: string },
  { settings, stack, guesses, missing, isComplete, derived }: Proposal,
): Record<string, unknown> {
  const { file, written, kept, text } = result;
  return {
    schemaVersion: 1,
    file,
    written,
    kept,
    complete: isComplete,
    stack,
    proposal: settings,
    guesses,
    missing,
    text,
    derived: derived === null ? null : { path: derived.path, text: derived.text },
  };
}
