import type { Node } from '../outline/node.ts';
import type { Token } from '../text/tokens.ts';
import { columnOf } from '../words/columns.ts';
import { metricNameIn } from '../words/metrics.ts';
import type { Spoken } from './spoken.ts';

const SPLIT = /^(train|training|val|validation|valid|test|dev)\b/iu;
const SPLIT_NAME: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  validation: 'val',
  valid: 'val',
  dev: 'val',
  test: 'test',
};

function put(figures: Record<string, number>, name: string | null, value: number): void {
  if (
    name === null ||
    Object.hasOwn(figures, name) ||
    !Number.isFinite(value) ||
    Object.keys(figures).length >= 40
  )
    return;
  figures[name] = value;
}

function numberIn(text: string): number | null {
  const match = /^[~≈]?\s*([+-]?\d{1,6}(?:[.,]\d+)?)\s*%?/u.exec(text.trim());
  return match ? Number((match[1] as string).replace(',', '.')) : null;
}

function readTable(node: Node, figures: Record<string, number>): void {
  const grid = node.grid;
  if (!grid) return;
  const columns = grid.header.map((leaf) => columnOf(leaf.text));
  if (columns.includes('parameter') || columns.includes('run')) return;
  const skip = new Set<number>([0]);
  for (const [index, column] of columns.entries())
    if (column === 'target' || column === 'proposed' || column === 'expected') skip.add(index);
  for (const row of grid.rows) {
    const head = row.cells[0]?.text ?? '';
    if (/target|goal|ziel|目标|目標/iu.test(head)) continue;
    for (const [index, cell] of row.cells.entries()) {
      if (skip.has(index)) continue;
      const value = numberIn(cell.text);
      if (value === null) continue;
      const title = grid.header[index]?.text ?? '';
      put(
        figures,
        metricNameIn(head) !== null && !SPLIT.test(title)
          ? metricNameIn(head)
          : (metricNameIn(`${title} ${head}`) ?? metricNameIn(title)),
        value,
      );
    }
  }
}

function readTokens(tokens: readonly Token[], figures: Record<string, number>): void {
  let words: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.number) {
      const { number } = token;
      const next = tokens[index + 1];
      const isCount =
        number.isMultiple ||
        number.unit !== null ||
        /^(?:epochs?|steps?|images?|samples?|runs?|seeds?|points?|pp)$/u.test(next?.lower ?? '');
      const before = tokens[index - 1];
      if (!isCount && number.sign === null && before?.kind !== 'compare' && words.length > 0) {
        const phrase = words.slice(-5).join(' ');
        const split = SPLIT_NAME[words.at(-1)?.toLowerCase() ?? ''];
        put(
          figures,
          metricNameIn(phrase) ?? (split !== undefined && number.isPercent ? `${split}_acc` : null),
          number.value,
        );
      }
      words = [];
    } else if (token.kind === 'word') words.push(token.text);
    else if (token.kind === 'comma' || token.kind === 'pipe' || token.kind === 'arrow') words = [];
  }
}

const OTHER_ROLES: ReadonlySet<string | null> = new Set<string | null>([
  'expected',
  'recommendations',
  'preview',
  'current',
  'later',
  'alternatives',
  'rejected',
]);

/** Baseline figures that a report states outside its recommendations, as written. */
export function findBaseline(
  root: Node,
  spoken: readonly Spoken[],
  unitNodes: ReadonlySet<Node>,
): Record<string, number> {
  const figures = Object.create(null) as Record<string, number>;
  let tables = 0;
  const visit = (node: Node): void => {
    if (
      unitNodes.has(node) ||
      tables > 100 ||
      (node.kind === 'section' && OTHER_ROLES.has(node.role) && node.role !== null)
    )
      return;
    if (node.kind === 'table') {
      tables += 1;
      readTable(node, figures);
    }
    for (const child of node.children) visit(child);
  };
  visit(root);
  for (const { node, statement, labelled, isInUnit, role } of spoken.slice(0, 600)) {
    if (
      isInUnit ||
      node.kind === 'section' ||
      OTHER_ROLES.has(role) ||
      labelled.label === 'target' ||
      labelled.label === 'expected'
    )
      continue;
    const head = statement.tokens
      .slice(0, 3)
      .map((token) => token.lower)
      .join(' ');
    if (!/target|goal|ziel|expected|objectif|目标|目標|gap to/u.test(head))
      readTokens(statement.tokens, figures);
  }
  return figures;
}
