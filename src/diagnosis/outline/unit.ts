import type { Grid, Node } from './node.ts';

/** One recommendation: the nodes that belong to it, its own first. */
export interface Unit {
  /** The report's own number, else its position from 1. */
  number: number;
  /** As written; null where the report gives none. */
  stated: number | null;
  nodes: readonly Node[];
  /** Set where the recommendation is one row of a table. */
  row: { grid: Grid; index: number } | null;
  /** Index of its first statement, where it is one line of a paragraph. */
  statement: number | null;
  line: number;
  /** The kind of section it stands in: ideas for later are not recommendations. */
  stance: UnitStance;
  /** Found by its wording only, without any structure around it. */
  isLoose: boolean;
}

export type UnitStance = 'open' | 'later' | 'alternatives' | 'rejected' | 'keep' | 'done';

export type Draft = Omit<Unit, 'number'>;

export interface Segments {
  units: Unit[];
  /** Sections that show a whole config or sum up the changes. */
  previews: Node[];
  /** Sections outside the recommendations that say what to keep, what was rejected, …. */
  loose: { node: Node; stance: Exclude<UnitStance, 'open'> }[];
  /** Sentences of advice beside the recommendations ("Also set …"). */
  notes: Node[];
  /** Recommendations beyond the limit. */
  dropped: number;
}

const STANCES: ReadonlySet<string> = new Set(['later', 'alternatives', 'rejected', 'keep', 'done']);

/** The stance a section's title gives to all in it; null where it gives none. */
export function stanceOf(node: Node): Exclude<UnitStance, 'open'> | null {
  return node.role !== null && STANCES.has(node.role) ? (node.role as Exclude<UnitStance, 'open'>) : null;
}

export function draft(
  nodes: readonly Node[],
  stated: number | null,
  stance: UnitStance,
  traits: Partial<Draft> = {},
): Draft {
  return {
    nodes,
    stated,
    stance,
    row: null,
    statement: null,
    line: nodes[0]?.line ?? 1,
    isLoose: false,
    ...traits,
  };
}

/** Numbers the drafts: the report's own numbers where they are distinct, else positions. */
export function numberUnits(drafts: readonly Draft[]): Unit[] {
  const stated = drafts.map((item) => item.stated);
  // Rows of one table may share a number; anything else that repeats one is not numbered by it.
  const isRepeat = (item: Draft, at: number): boolean =>
    item.row !== null &&
    drafts[at - 1]?.row?.grid === item.row.grid &&
    drafts[at - 1]?.stated === item.stated;
  const distinct = drafts.filter((item, at) => !isRepeat(item, at)).map((item) => item.stated);
  const isOwn = stated.every((number) => number !== null) && new Set(distinct).size === distinct.length;
  return drafts.map((item, index) => ({ ...item, number: isOwn ? (item.stated as number) : index + 1 }));
}
