import { formatPath } from '../../config/path.ts';
import { isMapping } from '../resolve/slots.ts';
import type { Verdict } from './decide.ts';

/** Whether a change replaces all that lies under its path. */
function replacesAll(verdict: Verdict): boolean {
  const outcome = verdict.chosen?.outcome;
  if (outcome?.kind === 'removed') return true;
  return (
    outcome?.kind === 'value' &&
    (outcome.value === null || isMapping(outcome.value) || Array.isArray(outcome.value))
  );
}

/** A change of a whole section and one inside it cannot both be made: the outer becomes a conflict. */
export function refuseNested(verdicts: ReadonlyMap<string, Verdict>): void {
  for (const inner of verdicts.values()) {
    const keys = inner.kind === 'change' ? (inner.chosen?.keys ?? []) : [];
    for (let length = 1; length < keys.length; length += 1) {
      const outer = verdicts.get(formatPath(keys.slice(0, length)));
      if (outer?.kind !== 'change' || !replacesAll(outer)) continue;
      outer.kind = 'conflict';
      outer.message = `The report changes ${outer.path} as a whole and ${inner.path} in it.`;
    }
  }
}
