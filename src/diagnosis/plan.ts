import type { ConfigDocument } from '../config/_contract.ts';
import { collectClaims } from './parts/collect.ts';
import { baselineWarnings, changeOf, pathWarnings } from './reconcile/changes.ts';
import { decide, type Verdict } from './reconcile/decide.ts';
import { resolveClaims, type Item } from './reconcile/items.ts';
import { refuseNested } from './reconcile/nested.ts';
import { passedOver, repeated } from './reconcile/passed-over.ts';
import { isRemark, spokenUnits } from './reconcile/unsaid.ts';
import type { Report } from './report.ts';
import { lexiconOf } from './resolve/lexicon.ts';
import { Places } from './resolve/places.ts';
import { Resolver } from './resolve/resolve.ts';
import { valueAt } from './resolve/slots.ts';
import type { Change, Plan, Recommendation } from './types.ts';

/** What becomes of every path of the config that the report speaks of. */
function decideAll(items: readonly Item[]): Map<string, Verdict> {
  const byPath = new Map<string, Item[]>();
  for (const item of items) {
    if (item.path === null) continue;
    const group = byPath.get(item.path);
    if (group) group.push(item);
    else byPath.set(item.path, [item]);
  }
  const verdicts = new Map<string, Verdict>();
  for (const [path, group] of byPath) verdicts.set(path, decide(path, group));
  refuseNested(verdicts);
  return verdicts;
}

/** The recommendations that are some: neither remarks nor further rows of the same. */
function realRecommendations(
  { diagnosis, segments: { units } }: Report,
  items: readonly Item[],
): Recommendation[] {
  const spoken = spokenUnits(items);
  return diagnosis.recommendations.filter((_, index) => {
    const unit = units[index];
    if (unit === undefined || unit.number === units[index - 1]?.number) return false;
    return spoken.has(index) || !isRemark(unit, index, items);
  });
}

/** Turns a report into exact changes of a config, and says of everything else why it changes nothing. Pure. */
export function planChanges(report: Report, document: ConfigDocument): Plan {
  const lexicon = lexiconOf(document.value);
  const claims = collectClaims(report.segments, lexicon);
  const places = new Places(claims, (path) => valueAt(lexicon.root, path) === undefined);
  const items = resolveClaims(claims, new Resolver(lexicon, places), lexicon);
  const verdicts = decideAll(items);
  const { units } = report.segments;
  const changes: Change[] = [];
  const owners = new Map<string, readonly number[]>();
  const warnings: Plan['warnings'] = [...report.warnings];
  for (const verdict of verdicts.values()) {
    if (verdict.kind !== 'change' || !verdict.chosen) continue;
    const owned = changeOf(verdict, verdict.chosen, items, units, report.diagnosis.recommendations);
    changes.push(owned.change);
    owners.set(verdict.path, owned.owners);
    warnings.push(...pathWarnings(verdict), ...baselineWarnings(verdict));
  }
  const busy = new Set([...owners.values()].flat());
  const skipped = [...passedOver(items, verdicts, units, busy), ...repeated(owners, units)];
  return {
    diagnosis: { ...report.diagnosis, recommendations: realRecommendations(report, items) },
    changes: changes.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    skipped: skipped.sort((a, b) => a.line - b.line),
    warnings,
  };
}
