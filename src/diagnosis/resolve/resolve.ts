import { formatPath, type ConfigPath } from '../../config/path.ts';
import type { Claim } from '../claims/claim.ts';
import { parsePathText } from './path-text.ts';
import { choiceCategory } from '../words/choices.ts';
import { conceptsOf, normalizeName, type Concept } from '../words/concepts.ts';
import { isEverydayName, isGenericName, type Lexicon } from './lexicon.ts';
import { valueAt, type Slot } from './slots.ts';
import type { Places } from './places.ts';

export type Resolution =
  | { kind: 'existing'; path: ConfigPath; slot: Slot; note: string | null }
  | { kind: 'new'; path: ConfigPath }
  | { kind: 'ambiguous'; candidates: readonly string[] }
  | { kind: 'unknown'; candidates: readonly string[] };

const FILE_ROOT =
  /^(?:config|cfg|conf|args|hparams|hp|params|training_config|train_config|optimization_config|new_config|optimized_config|self|opt)$/iu;
const REFUSED = /^(?:__proto__|constructor|prototype)$/u;
const KEY = /^[\p{L}_][\p{L}\p{N}_-]{0,79}$/u;
const TYPE_KEYS = [
  'name',
  'type',
  'kind',
  'class',
  'algorithm',
  'algo',
  'target',
  'method',
  'policy',
  'strategy',
  'mode',
  'scheduler',
  'optimizer',
];
const AMOUNT_KEYS = [
  'rate',
  'p',
  'prob',
  'probability',
  'value',
  'alpha',
  'epsilon',
  'eps',
  'weight',
  'coef',
  'coefficient',
  'factor',
  'strength',
  'max_norm',
  'norm',
  'size',
  'epochs',
  'steps',
  'patience',
  'ratio',
  'lambda',
];
const SWITCH_KEYS = ['enabled', 'enable', 'use', 'active', 'on', 'enabled?'];

function existing(slot: Slot, note: string | null = null): Resolution {
  return { kind: 'existing', path: slot.path, slot, note };
}

/** Candidates are shown to people: shortest first, never many. */
function texts(slots: readonly Slot[]): string[] {
  return slots.map((slot) => slot.text).slice(0, 8);
}

/** Finds the place in the config that a claim speaks of. Never guesses: one place, or candidates. */
export class Resolver {
  private readonly lexicon: Lexicon;
  private readonly places: Places;
  private readonly normalized = new Map<string, string>();

  constructor(lexicon: Lexicon, places: Places) {
    this.lexicon = lexicon;
    this.places = places;
  }

  resolve(claim: Claim): Resolution {
    const keys = claim.path ?? (claim.isExplicit ? parsePathText(claim.name) : null);
    if (keys?.some((key) => typeof key === 'string' && (REFUSED.test(key) || key.length > 120)))
      return { kind: 'unknown', candidates: [] };
    if (keys && keys.length > 1) return this.resolvePath(keys, claim);
    const single = keys?.[0];
    return this.resolveName(typeof single === 'string' ? single : claim.name, claim);
  }

  private slotAt(path: ConfigPath): Slot | undefined {
    return this.lexicon.slotAt(formatPath(path)) ?? this.dottedSlot(path);
  }

  /** `optim.lr` in a flat config whose keys hold the dots themselves. */
  private dottedSlot(path: ConfigPath): Slot | undefined {
    if (path.length < 2) return undefined;
    const text = path.join('.');
    return this.lexicon.dottedSlots.find((slot) => slot.path.join('.') === text);
  }

  /** A path of two keys or more, as written in a fragment or with dots. */
  private resolvePath(keys: ConfigPath, claim: Claim): Resolution {
    const exact = this.slotAt(keys) ?? this.looseSlot(keys);
    if (exact) return this.leafFor(exact, claim);
    const first = keys[0];
    if (
      typeof first === 'string' &&
      FILE_ROOT.test(first) &&
      valueAt(this.lexicon.root, [first]) === undefined
    ) {
      const rest = keys.slice(1);
      return rest.length === 1 ? this.resolveName(String(rest[0]), claim) : this.resolvePath(rest, claim);
    }
    const bySuffix = this.lexicon.slots.filter((slot) => this.endsWith(slot, keys));
    if (bySuffix.length === 1 && bySuffix[0]) return this.leafFor(bySuffix[0], claim);
    if (bySuffix.length > 1) return { kind: 'ambiguous', candidates: texts(bySuffix) };
    const last = keys.at(-1);
    const parent = this.parentSlot(keys.slice(0, -1));
    if (parent && typeof last === 'string') {
      const children = this.lexicon.slots.filter(
        (slot) =>
          slot.path.length === parent.path.length + 1 &&
          parent.path.every((key, index) => slot.path[index] === key),
      );
      const known = conceptsOf(last);
      const aliases = children.filter((slot) =>
        conceptsOf(slot.names.at(-1) ?? '').some((concept) => known.includes(concept)),
      );
      if (aliases.length === 1 && aliases[0]) return this.leafFor(aliases[0], claim);
      if (aliases.length > 1) return { kind: 'ambiguous', candidates: texts(aliases) };
    }
    if (claim.mark !== 'new') {
      const elsewhere = this.elsewhere(keys, parent);
      if (elsewhere) return elsewhere;
    }
    if (!keys.every((key) => typeof key === 'number' || KEY.test(key)))
      return { kind: 'unknown', candidates: [] };
    if (parent) return { kind: 'new', path: [...parent.path, last as string | number] };
    if (this.lexicon.isFlat && this.lexicon.dottedSlots.length > 0)
      return { kind: 'new', path: [keys.join('.')] };
    const root = this.deepestParent(keys);
    if (claim.isWeak && root.length === 0) return { kind: 'unknown', candidates: [] };
    return { kind: 'new', path: [...root, ...keys.slice(root.length)] };
  }

