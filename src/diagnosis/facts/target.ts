import { titleOf, type Node } from '../outline/node.ts';
import type { SourceLine } from '../text/lines.ts';
import { statementText } from '../text/statements.ts';
import { columnOf } from '../words/columns.ts';
import { metricNameIn } from '../words/metrics.ts';
import type { Target } from '../types.ts';
import type { Spoken } from './spoken.ts';

const NUMBER =
  /(?<![\p{L}\d.,@]|\d-|\p{L}-)([+-]?)(\d{1,4}(?:[.,]\d{1,6})?)\s*(%|percent|prozent|pour ?cent|por ?ciento|процент\w*|百分)?(?![\p{L}\d])/giu;
const SPOKEN =
  /\b(?:target|goal|objective|aim|ziel|zielwert|objectif|objetivo|meta|цель)\b(?:\s+(?:is|of|was|at|for|ist|von|est|de|es|метрики?))*[^.;]{0,80}?\d|(?:目标|目標|목표)[^。；;]{0,40}?\d|\b(?:reach|achieve|hit|get to|surpass|exceed)\b[^.;]{0,60}?\d/iu;

/** What numbers behind these words count: `Phase 4`, `epoch 12`, `seed 42`. */
const ORDINAL =
  /(?:^|[^\p{L}])(?:phase|step|stage|stufe|schritt|iteration|round|runde|section|abschnitt|figure|fig|table|seed|epoch|epoche|run|version|recommendation|line|option|part|day|sprint|q)\W{0,2}$/iu;

/** The figure of a target in a text: the first that is no difference and no count. */
function targetIn(text: string, line: number | null): Target | null {
  for (const match of text.matchAll(NUMBER)) {
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 14);
    if (
      match[1] === '+' ||
      ORDINAL.test(text.slice(Math.max(0, match.index - 16), match.index)) ||
      /^\s*(?:epochs?|points?|pp\b|×|x\b|steps|runs|hours?|h\b|min|seeds?|percentage)/iu.test(after)
    )
      continue;
    const value = Number((match[2] as string).replace(',', '.')) * (match[1] === '-' ? -1 : 1);
    if (!Number.isFinite(value)) continue;
    return { metric: metricNameIn(text), value, unit: match[3] === undefined ? null : '%', line };
  }
  return null;
}

function isGap(target: Target): boolean {
  return target.metric !== null && /gap/u.test(target.metric);
}

const TARGET_HEAD = /^\W*(?:target|goal|ziel|zielwert|objectif|objetivo|цель|目标|目標|목표)(?!\p{L})/iu;

function fromTable(node: Node): Target | null {
  if (!node.grid) return null;
  const columns = node.grid.header.map((leaf) => columnOf(leaf.text));
  // `Target` heads proposed values in a table of settings; a row that names a metric tells the two apart.
  const isTarget = (index: number): boolean =>
    columns[index] === 'target' || TARGET_HEAD.test(node.grid?.header[index]?.text ?? '');
  const at = columns.findIndex((_column, index) => index > 0 && isTarget(index));
  for (const row of node.grid.rows) {
    const head = row.cells[0]?.text ?? '';
    if (at > 0) {
      const cell = row.cells[at]?.text ?? '';
      const target = targetIn(cell, row.line);
      const metric = metricNameIn(head.replace(/\([^()]*\)/gu, ' ').trim());
      if (target && metric !== null && !/gap|loss|train/u.test(metric)) return { ...target, metric };
    } else if (
      columnOf(head) === 'target' ||
      /^\W*(?:target|goal|ziel|objectif|objetivo|目标|目標|목표|цель)\b/iu.test(head) ||
      /^(?:目标|目標|목표)/u.test(head)
    ) {
      const target = targetIn(
        row.cells
          .slice(1)
          .map((cell) => cell.text)
          .join(' '),
        row.line,
      );
      if (target)
        return {
          ...target,
          metric:
            metricNameIn(head) ??
            target.metric ??
            metricNameIn(
              node.grid.header
                .slice(1)
                .map((leaf) => leaf.text)
                .join(' '),
            ),
        };
    }
  }
  return null;
}

/** The target a report states; null where it states none. */
export function findTarget(
  root: Node,
  spoken: readonly Spoken[],
  frontMatter: readonly SourceLine[],
): Target | null {
  const candidates: { rank: number; target: Target }[] = [];
  const offer = (rank: number, target: Target | null): void => {
    if (target && !isGap(target))
      candidates.push({ rank: rank + (target.metric === null ? 0.5 : 0), target });
  };
  for (const { text, line } of frontMatter)
    if (/^\s*target\w*\s*:/iu.test(text)) offer(1, targetIn(text.replace(/^[^:]*:/u, ''), line));
  for (const { node, statement, labelled, text: rest, role } of spoken) {
    if (candidates.length > 40) break;
    const line = statement.line;
    const text = statementText(statement);
    if (labelled.label === 'target' && rest !== '') {
      const target = targetIn(rest, line);
      offer(1, target && { ...target, metric: target.metric ?? metricNameIn(text) });
      continue;
    }
    if (role === 'target') offer(2, targetIn(node.kind === 'section' ? titleOf(node) : text, line));
    const aim = SPOKEN.exec(text);
    if (!aim) continue;
    const target = targetIn(text.slice(aim.index), line);
    const isNamed = /target|goal|ziel|objectif|objetivo|meta|цель|目标|目標|목표/iu.test(aim[0]);
    offer(isNamed ? 3 : 5, target && { ...target, metric: target.metric ?? metricNameIn(text) });
  }
  let tables = 0;
  const visit = (node: Node): void => {
    if (tables > 200) return;
    if (node.kind === 'table') {
      tables += 1;
      offer(2, fromTable(node));
    }
    for (const child of node.children) visit(child);
  };
  visit(root);
  candidates.sort((a, b) => a.rank - b.rank);
  return candidates[0]?.target ?? null;
}
