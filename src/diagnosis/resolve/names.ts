import { misspelt } from './misspelt.ts';
import { formatPath } from '../../config/path.ts';
import type { Claim } from '../claims/claim.ts';
import { choiceCategory } from '../words/choices.ts';
import { conceptsOf, normalizeName, type Concept } from '../words/concepts.ts';
import { leafOf } from './leaf.ts';
import { isEverydayName, type Lexicon } from './lexicon.ts';
import { Nearness } from './nearness.ts';
import { candidatePaths, isKey, keyFor, styledKey } from './new-key.ts';
import { parsePathText } from './path-text.ts';
import type { Places } from './places.ts';
import { inside, isCalled, lastName, sectionAt, slotAt } from './relatives.ts';
import { ambiguous, existing, onlyOf, UNKNOWN, type Resolution } from './resolution.ts';
import type { Slot } from './slots.ts';

/** Finds the place of a bare key or a name in words. */
export class NameResolver {
  private readonly lexicon: Lexicon;
  private readonly places: Places;
  private readonly nearness = new Nearness();

  constructor(lexicon: Lexicon, places: Places) {
    this.lexicon = lexicon;
    this.places = places;
  }

  resolve(name: string, claim: Claim): Resolution {
    const { slots, concepts } = this.lexicon.meaningOf(name);
    const placed = claim.place === null ? undefined : this.inPlace(claim.place, name, claim);
    if (placed) return placed;
    if (claim.isChoice) return this.holderOf(name, concepts, claim);
    const root = slots.find((slot) => slot.path.length === 1);
    if (root && !root.isMapping && (claim.isExplicit || slots.length === 1)) return existing(root);
    const isIdle = claim.relation.kind === 'none' || claim.relation.kind === 'keep';
    const isEveryday = isEverydayName(normalizeName(name).replaceAll('.', '')) && !claim.isExplicit;
    const known = isEveryday && isIdle ? [] : concepts;
    return (
      this.pick(slots, claim, name) ??
      this.pick(this.lexicon.slotsOfConcepts(known), claim, name) ??
      this.absent(name, known, claim)
    );
  }

  /** One of several places: the only one, or the only one whose section the text around names. */
  private pick(slots: readonly Slot[], claim: Claim, name: string): Resolution | undefined {
    const group = groupOf(slots, claim);
    if (group) return existing(group);
    const unique = [...new Set(slots.map((slot) => leafOf(this.lexicon, slot, claim)))];
    const leaves = unique.filter((slot) => !slot.isMapping);
    const pool = leaves.length > 0 ? leaves : unique;
    if (pool.length <= 1) return onlyOf(pool, existing);
    for (const text of claim.context) {
      const near = this.nearness.nearest(pool, text, name);
      if (near) return existing(near);
    }
    const [root, ...others] = pool.filter((slot) => slot.path.length === 1);
    return root && others.length === 0 && claim.isExplicit ? existing(root) : ambiguous(pool);
  }

  /** `adamw`: the slot that holds a choice of the same kind. */
  private holderOf(category: string, concepts: readonly Concept[], claim: Claim): Resolution {
    const all = this.lexicon.slots.filter(
      ({ value }) => typeof value === 'string' && choiceCategory(value.split('.').at(-1) ?? '') === category,
    );
    const own = all.filter(({ path }) => path[0] !== 'defaults');
    const holders = own.length > 0 ? own : all;
    if (holders.length === 1) return onlyOf(holders, existing) ?? UNKNOWN;
    const named = this.pick(this.lexicon.slotsOfConcepts(concepts), claim, category);
    return named ?? (holders.length > 1 ? ambiguous(holders) : UNKNOWN);
  }

  /** A name inside the section that the text gives as its place; undefined where that decides nothing. */
  private inPlace(place: string, name: string, claim: Claim): Resolution | undefined {
    const { lexicon } = this;
    const keys = parsePathText(place) ?? [place];
    const section = slotAt(lexicon, keys) ?? sectionAt(lexicon, keys);
    if (!section?.isMapping) return undefined;
    const within = inside(lexicon, section);
    const concepts = conceptsOf(name);
    const exact = within.filter((slot) => lastName(slot) === normalizeName(name));
    const found = exact.length > 0 ? exact : within.filter((slot) => isCalled(slot, concepts));
    const only = onlyOf(found, (slot) => existing(leafOf(lexicon, slot, claim)));
    if (only) return only;
    const isElsewhere =
      lexicon.meaningOf(name).slots.some((slot) => !slot.isMapping) ||
      lexicon.slotsOfConcepts(concepts).length > 0;
    const key = isElsewhere ? null : keyFor(name, concepts, claim);
    return key === null ? undefined : { kind: 'new', path: [...section.path, key] };
  }

  /** A setting the config does not have: placed where the report itself shows it, at the root of a flat config, else unknown. */
  private absent(name: string, concepts: readonly Concept[], claim: Claim): Resolution {
    const [shown, ...others] = this.places.of(name, concepts);
    if (shown && others.length > 0)
      return { kind: 'ambiguous', candidates: [shown, ...others].map(formatPath) };
    if (shown) return { kind: 'new', path: shown };
    const { lexicon } = this;
    const meant = concepts.length === 1 ? misspelt(lexicon, concepts) : undefined;
    if (meant) return existing(meant, `${name} was read as ${meant.text}, the only key like it.`);
    // "Raise it from 0.01 to 0.02" speaks of something that the config has, under a name nobody knows.
    const isThere = !claim.isExplicit && claim.relation.kind === 'set' && Boolean(claim.relation.from?.value);
    const key = isThere ? null : keyFor(name, concepts, claim);
    const isFlat = lexicon.isFlat && lexicon.slots.length > 0;
    const isOwn = claim.isExplicit && isKey(name);
    if (key !== null && isFlat && !claim.isWeak && (isOwn || concepts.length === 1))
      return { kind: 'new', path: [claim.isExplicit ? key : styledKey(key, lexicon)] };
    return { kind: 'unknown', candidates: candidatePaths(key ?? name, concepts, lexicon) };
  }
}

/** `model: mlp → cnn` where Hydra's defaults list chooses the model: another file, not another value in the one chosen. */
function groupOf(slots: readonly Slot[], { relation }: Claim): Slot | undefined {
  if (relation.kind !== 'set' || typeof relation.to.value !== 'string') return undefined;
  const groups = slots.filter(({ path, value }) => path[0] === 'defaults' && typeof value === 'string');
  return groups.length === 1 ? groups[0] : undefined;
}
