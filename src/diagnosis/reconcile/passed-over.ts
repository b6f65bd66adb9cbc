import type { Unit } from '../outline/unit.ts';
import type { Skipped } from '../types.ts';
import { normalizeName } from '../words/concepts.ts';
import { needsCodeOrData } from '../words/not-config.ts';
import type { Verdict } from './decide.ts';
import type { Item } from './items.ts';
import { bySeverity, skipFor, type Skip } from './skips.ts';
import { isRemark, showsProgram, spokenUnits, textOf, unsaidSkip } from './unsaid.ts';

/** A preview lists what stays as well; only what it cannot place or contradicts is worth a line. */
function isHarmless({ reason }: Skip, { claim }: Item): boolean {
  if (reason === 'unknown-path') return claim.isWeak;
  return reason === 'no-value' || reason === 'already-applied' || reason === 'keep';
}

/** Not worth a line where the recommendation changes something, or outside of all recommendations. */
function isMinor({ reason, isLoud = false }: Skip, { claim, path }: Item): boolean {
  if (isLoud) return false;
  if (reason === 'no-value') return true;
  if (reason === 'already-applied') return claim.source === 'fence' && claim.stance === 'assert';
  if (reason === 'unknown-path') return claim.relation.kind === 'toggle';
  return reason === 'alternative' && (path === null || claim.relation.kind === 'none');
}

/** The skips of each recommendation (by index; null: outside all), each said once. */
function gather(
  items: readonly Item[],
  verdicts: ReadonlyMap<string, Verdict>,
  busy: ReadonlySet<number>,
): Map<number | null, Skip[]> {
  const byUnit = new Map<number | null, Skip[]>();
  const said = new Set<string>();
  for (const item of items) {
    const { unit, source, name } = item.claim;
    const skip = skipFor(item, item.path === null ? undefined : verdicts.get(item.path));
    if (!skip) continue;
    if (
      unit === null
        ? source === 'preview'
          ? isHarmless(skip, item)
          : isMinor(skip, item)
        : busy.has(unit) && isMinor(skip, item)
    )
      continue;
    // Several options of one recommendation are one open choice.
    const about = skip.reason === 'alternative' && unit !== null ? '' : (item.path ?? normalizeName(name));
    const id = `${unit}\n${skip.reason}\n${about}`;
    if (said.has(id)) continue;
    said.add(id);
    const list = byUnit.get(unit);
    if (list) list.push(skip);
    else byUnit.set(unit, [skip]);
  }
  return byUnit;
}

/** The skips that stand for a recommendation which changes nothing, or beside its changes. */
function shownOf(skips: readonly Skip[], unit: Unit, isBusy: boolean, isPlaced: boolean): readonly Skip[] {
  const real = skips.filter((skip) => skip.reason !== 'no-value' || skip.isLoud === true);
  if (isBusy || real.length > 0) return real;
  const isCode = showsProgram(unit) || (!isPlaced && skips.length > 0 && needsCodeOrData(textOf(unit)));
  return isCode ? [] : skips;
}

function skipped({ reason, message, line, candidates }: Skip, recommendation: number | null): Skipped {
  return { recommendation, reason, message, line, candidates: [...candidates] };
}

/** Everything a report says that changes nothing, with the reason. `busy`: recommendations that change something. */
export function passedOver(
  items: readonly Item[],
  verdicts: ReadonlyMap<string, Verdict>,
  units: readonly Unit[],
  busy: ReadonlySet<number>,
): Skipped[] {
  const byUnit = gather(items, verdicts, busy);
  const spoken = spokenUnits(items);
  const placed = new Set(items.filter(({ path }) => path !== null).map(({ claim }) => claim.unit));
  const out: Skipped[] = [];
  for (const [index, unit] of units.entries()) {
    const isBusy = busy.has(index);
    const shown = [...shownOf(byUnit.get(index) ?? [], unit, isBusy, placed.has(index))].sort(bySeverity);
    out.push(...shown.map((skip) => skipped(skip, unit.number)));
    const isSilent = isRemark(unit, index, items) && !spoken.has(index);
    if (shown.length === 0 && !isBusy && !isSilent) out.push(skipped(unsaidSkip(unit), unit.number));
  }
  const conflicts = new Set(out.filter((skip) => skip.reason === 'conflict').map((skip) => skip.message));
  for (const skip of [...(byUnit.get(null) ?? [])].sort(bySeverity))
    if (skip.reason !== 'conflict' || !conflicts.has(skip.message)) out.push(skipped(skip, null));
  return out;
}

/** Recommendations that only repeat what an earlier one changes. `owners`: path → recommendations by index. */
export function repeated(owners: ReadonlyMap<string, readonly number[]>, units: readonly Unit[]): Skipped[] {
  const first = new Set([...owners.values()].map((list) => list[0]));
  const out = new Map<number, Skipped>();
  for (const [path, [owner, ...others]] of owners)
    for (const other of others) {
      const unit = units[other];
      if (first.has(other) || !unit || owner === undefined || out.has(other)) continue;
      const message = `Recommendation ${units[owner]?.number ?? 1} changes ${path} already.`;
      out.set(other, {
        recommendation: unit.number,
        reason: 'already-applied',
        message,
        line: unit.line,
        candidates: [],
      });
    }
  return [...out.values()];
}
