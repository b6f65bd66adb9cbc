import { readLines } from './text/lines.ts';
import { readBlocks } from './text/tree.ts';
import type { Plan } from './types.ts';

/** Something that must be there before optimization may start. */
export interface MissingPiece {
  what: string;
  line?: number;
  file?: string;
}

export interface GateResult {
  missing: MissingPiece[];
  warnings: string[];
}

/** The checklist that belongs to the diagnostics phase, as text and file name. */
export interface Checklist {
  text: string;
  file: string;
}

/** Whether a diagnosis is complete enough to act on: a root cause, actionable recommendations, no open box in its checklist. */
export function gateReport(plan: Plan, checklist?: Checklist): GateResult {
  const missing: MissingPiece[] = [];
  const warnings: string[] = [];
  const { diagnosis, changes } = plan;
  const { file } = diagnosis;
  if (diagnosis.rootCauses.length === 0)
    missing.push({ what: 'a root cause (a section "Root cause", or a sentence that names it)', file });
  const count = diagnosis.recommendations.length;
  if (count === 0 && changes.length === 0)
    missing.push({ what: 'recommendations (a section "Recommendations" with 3–5 numbered items)', file });
  else if (changes.length === 0) {
    const reasons = [...new Set(plan.skipped.map((skip) => skip.reason))].join(', ');
    missing.push({
      what: `a recommendation that changes the config${reasons === '' ? '' : ` (all were skipped: ${reasons})`}`,
      file,
      ...(plan.skipped[0] ? { line: plan.skipped[0].line } : {}),
    });
  } else if (count < 3 || count > 5)
    warnings.push(`The report has ${count} recommendation${count === 1 ? '' : 's'}; 3–5 are expected.`);
  if (checklist) {
    const { open, boxes } = readBoxes(checklist);
    for (const box of open)
      missing.push({
        what: `open box in the diagnostics checklist: ${box.text}`,
        file: checklist.file,
        line: box.line,
      });
    if (boxes === 0) warnings.push(`The checklist ${checklist.file} has no boxes.`);
  }
  return { missing, warnings };
}

function readBoxes({ text }: Checklist): { open: { text: string; line: number }[]; boxes: number } {
  const open: { text: string; line: number }[] = [];
  const seen = new Set<object>();
  let boxes = 0;
  for (const block of readBlocks(readLines(text).lines)) {
    const item = block.items.at(-1);
    if (!item || item.checkbox === null || seen.has(item)) continue;
    seen.add(item);
    boxes += 1;
    if (item.checkbox === 'open')
      open.push({
        text: (block.lines[0]?.text ?? '')
          .replace(/^\s*\[[^\]]?\]\s*/u, '')
          .trim()
          .slice(0, 120),
        line: item.line,
      });
  }
  return { open, boxes };
}
