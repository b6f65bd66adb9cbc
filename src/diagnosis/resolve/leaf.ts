import type { Claim } from '../claims/claim.ts';
import { conceptsOf } from '../words/concepts.ts';
import type { Lexicon } from './lexicon.ts';
import { childrenOf, lastName } from './relatives.ts';
import type { Slot } from './slots.ts';

const TYPE_KEYS: ReadonlySet<string> = new Set(
  'name type kind class algorithm algo target method policy strategy mode scheduler optimizer'.split(' '),
);
const AMOUNT_KEYS: ReadonlySet<string> = new Set(
  'rate p prob probability value alpha epsilon eps weight coef coefficient factor strength maxnorm norm size epochs steps patience ratio lambda'.split(
    ' ',
  ),
);
const SWITCH_KEYS: ReadonlySet<string> = new Set('enabled enable use active on'.split(' '));

/** The amount in a section: `dropout: {rate: 0.1}`; undefined where none or several could be meant. */
function amountOf(slot: Slot, leaves: readonly Slot[]): Slot | undefined {
  const own = conceptsOf(lastName(slot));
  const joined = leaves.filter((leaf) =>
    conceptsOf(lastName(slot) + lastName(leaf)).some((concept) => own.includes(concept)),
  );
  if (joined.length === 1) return joined[0];
  const amounts = leaves.filter((leaf) => AMOUNT_KEYS.has(lastName(leaf)));
  return amounts.length === 1 ? amounts[0] : undefined;
}

/** The leaf that a claim on a section means: its type for a word, its switch for a toggle, its amount for a number; else the section. */
export function leafOf(lexicon: Lexicon, slot: Slot, { relation }: Claim): Slot {
  if (!slot.isMapping || relation.kind === 'remove') return slot;
  const leaves = childrenOf(lexicon, slot).filter((child) => !child.isMapping);
  const find = (keys: ReadonlySet<string>): Slot => leaves.find((leaf) => keys.has(lastName(leaf))) ?? slot;
  if (relation.kind === 'toggle') return find(SWITCH_KEYS);
  const value = relation.kind === 'set' ? relation.to.value : undefined;
  if (typeof value === 'string') return find(TYPE_KEYS);
  if (typeof value === 'boolean') return find(SWITCH_KEYS);
  if (value === null || typeof value === 'object') return slot;
  return amountOf(slot, leaves) ?? slot;
}
