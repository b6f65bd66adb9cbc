import { formatPath, type ConfigPath } from '../../config/path.ts';
import type { Claim } from '../claims/claim.ts';
import { conceptsOf, normalizeName, type Concept } from '../words/concepts.ts';
import { isRefused, parsePathText } from './path-text.ts';

/** Where the report itself shows settings in full: nested fragments, dotted paths. */
export class Places {
  private readonly byName = new Map<string, Map<string, ConfigPath>>();
  private readonly byConcept = new Map<Concept, Map<string, ConfigPath>>();

  constructor(claims: readonly Claim[], isAbsent: (path: ConfigPath) => boolean) {
    for (const claim of claims) {
      if (claim.stance === 'observed' && claim.relation.kind !== 'none') continue;
      const path = claim.path ?? placed(claim) ?? (claim.isExplicit ? parsePathText(claim.name) : null);
      if (!path || path.length < 2 || claim.isWeak || path.some(isRefused) || !isAbsent(path)) continue;
      const last = path.at(-1);
      if (typeof last !== 'string') continue;
      add(this.byName, normalizeName(last), path);
      for (const concept of conceptsOf(last)) add(this.byConcept, concept, path);
    }
  }

  /** Full paths under which the report shows a setting of that name, or known as the same. */
  of(name: string, concepts: readonly Concept[]): ConfigPath[] {
    const exact = this.byName.get(normalizeName(name));
    if (exact) return [...exact.values()];
    const found = new Map<string, ConfigPath>();
    for (const concept of concepts)
      for (const [text, path] of this.byConcept.get(concept) ?? []) found.set(text, path);
    return [...found.values()];
  }
}

/** "adding `dropout: 0.3` to the `model` section" */
function placed(claim: Claim): ConfigPath | null {
  const own = claim.place !== null && claim.isExplicit ? parsePathText(claim.name) : null;
  const place = own?.length === 1 && claim.place !== null ? parsePathText(claim.place) : null;
  return place && own ? [...place, ...own] : null;
}

function add<Key>(map: Map<Key, Map<string, ConfigPath>>, key: Key, path: ConfigPath): void {
  const paths = map.get(key) ?? new Map<string, ConfigPath>();
  paths.set(formatPath(path), path);
  map.set(key, paths);
}