  /** `training.lr` where the config has `optimizer.learning_rate` only: a training has one learning rate. */
  private elsewhere(keys: ConfigPath, parent: Slot | undefined): Resolution | undefined {
    const last = keys.at(-1);
    if (typeof last !== 'string' || isGenericName(normalizeName(last))) return undefined;
    const known = conceptsOf(last);
    const isSingle = known.some((concept) => concept.isSingle);
    const found = this.lexicon.slotsCalled(last).filter((slot) => !slot.isMapping);
    const relatives = found.filter((slot) => this.isSubsequence(keys, slot));
    if (relatives.length === 1 && relatives[0] && found.length === 1)
      return existing(relatives[0], `read as ${relatives[0].text}`);
    if (found.length === 1 && found[0] && (isSingle || !parent))
      return existing(found[0], `read as ${found[0].text}, the only ${last} of the config`);
    if (found.length > 1 && !parent) return { kind: 'ambiguous', candidates: texts(found) };
    return undefined;
  }

  private isSubsequence(keys: ConfigPath, slot: Slot): boolean {
    let at = 0;
    for (const name of slot.names) {
      const key = keys[at];
      if (typeof key === 'string' && normalizeName(key) === name) at += 1;
    }
    return at === keys.length;
  }

  private endsWith(slot: Slot, keys: ConfigPath): boolean {
    const names = keys.filter((key): key is string => typeof key === 'string').map(normalizeName);
    if (names.length > slot.names.length || names.length !== keys.length) return false;
    return names.every((name, index) => slot.names[slot.names.length - names.length + index] === name);
  }

  private looseSlot(keys: ConfigPath): Slot | undefined {
    const matches = this.lexicon.slots.filter(
      (slot) =>
        slot.path.length === keys.length &&
        keys.every((key, index) =>
          typeof key === 'number'
            ? slot.path[index] === key
            : normalizeName(String(slot.path[index])) === normalizeName(key),
        ),
    );
    return matches.length === 1 ? matches[0] : undefined;
  }

  /** The mapping that a written parent means: exact, by alias (`lr_scheduler` for `scheduler`), or by unique suffix. */
  private parentSlot(keys: ConfigPath): Slot | undefined {
    const mappings = this.lexicon.slots.filter((slot) => slot.isMapping);
    const exact = mappings.filter(
      (slot) =>
        slot.path.length === keys.length &&
        keys.every((key, index) => normalizeName(String(slot.path[index])) === normalizeName(String(key))),
    );
    if (exact.length === 1) return exact[0];
    const suffix = mappings.filter((slot) => this.endsWith(slot, keys));
    if (suffix.length === 1) return suffix[0];
    if (keys.length !== 1 || suffix.length > 1) return undefined;
    const known = conceptsOf(String(keys[0]));
    const aliases = mappings.filter((slot) =>
      conceptsOf(slot.names.at(-1) ?? '').some((concept) => known.includes(concept)),
    );
    return aliases.length === 1 ? aliases[0] : undefined;
  }

  private deepestParent(keys: ConfigPath): ConfigPath {
    for (let length = keys.length - 1; length > 0; length -= 1) {
      const parent = this.parentSlot(keys.slice(0, length));
      if (parent && parent.path.length === length) return parent.path;
    }
    return [];
  }

