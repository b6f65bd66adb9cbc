import type { Claim } from '../claims/claim.ts';
import type { Lexicon } from './lexicon.ts';
import { NameResolver } from './names.ts';
import { parsePathText } from './path-text.ts';
import { resolvePath, withoutFileRoot } from './paths.ts';
import type { Places } from './places.ts';
import { UNKNOWN, type Resolution } from './resolution.ts';

const REFUSED = /^(?:__proto__|constructor|prototype)$/u;
const MAX_KEY = 120;

/** Finds the place in the config that a claim speaks of. Never guesses: one place, or candidates. */
export class Resolver {
  private readonly lexicon: Lexicon;
  private readonly names: NameResolver;

  constructor(lexicon: Lexicon, places: Places) {
    this.lexicon = lexicon;
    this.names = new NameResolver(lexicon, places);
  }

  resolve(claim: Claim): Resolution {
    const written = claim.path ?? (claim.isExplicit ? parsePathText(claim.name) : null);
    if (written?.some((key) => typeof key === 'string' && (REFUSED.test(key) || key.length > MAX_KEY)))
      return UNKNOWN;
    const keys = written && written.length > 1 ? withoutFileRoot(written, this.lexicon) : written;
    if (keys && keys.length > 1) return resolvePath(keys, claim, this.lexicon);
    const [only] = keys ?? [];
    return this.names.resolve(typeof only === 'string' ? only : claim.name, claim);
  }
}
