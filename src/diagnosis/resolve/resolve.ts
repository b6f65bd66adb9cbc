import type { ConfigPath } from '../../config/path.ts';
import type { Claim } from '../claims/claim.ts';
import type { Lexicon } from './lexicon.ts';
import { NameResolver } from './names.ts';
import { isRefused, parsePathText } from './path-text.ts';
import { resolvePath, withoutFileRoot } from './paths.ts';
import type { Places } from './places.ts';
import { UNKNOWN, type Resolution } from './resolution.ts';

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
    if (written?.some(isRefused)) return UNKNOWN;
    const found = this.find(written, claim);
    // Whatever way a path came about: no key of it may reach a prototype.
    return found.kind === 'new' && found.path.some(isRefused) ? UNKNOWN : found;
  }

  private find(written: ConfigPath | null, claim: Claim): Resolution {
    const keys = written && written.length > 1 ? withoutFileRoot(written, this.lexicon) : written;
    if (keys && keys.length > 1) return resolvePath(keys, claim, this.lexicon);
    const [only] = keys ?? [];
    return this.names.resolve(typeof only === 'string' ? only : claim.name, claim);
  }
}