  /** A bare key or a name in words. */
  private resolveName(name: string, claim: Claim): Resolution {
    const normalized = normalizeName(name).replaceAll('.', '');
    const meaning = this.lexicon.meaningOf(name);
    const placed = claim.place ? this.inPlace(claim.place, name, claim) : undefined;
    if (placed) return placed;
    if (claim.isChoice) return this.choiceSlot(name, meaning.concepts, claim);
    const root = meaning.slots.find((slot) => slot.path.length === 1);
    if (root && !root.isMapping && (claim.isExplicit || meaning.slots.length === 1)) return existing(root);
    const direct = this.pick(meaning.slots, claim, name);
    if (direct) return direct;
    const isIdle = claim.relation.kind === 'none' || claim.relation.kind === 'keep';
    const concepts = isEverydayName(normalized) && !claim.isExplicit && isIdle ? [] : meaning.concepts;
    const known = this.pick(this.lexicon.slotsOfConcepts(concepts), claim, name);
    if (known) return known;
    return this.absent(name, concepts, claim);
  }

  /** One of several places: the only one, or the only one whose section the text around names. */
  private pick(slots: readonly Slot[], claim: Claim, name: string): Resolution | undefined {
    const usable = slots
      .map((slot) => this.leafOf(slot, claim))
      .filter((slot): slot is Slot => slot !== undefined);
    const unique = [...new Set(usable)];
    const leaves = unique.filter((slot) => !slot.isMapping);
    const pool = leaves.length > 0 ? leaves : unique;
    if (pool.length === 0) return undefined;
    if (pool.length === 1 && pool[0]) {
      if (claim.isWeak && !claim.isExplicit && !this.isNear(pool[0], claim, name)) return existing(pool[0]);
      return existing(pool[0]);
    }
    for (const text of claim.context) {
      const named = this.best(pool, text, name);
      if (named) return existing(named);
    }
    const isRoot = pool.filter((slot) => slot.path.length === 1);
    if (isRoot.length === 1 && isRoot[0] && claim.isExplicit) return existing(isRoot[0]);
    return { kind: 'ambiguous', candidates: texts(pool) };
  }

  private isNear(slot: Slot, claim: Claim, name: string): boolean {
    return claim.context.some((text) => this.score(slot, text, name) > 0);
  }

  private best(pool: readonly Slot[], text: string, name: string): Slot | undefined {
    const scored = pool
      .map((slot) => ({ slot, score: this.score(slot, text, name) }))
      .sort((a, b) => b.score - a.score);
    const [first, second] = scored;
    return first && first.score > 0 && first.score > (second?.score ?? 0) ? first.slot : undefined;
  }

  /** How many of a slot's sections the text names. */
  private score(slot: Slot, text: string, name: string): number {
    let normalized = this.normalized.get(text);
    if (normalized === undefined) {
      normalized = normalizeName(text);
      this.normalized.set(text, normalized);
    }
    const own = normalizeName(name);
    let score = 0;
    for (const part of slot.names.slice(0, -1)) {
      const names = [
        part,
        ...conceptsOf(part).flatMap((concept) => concept.names.filter((alias) => alias.length > 4)),
      ];
      if (names.some((alias) => alias !== own && alias.length > 2 && normalized.includes(alias))) score += 1;
    }
    return score;
  }

  /** The leaf that a claim on a mapping means: its type for a word, its switch for a toggle, its amount for a number. */
  private leafOf(slot: Slot, claim: Claim): Slot | undefined {
    if (!slot.isMapping) return slot;
    const children = this.lexicon.slots.filter(
      (child) =>
        child.path.length === slot.path.length + 1 &&
        slot.path.every((key, index) => child.path[index] === key),
    );
    const find = (keys: readonly string[]): Slot | undefined =>
      children.find((child) => !child.isMapping && keys.includes(child.names.at(-1) ?? ''));
    const { relation } = claim;
    if (relation.kind === 'toggle') return find(SWITCH_KEYS) ?? slot;
    if (relation.kind === 'set' && typeof relation.to.value === 'string') return find(TYPE_KEYS) ?? slot;
    if (relation.kind === 'set' && typeof relation.to.value === 'boolean') return find(SWITCH_KEYS) ?? slot;
    if (relation.kind === 'set' && (relation.to.value === null || typeof relation.to.value === 'object'))
      return slot;
    if (relation.kind === 'remove') return slot;
    const own = conceptsOf(slot.names.at(-1) ?? '');
    const joined = children.filter(
      (child) =>
        !child.isMapping &&
        conceptsOf((slot.names.at(-1) ?? '') + (child.names.at(-1) ?? '')).some((concept) =>
          own.includes(concept),
        ),
    );
    if (joined.length === 1) return joined[0];
    const amounts = children.filter(
      (child) => !child.isMapping && AMOUNT_KEYS.includes(child.names.at(-1) ?? ''),
    );
    return amounts.length === 1 ? amounts[0] : slot;
  }

