/** The words before a number in a line. */
export interface NameWords {
  /** Words right before the number, the nearest last. */
  words: string[];
  /** Text between the previous number and `words`: a phase may stand there (`val: loss 0.5`). */
  lead: string;
  /** All of the line before the separator. */
  before: string;
  /** How name and number are joined: `a: 1`, `a=1`, `a 1`. */
  join: ':' | '=' | ' ';
}

/** The words before a number, and how they are joined to it. */
export function wordsBefore(left: string, earlier: string): NameWords | undefined {
  const bare = left.trimEnd();
  let text = /["'[]$/.test(bare) ? bare.replace(/["'[]+$/, '').trimEnd() : bare;
  if (/[>→]$/.test(text)) text = text.replace(/(?:[-=]+>|→)$/, ':');
  const last = text.at(-1);
  let join: NameWords['join'];
  if (last === ':' || last === '=') {
    join = last;
    text = text.replace(/[:=]+$/, '').trimEnd();
  } else if (bare.length < left.length && bare === text && /[\w)%@']$/.test(text)) join = ' ';
  else return undefined;
  const cut = lastBoundary(text);
  const name = text
    .slice(cut)
    .replaceAll(/(\w)'s\b/g, '$1')
    .replaceAll(/["'`]+/g, ' ')
    .trim();
  return name === ''
    ? undefined
    : { words: name.split(/\s+/), lead: text.slice(0, cut), before: earlier + text, join };
}

const HARD = new Set(',;|[]{}<>\t:=');
const DASHES = new Set('-–—•·*');

/** Offset after the last thing in a text that parts names: a mark, two spaces, a dash between spaces, an open bracket, a full stop. */
function lastBoundary(text: string): number {
  let closed = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text.charAt(at);
    if (HARD.has(char)) return at + 1;
    if (char === ')') closed++;
    else if (char === '(' && closed-- <= 0) return at + 1;
    else if (char === ' ') {
      const before = text.charAt(at - 1);
      if (before === ' ' || before === '.') return at + 1;
      let dash = at - 1;
      while (dash >= 0 && DASHES.has(text.charAt(dash))) dash--;
      if (dash < at - 1 && (dash < 0 || text.charAt(dash) === ' ')) return at + 1;
    }
  }
  return 0;
}
