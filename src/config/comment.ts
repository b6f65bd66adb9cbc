/** The words of the comments that edits leave behind. They are plain text on one line; each syntax adds its own comment sign. */

export interface Mark {
  kind: 'new' | 'changed' | 'removed' | 'kept';
  /** The old value as it was spelled; empty for `new`. */
  from: string;
  /** Untrusted: comes from reports. */
  why: string;
}

const WHY_LIMIT = 300;

/** Line breaks of any standard, control characters, marks that reorder text, and halves of surrogate pairs. */
const UNSAFE =
  /[\p{Cc}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{200E}\u{200F}\u{FEFF}\u{FFFE}\u{FFFF}\p{Cs}]+/gu;

/** Makes any text safe to stand in a comment: one line, printable, bounded. */
export function oneLine(text: string, limit = WHY_LIMIT): string {
  const line = text.replace(UNSAFE, ' ').replace(/ {2,}/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length > limit ? `${characters.slice(0, limit - 3).join('')}...` : line;
}

/** The text of a comment. `label` names the entry where several share a line. */
export function markText(mark: Mark, label = ''): string {
  const why = oneLine(mark.why);
  const from = oneLine(mark.from);
  const name = oneLine(label);
  const old = mark.kind === 'removed' && name !== '' ? `${name}: ${from}` : from;
  const words = [mark.kind === 'new' ? '' : old, why].filter((part) => part !== '').join(', ');
  const suffix = mark.kind === 'removed' || name === '' ? '' : ` [${name}]`;
  return words === '' ? shortMark(mark) + suffix : `${INTRODUCTIONS[mark.kind]} ${words}${suffix}`;
}

const INTRODUCTIONS = { new: 'NEW:', changed: 'CHANGED: from', removed: 'REMOVED:', kept: 'KEPT:' } as const;

/** The mark of a further line of the same edit. */
export function shortMark(mark: Mark): string {
  return mark.kind.toUpperCase();
}
