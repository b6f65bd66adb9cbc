import type { ConfigValue } from '../../config/value.ts';
import { sameValue } from '../resolve/slots.ts';
import type { Item } from './items.ts';

/** What becomes of one place of the config, over all that the report says of it. */
export interface Verdict {
  path: string;
  kind: 'change' | 'conflict' | 'held' | 'none';
  /** The item a change is taken from. */
  chosen: Item | null;
  /** Items that stand for the decision. */
  supporters: readonly Item[];
  message: string;
}

function sameOutcome(a: Item, b: Item): boolean {
  if (a.outcome.kind === 'removed' || b.outcome.kind === 'removed') return a.outcome.kind === b.outcome.kind;
  if (a.outcome.kind !== 'value' || b.outcome.kind !== 'value') return false;
  const [x, y] = [a.outcome.value, b.outcome.value];
  if (typeof x === 'string' && typeof y === 'string')
    return x.toLowerCase().replace(/[_-]/gu, '') === y.toLowerCase().replace(/[_-]/gu, '');
  return sameValue(x, y);
}

export function showValue(value: ConfigValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function showItem(item: Item): string {
  return item.outcome.kind === 'value'
    ? `${showValue(item.outcome.value)} (line ${item.claim.line})`
    : `removed (line ${item.claim.line})`;
}

/** How directly an item states path and value: the line people would look at. */
function directness(item: Item): number {
  const { claim } = item;
  const isFull = claim.path !== null ? claim.path.length > 1 : claim.name.includes('.');
  return (claim.isExplicit ? 2 : 0) + (isFull ? 1 : 0) + (claim.relation.kind === 'set' ? 1 : 0);
}

function mostDirect(items: readonly Item[]): Item {
  let best = items[0] as Item;
  for (const item of items) {
    const gain = directness(item) - directness(best);
    if (gain > 0 || (gain === 0 && item.claim.line < best.claim.line)) best = item;
  }
  return best;
}

function isDecisive(item: Item): boolean {
  return item.outcome.kind === 'value' || item.outcome.kind === 'removed';
}

/** An explicit value in a recommendation outweighs its own "10×": the report may count from another baseline. */
function withoutRelative(items: readonly Item[]): Item[] {
  const explicit = new Set(
    items.filter((item) => item.claim.relation.kind === 'set').map((item) => item.claim.unit),
  );
  return items.filter(
    (item) =>
      item.claim.relation.kind === 'set' ||
      item.claim.relation.kind === 'remove' ||
      !explicit.has(item.claim.unit),
  );
}

/** Weighs all items on one path against each other. */
export function decide(path: string, items: readonly Item[]): Verdict {
  const none: Verdict = { path, kind: 'none', chosen: null, supporters: [], message: '' };
  const asserted = items.filter(
    (item) => item.claim.stance === 'assert' && item.claim.source !== 'weak' && isDecisive(item),
  );
  const lone = (item: Item): boolean =>
    item.claim.relation.kind === 'set' && item.claim.relation.isLone === true && item.isHeld;
  const votes = withoutRelative(asserted.filter((item) => !lone(item)));
  const moving = votes.filter(
    (item) =>
      (!item.isHeld && item.claim.mark !== 'unmarked') ||
      (item.claim.mark === 'unmarked' && item.claim.source !== 'preview' && !item.isHeld),
  );
  const unmarked = votes.filter(
    (item) => item.claim.mark === 'unmarked' && item.claim.source === 'preview' && !item.isHeld,
  );
  if (moving.length === 0) {
    const first = unmarked[0];
    if (first)
      return {
        ...none,
        kind: 'conflict',
        supporters: unmarked,
        message: `The config preview shows ${path} as ${showItem(first)} without marking it as changed, but the baseline has ${showValue(first.from)}.`,
      };
    return votes.length > 0 ? { ...none, kind: 'held', supporters: votes } : none;
  }
  const first = moving[0] as Item;
  const other = [...moving, ...unmarked].find((item) => !sameOutcome(item, first));
  if (other)
    return {
      ...none,
      kind: 'conflict',
      supporters: [...moving, ...unmarked],
      message: `The report gives ${path} two values: ${showItem(first)} and ${showItem(other)}.`,
    };
  const opposed = oppositionTo(first, moving, votes, items);
  if (opposed) return { ...none, kind: 'conflict', supporters: moving, message: opposed };
  return { ...none, kind: 'change', chosen: mostDirect(moving), supporters: moving };
}

/** What else in the report speaks against a change: a preview that keeps the old value, a "keep", a range it lies outside of. */
function oppositionTo(
  first: Item,
  moving: readonly Item[],
  votes: readonly Item[],
  items: readonly Item[],
): string | null {
  const units = new Set(moving.map((item) => item.claim.unit));
  const still = votes.find((item) => item.isHeld && item.claim.source === 'preview');
  if (still && moving.some((item) => item.claim.source !== 'preview'))
    return `The report changes ${first.path} to ${showItem(first)}, but its config preview keeps ${showValue(still.from)} (line ${still.claim.line}).`;
  const kept = items.find(
    (item) =>
      item.claim.stance === 'keep' &&
      item.claim.relation.kind !== 'none' &&
      !units.has(item.claim.unit) &&
      item.claim.source !== 'fence' &&
      item.claim.source !== 'preview' &&
      item.claim.source !== 'weak' &&
      !item.claim.isWeak,
  );
  if (kept)
    return `The report changes ${first.path} to ${showItem(first)}, but also says to keep it (line ${kept.claim.line}).`;
  const value = first.outcome.kind === 'value' ? first.outcome.value : null;
  for (const item of items) {
    const { relation } = item.claim;
    if (
      relation.kind !== 'range' ||
      relation.low === null ||
      relation.high === null ||
      typeof value !== 'number' ||
      item.claim.stance !== 'assert'
    )
      continue;
    if (value < relation.low - 1e-12 || value > relation.high + 1e-12)
      return `The report gives ${first.path} as ${showItem(first)}, outside its own range ${relation.text} (line ${item.claim.line}).`;
  }
  return null;
}
