import type { ProcessRow, TreeUsage } from './process.ts';

/** A process with what it uses, for tables that list both at once. */
export interface MeasuredRow extends ProcessRow {
  memoryBytes: number;
  /** Its own peak; 0 where unknown. */
  largestBytes: number;
  cpuSeconds: number;
}

/** Usage of a process and its descendants; undefined when it is not among `rows`. */
export function treeUsage(pid: number, rows: readonly MeasuredRow[]): TreeUsage | undefined {
  const tree = rows.filter((row) => row.pid === pid);
  if (tree.length === 0) return undefined;
  for (let i = 0; i < tree.length; i++) {
    // A parent's pid may have been recycled: a child is never older than its parent.
    tree.push(
      ...rows.filter(
        (row) => row.parent === tree[i]?.pid && row.pid !== pid && row.start >= (tree[i]?.start ?? 0),
      ),
    );
  }
  return {
    cpuSeconds: tree.reduce((sum, row) => sum + row.cpuSeconds, 0),
    memoryBytes: tree.reduce((sum, row) => sum + row.memoryBytes, 0),
    largestBytes: Math.max(...tree.map((row) => row.largestBytes)),
    processes: tree,
  };
}
