import type { Claim, Stance } from '../claims/claim.ts';
import { titleOf } from '../outline/node.ts';
import type { Segments, UnitStance } from '../outline/unit.ts';
import type { Lexicon } from '../resolve/lexicon.ts';
import { PartReader } from './part.ts';

const MAX_CLAIMS = 6000;
const STANCES: Readonly<Record<UnitStance, Stance>> = {
  open: 'assert',
  later: 'alternative',
  alternatives: 'alternative',
  rejected: 'alternative',
  keep: 'keep',
  done: 'done',
};

/** Everything a report says about settings, held against the names of a config. */
export function collectClaims({ units, previews, notes, loose }: Segments, lexicon: Lexicon): Claim[] {
  const claims: Claim[] = [];
  const take = ({ claims: read }: PartReader): void => {
    for (const claim of read) if (claims.length < MAX_CLAIMS) claims.push(claim);
  };
  for (const [index, unit] of units.entries()) {
    const reader = new PartReader(lexicon, index, STANCES[unit.stance], 'prose', []);
    reader.readUnit(unit);
    take(reader);
  }
  const readers = [
    ...previews.map((node) => ({
      node,
      reader: new PartReader(lexicon, null, 'assert', 'preview', [titleOf(node)]),
    })),
    ...notes.map((node) => ({ node, reader: new PartReader(lexicon, null, 'assert', 'prose', []) })),
    ...loose.map(({ node, stance }) => ({
      node,
      reader: new PartReader(lexicon, null, STANCES[stance], 'prose', [titleOf(node)]),
    })),
  ];
  for (const { node, reader } of readers) {
    reader.readSection(node);
    take(reader);
  }
  return claims;
}
