import { formatPath, type ConfigPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Claim } from '../claims/claim.ts';
import { literalOf } from '../claims/literal.ts';
import { coerce } from '../resolve/coerce.ts';
import type { Coerced } from '../resolve/coerced.ts';
import { styledChoice } from '../resolve/styled-choice.ts';
import type { Lexicon } from '../resolve/lexicon.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolve.ts';
import { isMapping, sameValue, valueAt } from '../resolve/slots.ts';
import { normalizeName } from '../words/concepts.ts';

/** A claim held against the config. */
export interface Item {
  claim: Claim;
  resolution: Resolution;
  /** `formatPath` of the place; null where there is none. */
  path: string | null;
  keys: ConfigPath | null;
  /** The baseline's value; undefined where the path is new. */
  from: ConfigValue | undefined;
  outcome: Coerced;
  /** Whether the baseline holds the value already. */
  isHeld: boolean;
}

const MAX_LEAVES = 200;

/** Takes the mapping that a claim sets apart into its leaves, where the config has (or will have) a mapping there. */
function leavesOf(claim: Claim, keys: ConfigPath): Claim[] {
  const out: Claim[] = [];
  const visit = (value: ConfigValue, path: ConfigPath): void => {
    if (isMapping(value) && Object.keys(value).length > 0 && out.length < MAX_LEAVES) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
      return;
    }
    out.push({
      ...claim,
      path,
      name: formatPath(path),
      isExplicit: true,
      relation: { kind: 'set', to: literalOf(value, ''), from: null },
    });
  };
  if (claim.relation.kind === 'set') visit(claim.relation.to.value, keys);
  return out;
}

/** The nearest ancestor that the config has as something other than a mapping: `scheduler: null` above `scheduler.type`. */
function scalarAncestor(lexicon: Lexicon, keys: ConfigPath): ConfigPath | null {
  for (let length = keys.length - 1; length > 0; length -= 1) {
    const value = valueAt(lexicon.root, keys.slice(0, length));
    if (value !== undefined) return isMapping(value) ? null : keys.slice(0, length);
  }
  return null;
}

/** Holds claims against the config: place, value, and whether the baseline has it already. */
export function resolveClaims(claims: readonly Claim[], resolver: Resolver, lexicon: Lexicon): Item[] {
  const items: Item[] = [];
  const nested = new Map<string, { claim: Claim; keys: ConfigPath; value: Record<string, ConfigValue> }>();
  const add = (claim: Claim, depth: number): void => {
    const resolution = resolver.resolve(claim);
    const keys = resolution.kind === 'existing' || resolution.kind === 'new' ? resolution.path : null;
    const isMappingClaim =
      claim.relation.kind === 'set' &&
      isMapping(claim.relation.to.value) &&
      Object.keys(claim.relation.to.value).length > 0;
    if (isMappingClaim && keys && depth < 4) {
      const current = valueAt(lexicon.root, keys);
      if (current === undefined || isMapping(current)) {
        for (const leaf of leavesOf(claim, keys)) add(leaf, depth + 1);
        return;
      }
    }
    const above =
      keys && resolution.kind === 'new' && claim.relation.kind === 'set'
        ? scalarAncestor(lexicon, keys)
        : null;
    if (above && keys && claim.relation.kind === 'set') {
      const id = `${formatPath(above)}\n${claim.unit ?? ''}\n${claim.source}\n${claim.stance}`;
      const group = nested.get(id) ?? {
        claim: { ...claim, path: above, name: formatPath(above) },
        keys: above,
        value: Object.create(null) as Record<string, ConfigValue>,
      };
      nested.set(id, group);
      insert(group.value, keys.slice(above.length), claim.relation.to.value);
      return;
    }
    items.push(itemOf(claim, resolution, keys, lexicon));
  };
  for (const claim of claims) add(claim, 0);
  for (const { claim, keys, value } of nested.values()) {
    const slot = lexicon.slotAt(formatPath(keys));
    if (!slot) continue;
    const whole: Claim = { ...claim, relation: { kind: 'set', to: literalOf(value, ''), from: null } };
    items.push(itemOf(whole, { kind: 'existing', path: keys, slot, note: null }, keys, lexicon));
  }
  return items;
}

function insert(root: Record<string, ConfigValue>, keys: ConfigPath, value: ConfigValue): void {
  let at = root;
  for (const key of keys.slice(0, -1)) {
    const next = at[String(key)];
    if (next !== undefined && isMapping(next)) at = next;
    else {
      const fresh = Object.create(null) as Record<string, ConfigValue>;
      at[String(key)] = fresh;
      at = fresh;
    }
  }
  at[String(keys.at(-1))] = value;
}

function itemOf(claim: Claim, resolution: Resolution, keys: ConfigPath | null, lexicon: Lexicon): Item {
  const from = keys ? valueAt(lexicon.root, keys) : undefined;
  const name = keys ? normalizeName(String(keys.at(-1))) : normalizeName(claim.name);
  const parent = keys && keys.length > 1 ? normalizeName(String(keys.at(-2))) : '';
  const styled = styleWords(listed(claim, from), from);
  const isVague = styled.relation.kind === 'remove' && !styled.isExplicit && typeof from !== 'boolean';
  const relation = isVague ? ({ kind: 'none', verb: null } as const) : styled.relation;
  const outcome = coerce(relation, from, keys ? String(keys.at(-1)) : claim.name, parent);
  void name;
  const isHeld = outcome.kind === 'value' && from !== undefined && sameValue(outcome.value, from);
  return { claim: styled, resolution, path: keys ? formatPath(keys) : null, keys, from, outcome, isHeld };
}

/** "milestones 60, 120 and 160" where the config has a list there. */
function listed(claim: Claim, from: ConfigValue | undefined): Claim {
  const { relation } = claim;
  if (relation.kind !== 'set' || !relation.list || !Array.isArray(from)) return claim;
  return { ...claim, relation: { kind: 'set', to: relation.list, from: null } };
}

/** Words from prose take the config's style; code is taken as written. */
function styleWords(claim: Claim, from: ConfigValue | undefined): Claim {
  const { relation } = claim;
  if (relation.kind !== 'set' || !relation.to.isWord || typeof relation.to.value !== 'string') return claim;
  const isProse = claim.source === 'prose' || (claim.source === 'code' && relation.to.isCode === false);
  if (claim.isExplicit && !isProse) return claim;
  const value = styledChoice(relation.to.value, from);
  return { ...claim, relation: { ...relation, to: { ...relation.to, value } } };
}
