import { isAdvice, keeps } from './advice.ts';
import { statementsOf, type Node } from './node.ts';
import { draft, type Draft, type UnitStance } from './unit.ts';

/** `(a) …`, `b) …`: lines that were numbered by letters. */
const LETTERED = /^\s*(?:\([a-z\d]{1,2}\)|[a-z]\))\s/u;

/** The lines of a paragraph that is a list without bullets; one draft where it is wrapped prose. */
export function lineDrafts(node: Node, stance: UnitStance, isLoose = false): Draft[] {
  const statements = node.leaf ? statementsOf(node.leaf) : [];
  // A line counts where a statement starts with it, not in it: then no line is wrapped.
  const offsets = new Set(node.leaf?.breaks.map((part) => part.offset));
  const starts = new Set(
    statements
      .filter((statement) => offsets.has(statement.tokens[0]?.start ?? -1))
      .map((statement) => statement.line),
  );
  const isProse = starts.size < 2 || starts.size < (node.leaf?.breaks.length ?? 1);
  if (isProse) return [draft([node], null, stance, { isLoose })];
  const isLettered = [...(node.leaf?.text.split('\n') ?? [])].every((line) => LETTERED.test(line));
  const drafts: Draft[] = [];
  let lastLine = -1;
  for (const [index, statement] of statements.entries()) {
    if (statement.line === lastLine) continue;
    lastLine = statement.line;
    // Where nothing marks the advice, only what reads like advice is counted.
    if (
      isLoose &&
      !isLettered &&
      !statements.some((other) => other.line === statement.line && (isAdvice(other) || keeps(other)))
    )
      continue;
    drafts.push(draft([node], null, stance, { statement: index, line: statement.line, isLoose }));
  }
  return drafts;
}
