import type { SkipReason } from '../types.ts';
import type { Verdict } from './decide.ts';
import { showValue } from './decide.ts';
import { isMapping } from '../resolve/slots.ts';
import type { Item } from './items.ts';

export interface Skip {
  reason: SkipReason;
  message: string;
  line: number;
  candidates: readonly string[];
  /** Said also where the recommendation changes something else. */
  isLoud?: boolean;
}

function skip(reason: SkipReason, message: string, item: Item, candidates: readonly string[] = []): Skip {
  return { reason, message, line: item.claim.line, candidates };
}

/** Why a claim on its own changes nothing; null where it needs no word (descriptions, weak readings, changes made). */
export function skipFor(item: Item, verdict: Verdict | undefined): Skip | null {
  const { claim, resolution, outcome } = item;
  const { relation } = claim;
  const name = item.path ?? claim.name;
  if (claim.isWeak && relation.kind === 'none') return null;
  if (
    claim.isWeak &&
    relation.kind === 'keep' &&
    (item.path === null || (item.from !== undefined && isMapping(item.from)))
  )
    return null;
  // An option or a refusal that names no place of this config and no value says nothing.
  if (claim.stance === 'alternative' && relation.kind === 'none' && item.path === null && claim.unit === null)
    return null;
  switch (claim.stance) {
    case 'observed':
      return null;
    case 'keep':
      return claim.source === 'fence' || claim.source === 'preview'
        ? null
        : skip('keep', `The report says to keep ${name} as it is.`, item);
    case 'done':
      return skip('already-applied', `The report says that ${name} was changed already.`, item);
    case 'alternative':
      return skip(
        'alternative',
        `${name} is one of several options, a fallback or a later idea; the report does not choose it.`,
        item,
      );
    case 'example':
      return skip('no-value', `The report gives a value for ${name} only as an example.`, item);
    case 'assert':
      break;
  }
  const isOpen = claim.source === 'weak' && claim.unit !== null && !claim.isWeak && item.path !== null;
  if (isOpen && !item.isHeld && outcome.kind === 'value' && verdict?.kind !== 'change')
    return {
      ...skip(
        'no-value',
        `The report mentions ${name} at ${showValue(outcome.value)} without asking for it in so many words.`,
        item,
      ),
      isLoud: true,
    };
  if (claim.source === 'weak' || (relation.kind === 'set' && relation.isLone === true && item.isHeld))
    return null;
  if (relation.kind === 'keep') return skip('keep', `The report says to keep ${name} as it is.`, item);
  const isDecided = verdict?.kind === 'change';
  if (relation.kind === 'range' && !isDecided)
    return skip('range', `${name}: ${relation.text} is a range without a choice.`, item);
  if (relation.kind === 'choices' && !isDecided)
    return skip(
      'alternative',
      `${name}: ${relation.values.map((value) => value.raw).join(' or ')} is left open.`,
      item,
    );
  if (relation.kind === 'none')
    return isDecided ? null : skip('no-value', `The report names ${name} without a value.`, item);
  if (relation.kind === 'range' || relation.kind === 'choices') return null;
  if (resolution.kind === 'ambiguous')
    return claim.isWeak
      ? null
      : skip(
          'ambiguous-path',
          `${claim.name} could be ${resolution.candidates.join(' or ')}. Write the full path in the report.`,
          item,
          resolution.candidates,
        );
  if (resolution.kind === 'unknown') {
    if (claim.isWeak) return null;
    const hint =
      resolution.candidates.length > 0
        ? ` Write the full path in the report, such as ${resolution.candidates[0]}.`
        : '';
    return skip(
      'unknown-path',
      `${claim.name} is not in the config, and the report does not say where it belongs.${hint}`,
      item,
      resolution.candidates,
    );
  }
  if (outcome.kind === 'invalid') return claim.isWeak ? null : skip('invalid-value', outcome.message, item);
  if (outcome.kind === 'no-value') return skip('no-value', outcome.message, item);
  if (verdict?.kind === 'conflict') return skip('conflict', verdict.message, item);
  if (item.isHeld && !isDecided)
    return skip('already-applied', `The config has ${name} at ${showValue(item.from)} already.`, item);
  return null;
}

const WEIGHT: Readonly<Record<SkipReason, number>> = {
  conflict: 0,
  'already-applied': 1,
  keep: 2,
  'invalid-value': 3,
  'ambiguous-path': 4,
  'unknown-path': 5,
  range: 6,
  alternative: 7,
  'no-value': 8,
  'not-config': 9,
};

export function bySeverity(a: Skip, b: Skip): number {
  return WEIGHT[a.reason] - WEIGHT[b.reason] || a.line - b.line;
}
