import { splitLabel, type Labelled } from '../outline/labels.ts';
import { statementsOf, type Node } from '../outline/node.ts';
import type { Statement } from '../text/statements.ts';

/** A statement of a report with what is around it. */
export interface Spoken {
  node: Node;
  statement: Statement;
  labelled: Labelled;
  /** Text behind the label. */
  text: string;
  isInUnit: boolean;
  /** Role of the innermost section that has one. */
  role: Node['role'];
}

/** Facts stand at the head of a report; what comes after so many statements is an appendix. */
const MAX_STATEMENTS = 3000;
const MAX_LEAF = 4000;

/** The statements of a report in order, up to a limit. */
export function listSpoken(root: Node, unitNodes: ReadonlySet<Node>): Spoken[] {
  const out: Spoken[] = [];
  const visit = (node: Node, inUnit: boolean, role: Node['role']): void => {
    if (out.length >= MAX_STATEMENTS) return;
    const isInUnit = inUnit || unitNodes.has(node);
    const own = node.kind === 'section' ? (node.role ?? role) : role;
    if (node.leaf && node.leaf.text.length <= MAX_LEAF)
      for (const statement of statementsOf(node.leaf)) {
        const labelled = splitLabel(statement);
        const first = labelled.tokens[0];
        const text = first ? node.leaf.text.slice(first.start, labelled.tokens.at(-1)?.end) : '';
        out.push({ node, statement, labelled, text, isInUnit, role: own });
      }
    for (const child of node.children) visit(child, isInUnit, own);
  };
  visit(root, false, null);
  return out;
}