  private leafFor(slot: Slot, claim: Claim): Resolution {
    return existing(this.leafOf(slot, claim) ?? slot);
  }

  /** `adamw`: the slot that holds a choice of the same kind. */
  private choiceSlot(category: string, concepts: readonly Concept[], claim: Claim): Resolution {
    const holders = this.lexicon.slots.filter(
      (slot) =>
        typeof slot.value === 'string' && choiceCategory(slot.value.split('.').at(-1) ?? '') === category,
    );
    if (holders.length === 1 && holders[0]) return existing(holders[0]);
    const named = this.pick(this.lexicon.slotsOfConcepts(concepts), claim, category);
    if (named) return named;
    return holders.length > 1
      ? { kind: 'ambiguous', candidates: texts(holders) }
      : { kind: 'unknown', candidates: [] };
  }

  /** A name inside the section that the text gives as its place. */
  private inPlace(place: string, name: string, claim: Claim): Resolution | undefined {
    const keys = parsePathText(place) ?? [place];
    const parent = this.slotAt(keys) ?? this.parentSlot(keys);
    if (!parent?.isMapping) return undefined;
    const inside = this.lexicon.slots.filter(
      (slot) =>
        slot.path.length > parent.path.length && parent.path.every((key, index) => slot.path[index] === key),
    );
    const normalized = normalizeName(name);
    const exact = inside.filter((slot) => slot.names.at(-1) === normalized);
    const concepts = conceptsOf(name);
    const found =
      exact.length > 0
        ? exact
        : inside.filter((slot) =>
            conceptsOf(slot.names.at(-1) ?? '').some((concept) => concepts.includes(concept)),
          );
    if (found.length === 1 && found[0]) return this.leafFor(found[0], claim);
    if (found.length > 1) return { kind: 'ambiguous', candidates: texts(found) };
    if (this.lexicon.meaningOf(name).slots.some((slot) => !slot.isMapping)) return undefined;
    if (this.lexicon.slotsOfConcepts(concepts).length > 0) return undefined;
    const key = this.keyFor(name, concepts, claim);
    return key === null ? undefined : { kind: 'new', path: [...parent.path, key] };
  }

  /** The key a new setting gets: as written, or its usual name. */
  private keyFor(name: string, concepts: readonly Concept[], claim: Claim): string | null {
    if (claim.isExplicit && KEY.test(name)) return name;
    const only = concepts[0];
    if (concepts.length === 1 && only) return only.key;
    return KEY.test(name) && claim.isExplicit ? name : null;
  }

  /** A setting the config does not have: placed where the report itself shows it, at the root of a flat config, else unknown. */
  private absent(name: string, concepts: readonly Concept[], claim: Claim): Resolution {
    const shown = this.places.of(name, concepts);
    if (shown.length === 1 && shown[0]) return { kind: 'new', path: shown[0] };
    if (shown.length > 1) return { kind: 'ambiguous', candidates: shown.map(formatPath) };
    const key = this.keyFor(name, concepts, claim);
    const isOwnKey = claim.isExplicit && KEY.test(name);
    if (
      key !== null &&
      !claim.isWeak &&
      this.lexicon.isFlat &&
      this.lexicon.slots.length > 0 &&
      (isOwnKey || concepts.length === 1)
    )
      return { kind: 'new', path: [this.styled(key, claim)] };
    return { kind: 'unknown', candidates: this.candidates(key ?? name, concepts) };
  }

  /** Flat configs in camelCase or kebab-case get their new key in the same style. */
  private styled(key: string, claim: Claim): string {
    if (claim.isExplicit) return key;
    const keys = this.lexicon.slots.map((slot) => String(slot.path.at(-1)));
    const camel = keys.filter((name) => /[a-z][A-Z]/u.test(name)).length;
    const kebab = keys.filter((name) => name.includes('-')).length;
    const snake = keys.filter((name) => name.includes('_')).length;
    if (camel > snake && camel > kebab)
      return key.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase());
    return kebab > snake ? key.replaceAll('_', '-') : key;
  }

  private candidates(key: string, concepts: readonly Concept[]): string[] {
    if (!KEY.test(key)) return [];
    const parents = new Set<string>();
    for (const concept of concepts)
      for (const parent of concept.parents) {
        const slot = this.lexicon.slots.find(
          (item) => item.isMapping && (item.text === parent || item.names.at(-1) === normalizeName(parent)),
        );
        if (slot) parents.add(slot.text);
      }
    if (parents.size === 0)
      for (const slot of this.lexicon.slots)
        if (slot.isMapping && slot.path.length === 1) parents.add(slot.text);
    return [...parents].slice(0, 6).map((parent) => `${parent}.${key}`);
  }
}
