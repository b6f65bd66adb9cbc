import { clip } from '../facts/clip.ts';
import type { Unit } from '../outline/unit.ts';
import { sameValue } from '../resolve/slots.ts';
import type { Change, Plan, Recommendation } from '../types.ts';
import { conceptsOf, normalizeName } from '../words/concepts.ts';
import { showValue, type Verdict } from './decide.ts';
import type { Item } from './items.ts';

/** A change, and the recommendations (by index) that it belongs to, the first its owner. */
export interface OwnedChange {
  change: Change;
  owners: readonly number[];
}

const MAX_WHY = 100;

function unitsOf(items: readonly Item[]): number[] {
  const found = new Set<number>();
  for (const { claim } of items) if (claim.unit !== null) found.add(claim.unit);
  return [...found].sort((a, b) => a - b);
}

/** Recommendations that name what a change is about without giving its value; a preview gives it for them. */
function namedBy(verdict: Verdict, items: readonly Item[]): number[] {
  const keys = (verdict.chosen?.keys ?? []).filter((key): key is string => typeof key === 'string');
  const names = new Set(keys.map(normalizeName));
  const concepts = new Set(keys.flatMap((key) => conceptsOf(key)));
  const related = items.filter(({ claim, path }) => {
    if (claim.unit === null || claim.stance !== 'assert') return false;
    return (
      path === verdict.path ||
      names.has(normalizeName(claim.name)) ||
      conceptsOf(claim.name).some((concept) => concepts.has(concept))
    );
  });
  return unitsOf(related);
}

/** The recommendation that a comment beside the change names (`# NEW (recommendation 2)`). */
function statedBy(verdict: Verdict, units: readonly Unit[]): number[] {
  const numbers = verdict.supporters.map((item) => item.claim.statedRecommendation);
  const index = units.findIndex((unit) => numbers.includes(unit.number));
  return index < 0 ? [] : [index];
}

function ownersOf(verdict: Verdict, items: readonly Item[], units: readonly Unit[]): number[] {
  const direct = unitsOf(verdict.supporters);
  if (direct.length > 0) return direct;
  const stated = statedBy(verdict, units);
  return stated.length > 0 ? stated : namedBy(verdict, items);
}

/** The line of the item that states the change most directly, in its recommendation if it has one. */
function lineOf({ supporters }: Verdict, chosen: Item, owner: number | undefined): number {
  if (owner === undefined || chosen.claim.unit === owner) return chosen.claim.line;
  return (supporters.find((item) => item.claim.unit === owner) ?? chosen).claim.line;
}

/** The change that a verdict comes to. */
export function changeOf(
  verdict: Verdict,
  chosen: Item,
  items: readonly Item[],
  units: readonly Unit[],
  described: readonly Recommendation[],
): OwnedChange {
  const owners = ownersOf(verdict, items, units);
  const [owner] = owners;
  const title = owner === undefined ? '' : (described[owner]?.title ?? '');
  const comment = verdict.supporters
    .map((item) => item.claim.comment)
    .find((text) => text !== null && text !== '');
  const why = title === '' ? (comment ?? 'config preview of the report') : title;
  const isRemoved = chosen.outcome.kind === 'removed';
  return {
    owners,
    change: {
      path: verdict.path,
      kind: isRemoved ? 'removed' : chosen.from === undefined ? 'new' : 'changed',
      from: chosen.from ?? null,
      to: chosen.outcome.kind === 'value' ? chosen.outcome.value : null,
      recommendation: owner === undefined ? null : (units[owner]?.number ?? null),
      line: lineOf(verdict, chosen, owner),
      why: clip(why.replace(/\p{Cc}/gu, ' '), MAX_WHY),
    },
  };
}

/** Where the report names a setting by another path than the config's. */
export function pathWarnings({ chosen }: Verdict): Plan['warnings'] {
  const resolution = chosen?.resolution;
  if (resolution?.kind !== 'existing' || resolution.note === null) return [];
  return [{ message: resolution.note, line: chosen?.claim.line ?? null }];
}

/** What the report believes the old value to be, where the baseline config has another. */
export function baselineWarnings(verdict: Verdict): Plan['warnings'] {
  for (const { claim, from } of verdict.supporters) {
    const { relation } = claim;
    if ((relation.kind !== 'set' && relation.kind !== 'scale') || relation.from === null) continue;
    const { value, isPercent } = relation.from;
    const isFraction = isPercent && typeof value === 'number' && typeof from === 'number' && from <= 1;
    const stated = isFraction ? value / 100 : value;
    const isAbsent = from === undefined && (stated === null || stated === 0 || stated === 'none');
    const isSameWord =
      typeof stated === 'string' && typeof from === 'string' && stated.toLowerCase() === from.toLowerCase();
    if (isAbsent || isSameWord || (from !== undefined && sameValue(stated, from))) continue;
    const has =
      from === undefined
        ? `${verdict.path} is not in the baseline config`
        : `the baseline config has ${showValue(from)}`;
    return [
      {
        message: `The report says that ${verdict.path} is ${showValue(stated)} now, but ${has}.`,
        line: claim.line,
      },
    ];
  }
  return [];
}
