import { formatPath } from '../../config/path.ts';
import type { SourceLine } from '../text/lines.ts';
import { entry, type Entry } from './entry.ts';

/** Whether lines are a unified diff, or at least marked with `+` and `-` as one. */
export function isDiff(lines: readonly SourceLine[]): boolean {
  let added = 0;
  let removed = 0;
  let other = 0;
  for (const { text } of lines) {
    if (text.trim() === '') continue;
    if (/^@@ .* @@|^(?:\+\+\+|---|diff|index) /u.test(text)) return true;
    if (/^\+\s*["'\w[#]/u.test(text)) added += 1;
    else if (/^-\s*["'\w[#]/u.test(text)) removed += 1;
    else if (!/^[ \t#]|^[\w"']/u.test(text)) other += 1;
  }
  return (
    added > 0 &&
    removed + added >= 1 &&
    other === 0 &&
    (removed > 0 || added > 1) &&
    !lines.every(({ text }) => /^\s*(?:-|$)/u.test(text))
  );
}

type Reader = (lines: readonly SourceLine[]) => Entry[];

/** The settings that a diff changes: its `+` side against its `-` side. */
export function readDiffEntries(lines: readonly SourceLine[], read: Reader): Entry[] {
  const before: SourceLine[] = [];
  const after: SourceLine[] = [];
  const touched = new Set<number>();
  for (const { text, line } of lines) {
    if (
      /^(?:@@|\+\+\+ |--- |diff |index |\\ No newline|new file|deleted file)/u.test(text) ||
      text.trim() === '---'
    )
      continue;
    const sign = text.charAt(0);
    const rest = { text: ` ${text.slice(1)}`, line };
    if (sign === '+' || sign === '-') {
      (sign === '+' ? after : before).push(rest);
      touched.add(line);
    } else {
      // Context lines of a hand-written diff often lack the leading blank.
      const context = { text: sign === ' ' ? text : ` ${text}`, line };
      before.push(context);
      after.push(context);
    }
  }
  const old = new Map<string, Entry>();
  for (const item of read(before)) if (touched.has(item.line)) old.set(formatPath(item.path), item);
  const entries: Entry[] = [];
  for (const item of read(after)) {
    if (!touched.has(item.line)) continue;
    const was = old.get(formatPath(item.path));
    old.delete(formatPath(item.path));
    if (was?.relation.kind === 'set' && item.relation.kind === 'set' && item.relation.from === null)
      entries.push({ ...item, relation: { ...item.relation, from: was.relation.to } });
    else entries.push(item);
  }
  for (const item of old.values())
    entries.push(
      entry(item.path, { kind: 'remove', isKey: true }, item.line, {
        mark: 'removed',
        hint: null,
        text: item.comment,
        statedRecommendation: item.statedRecommendation,
      }),
    );
  return entries;
}
