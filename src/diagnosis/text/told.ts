import type { SourceLine } from './lines.ts';
import { parseStructure, type StructureNode } from './structure-tree.ts';
import { Teller } from './teller.ts';
import { RECOMMENDATIONS } from './told-fields.ts';

/** Whether a structure is a diagnosis rather than a config. */
function isDiagnosis(root: StructureNode): boolean {
  return (
    root.type === 'object' &&
    root.entries.some(
      ({ key, value }) =>
        RECOMMENDATIONS.test(key) &&
        value.type === 'array' &&
        value.items.length > 0 &&
        (value.items[0]?.type === 'object' || value.items[0]?.type === 'string'),
    )
  );
}

/** The Markdown lines that tell a report written as JSON or YAML; undefined where the text is none. */
export function tellStructure(text: string): SourceLine[] | undefined {
  if (!/^\s*(?:[[{]|[\w-]+\s*:)/u.test(text)) return undefined;
  const root = parseStructure(text);
  const isList = root?.type === 'array' && root.items.every((item) => item.type === 'object');
  const isReport =
    root !== undefined && (isDiagnosis(root) || isList || (root.type === 'object' && /^\s*\{/u.test(text)));
  if (!root || !isReport) return undefined;
  const teller = new Teller(text);
  teller.tell(root);
  return teller.lines;
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*(?:json|ya?ml|jsonc)?\s*$/iu;

/** Replaces code blocks that hold a diagnosis (`{"recommendations": […]}`) by the Markdown they tell. */
export function tellFences(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (
    !lines.some(
      ({ text }) =>
        /recommend|suggest|actions|fixes|proposals|interventions/iu.test(text) &&
        /["']?\w+["']?\s*:/u.test(text),
    )
  )
    return lines;
  const out: SourceLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as SourceLine;
    const mark = FENCE.exec(line.text)?.[1];
    if (mark === undefined) {
      out.push(line);
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !(lines[end] as SourceLine).text.trim().startsWith(mark)) end += 1;
    const body = lines.slice(at + 1, end);
    const told =
      body.length < 2000 &&
      body.some(({ text }) => RECOMMENDATIONS.test(/^\s*["']?(\w+)["']?\s*:/u.exec(text)?.[1] ?? ''))
        ? tellBody(body)
        : undefined;
    if (told) out.push(...told);
    else out.push(...lines.slice(at, end + 1));
    at = end;
  }
  return out;
}

function tellBody(body: readonly SourceLine[]): SourceLine[] | undefined {
  const text = body.map((line) => line.text).join('\n');
  const root = parseStructure(text);
  if (!root || !isDiagnosis(root)) return undefined;
  const teller = new Teller(text);
  teller.tell(root);
  return teller.lines.map((line) => ({ text: line.text, line: body[line.line - 1]?.line ?? line.line }));
}
