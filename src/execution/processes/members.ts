import type { ProcessRow } from './process.ts';

export interface MembersQuery {
  rows: readonly ProcessRow[];
  /** Process group and session of the run; undefined where that number may belong to somebody else by now. */
  group: number | undefined;
  /** Processes whose environment proves that they belong to the run. */
  carriers: ReadonlySet<number>;
  /** Start by pid of processes that were seen in the run's tree while it was supervised. */
  seen: ReadonlyMap<number, number>;
}

/** The living processes of a run: its group and session, those that prove or were seen to belong to it, and the descendants of all these. */
export function membersOf({ rows, group, carriers, seen }: MembersQuery): ProcessRow[] {
  const members = new Set<number>();
  for (const row of rows) {
    if (row.pid === process.pid) continue;
    const inGroup = group !== undefined && (row.group === group || row.session === group);
    if (inGroup || carriers.has(row.pid) || seen.get(row.pid) === row.start) members.add(row.pid);
  }
  for (let grew = members.size > 0; grew;) {
    const before = members.size;
    for (const row of rows) if (members.has(row.parent) && row.pid !== process.pid) members.add(row.pid);
    grew = members.size > before;
  }
  return rows.filter((row) => members.has(row.pid) && !row.isZombie);
}
