import type { ConfigDocument } from '../config/_contract.ts';
import { isMapping } from './resolve/slots.ts';
import type { Claim } from './claims/claim.ts';
import { PartReader } from './parts/part.ts';
import { clip } from './facts/clip.ts';
import { fenceKind } from './fences/fence.ts';
import { statementsOf, titleOf, type Node } from './outline/node.ts';
import type { Unit } from './outline/unit.ts';
import { decide, showValue, type Verdict } from './reconcile/decide.ts';
import { resolveClaims, type Item } from './reconcile/items.ts';
import { bySeverity, skipFor, type Skip } from './reconcile/skips.ts';
import type { Report } from './report.ts';
import { lexiconOf, type Lexicon } from './resolve/lexicon.ts';
import { Places } from './resolve/places.ts';
import { Resolver } from './resolve/resolve.ts';
import { sameValue, valueAt } from './resolve/slots.ts';
import type { Change, Plan, Skipped } from './types.ts';
import { statementText } from './text/statements.ts';
import { conceptsOf, normalizeName } from './words/concepts.ts';
import { needsCodeOrData } from './words/not-config.ts';

const STANCE_OF_UNIT = {
  open: 'assert',
  later: 'alternative',
  alternatives: 'alternative',
  rejected: 'alternative',
  keep: 'keep',
  done: 'done',
} as const;

const MAX_CLAIMS = 6000;

function readClaims(report: Report, lexicon: Lexicon): Claim[] {
  const claims: Claim[] = [];
  for (const [index, unit] of report.segments.units.entries()) {
    const reader = new PartReader(lexicon, index, STANCE_OF_UNIT[unit.stance], 'prose', []);
    reader.readUnit(unit);
    for (const claim of reader.claims) if (claims.length < MAX_CLAIMS) claims.push(claim);
  }
  for (const node of report.segments.previews) {
    const reader = new PartReader(lexicon, null, 'assert', 'preview', [titleOf(node)]);
    reader.readSection(node);
    for (const claim of reader.claims) if (claims.length < MAX_CLAIMS) claims.push(claim);
  }
  for (const node of report.segments.notes) {
    const reader = new PartReader(lexicon, null, 'assert', 'prose', []);
    reader.readSection(node);
    for (const claim of reader.claims) if (claims.length < MAX_CLAIMS) claims.push(claim);
  }
  for (const { node, stance } of report.segments.loose) {
    const reader = new PartReader(lexicon, null, STANCE_OF_UNIT[stance], 'prose', [titleOf(node)]);
    reader.readSection(node);
    for (const claim of reader.claims) if (claims.length < MAX_CLAIMS) claims.push(claim);
  }
  return claims;
}

/** Text of a recommendation, for the question whether a config can carry it out at all. */
function textOf(unit: Unit): string {
  const [first] = unit.nodes;
  if (unit.row) return unit.row.grid.rows[unit.row.index]?.cells.map((cell) => cell.text).join(' ') ?? '';
  if (unit.statement !== null && first?.leaf) {
    const statement = statementsOf(first.leaf)[unit.statement];
    return statement ? statementText(statement) : '';
  }
  return `${first?.leaf?.text ?? ''} ${first?.children.map((child) => child.leaf?.text ?? '').join(' ') ?? ''}`;
}

/** Turns a report into exact changes of a config, and says of everything else why it changes nothing. Pure. */
export function planChanges(report: Report, document: ConfigDocument): Plan {
  const lexicon = lexiconOf(document.value);
  const claims = readClaims(report, lexicon);
  const places = new Places(claims, (path) => valueAt(lexicon.root, path) === undefined);
  const items = resolveClaims(claims, new Resolver(lexicon, places), lexicon);
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    if (item.path === null) continue;
    const group = groups.get(item.path);
    if (group) group.push(item);
    else groups.set(item.path, [item]);
  }
  const verdicts = new Map<string, Verdict>();
  for (const [path, group] of groups) verdicts.set(path, decide(path, group));
  dropNested(verdicts);
  const { units } = report.segments;
  const warnings: Plan['warnings'] = [...report.warnings];
  const changes: Change[] = [];
  const busy = new Set<number>();
  const owners = new Map<string, number[]>();
  for (const verdict of verdicts.values()) {
    if (verdict.kind !== 'change' || !verdict.chosen) continue;
    const change = toChange(verdict, items, units, report);
    changes.push(change.change);
    for (const unit of change.units) busy.add(unit);
    owners.set(verdict.path, change.units);
    warnings.push(...fromWarnings(verdict));
  }
  changes.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const skipped = [...collectSkips(items, verdicts, units, busy), ...repeated(owners, units)].sort(
    (a, b) => a.line - b.line,
  );
  const spoken = spokenUnits(items);
  const recommendations = report.diagnosis.recommendations.filter(
    (_, index) =>
      (spoken.has(index) || !isRemark(units[index] as Unit, index, items)) &&
      units[index]?.number !== units[index - 1]?.number,
  );
  return { diagnosis: { ...report.diagnosis, recommendations }, changes, skipped, warnings };
}

/** A change of a whole section and one inside it cannot both be made. */
function dropNested(verdicts: Map<string, Verdict>): void {
  const changed = [...verdicts.values()].filter((verdict) => verdict.kind === 'change');
  for (const outer of changed) {
    const keys = outer.chosen?.keys;
    if (!keys) continue;
    const value = outer.chosen?.outcome.kind === 'value' ? outer.chosen.outcome.value : null;
    if (
      value !== null &&
      !isMapping(value) &&
      !Array.isArray(value) &&
      outer.chosen?.outcome.kind !== 'removed'
    )
      continue;
    for (const inner of changed) {
      const path = inner.chosen?.keys;
      if (
        inner === outer ||
        !path ||
        path.length <= keys.length ||
        !keys.every((key, index) => path[index] === key)
      )
        continue;
      outer.kind = 'conflict';
      outer.message = `The report changes ${outer.path} as a whole and ${inner.path} in it.`;
    }
  }
}

function unitsOf(items: readonly Item[]): number[] {
  const found = new Set<number>();
  for (const item of items) if (item.claim.unit !== null) found.add(item.claim.unit);
  return [...found].sort((a, b) => a - b);
}

/** Recommendations that name what a change is about without giving its value; a preview gives it for them. */
function namedBy(verdict: Verdict, items: readonly Item[]): number[] {
  const keys = verdict.chosen?.keys ?? [];
  const names = new Set(keys.filter((key): key is string => typeof key === 'string').map(normalizeName));
  const concepts = new Set(keys.flatMap((key) => (typeof key === 'string' ? conceptsOf(key) : [])));
  const related = items.filter((item) => {
    if (item.claim.unit === null || item.claim.stance !== 'assert') return false;
    if (item.path === verdict.path) return true;
    const own = normalizeName(item.claim.name);
    return names.has(own) || conceptsOf(own).some((concept) => concepts.has(concept));
  });
  return unitsOf(related);
}

function toChange(
  verdict: Verdict,
  items: readonly Item[],
  units: readonly Unit[],
  report: Report,
): { change: Change; units: number[] } {
  const chosen = verdict.chosen as Item;
  const direct = unitsOf(verdict.supporters);
  const stated = verdict.supporters
    .map((item) => item.claim.statedRecommendation)
    .find((number) => number !== null && units.some((unit) => unit.number === number));
  const byNumber =
    stated === undefined || stated === null ? [] : [units.findIndex((unit) => unit.number === stated)];
  const owners = direct.length > 0 ? direct : byNumber.length > 0 ? byNumber : namedBy(verdict, items);
  const owner = owners[0];
  const unit = owner === undefined ? undefined : units[owner];
  const isRemoved = chosen.outcome.kind === 'removed';
  const title = unit ? (report.diagnosis.recommendations[units.indexOf(unit)]?.title ?? '') : '';
  const why =
    title !== ''
      ? title
      : (verdict.supporters.map((item) => item.claim.comment).find((text) => text !== null && text !== '') ??
        'config preview of the report');
  return {
    units: owners,
    change: {
      path: verdict.path,
      kind: isRemoved ? 'removed' : chosen.from === undefined ? 'new' : 'changed',
      from: chosen.from ?? null,
      to: chosen.outcome.kind === 'value' ? chosen.outcome.value : null,
      recommendation: unit?.number ?? null,
      line: bestLine(verdict, owner),
      why: clip(why.replace(/\p{Cc}/gu, ' '), 100),
    },
  };
}

/** The line of the item that states the change most directly, in its recommendation if it has one. */
function bestLine(verdict: Verdict, owner: number | undefined): number {
  const chosen = verdict.chosen as Item;
  if (owner === undefined || chosen.claim.unit === owner) return chosen.claim.line;
  const own = verdict.supporters.filter((item) => item.claim.unit === owner);
  return (own[0] ?? chosen).claim.line;
}

function fromWarnings(verdict: Verdict): Plan['warnings'] {
  for (const item of verdict.supporters) {
    const { relation } = item.claim;
    if ((relation.kind !== 'set' && relation.kind !== 'scale') || relation.from === null) continue;
    const stated =
      relation.from.isPercent &&
      typeof relation.from.value === 'number' &&
      typeof item.from === 'number' &&
      item.from <= 1
        ? relation.from.value / 100
        : relation.from.value;
    const isSame =
      item.from !== undefined
        ? sameValue(stated, item.from) ||
          (typeof stated === 'string' &&
            typeof item.from === 'string' &&
            stated.toLowerCase() === item.from.toLowerCase())
        : stated === null || stated === 0 || stated === 'none';
    if (isSame) continue;
    const has =
      item.from === undefined
        ? `${verdict.path} is not in the baseline config`
        : `the baseline config has ${showValue(item.from)}`;
    return [
      {
        message: `The report says that ${verdict.path} is ${showValue(stated)} now, but ${has}.`,
        line: item.claim.line,
      },
    ];
  }
  return [];
}

function collectSkips(
  items: readonly Item[],
  verdicts: ReadonlyMap<string, Verdict>,
  units: readonly Unit[],
  busy: ReadonlySet<number>,
): Skipped[] {
  const byUnit = new Map<number | null, Skip[]>();
  const spoken = spokenUnits(items);
  const settled = new Set<string>();
  for (const item of items) {
    const verdict = item.path === null ? undefined : verdicts.get(item.path);
    const skip = skipFor(item, verdict);
    if (!skip) continue;
    const { unit } = item.claim;
    const isMinor =
      skip.reason === 'no-value' ||
      (skip.reason === 'already-applied' &&
        item.claim.source === 'fence' &&
        item.claim.stance === 'assert') ||
      (skip.reason === 'unknown-path' && item.claim.relation.kind === 'toggle') ||
      (skip.reason === 'alternative' && (item.path === null || item.claim.relation.kind === 'none'));
    if (unit === null && (item.claim.source === 'preview' ? isHarmless(skip, item) : isMinor)) continue;
    if (unit !== null && busy.has(unit) && isMinor) continue;
    const subject =
      skip.reason === 'alternative' && unit !== null ? '' : (item.path ?? normalizeName(item.claim.name));
    const id = `${unit}\n${skip.reason}\n${subject}`;
    if (settled.has(id)) continue;
    settled.add(id);
    const list = byUnit.get(unit);
    if (list) list.push(skip);
    else byUnit.set(unit, [skip]);
  }
  const out: Skipped[] = [];
  const push = (skip: Skip, recommendation: number | null): void => {
    out.push({
      recommendation,
      reason: skip.reason,
      message: skip.message,
      line: skip.line,
      candidates: [...skip.candidates],
    });
  };
  const conflicts = new Set<string>();
  for (const [index, unit] of units.entries()) {
    const skips = byUnit.get(index) ?? [];
    const real = skips.filter((skip) => skip.reason !== 'no-value');
    const isAbsent = !items.some((item) => item.claim.unit === index && item.path !== null);
    const isCode =
      real.length === 0 &&
      !busy.has(index) &&
      (showsProgram(unit) || (isAbsent && skips.length > 0 && needsCodeOrData(textOf(unit))));
    const shown = busy.has(index) || real.length > 0 ? real : isCode ? [] : skips;
    for (const skip of shown.sort(bySeverity)) {
      if (skip.reason === 'conflict') conflicts.add(skip.message);
      push(skip, unit.number);
    }
    const isSilent = isRemark(unit, index, items) && !spoken.has(index);
    if (shown.length === 0 && !busy.has(index) && !isSilent) push(plainSkip(unit), unit.number);
  }
  for (const skip of (byUnit.get(null) ?? []).sort(bySeverity))
    if (skip.reason !== 'conflict' || !conflicts.has(skip.message)) push(skip, null);
  return out;
}

/** Recommendations that only repeat what an earlier one changes. */
function repeated(owners: ReadonlyMap<string, readonly number[]>, units: readonly Unit[]): Skipped[] {
  const first = new Set([...owners.values()].map((list) => list[0]));
  const out = new Map<number, Skipped>();
  for (const [path, [owner, ...others]] of owners)
    for (const other of others) {
      const unit = units[other];
      if (first.has(other) || !unit || owner === undefined || out.has(other)) continue;
      const message = `Recommendation ${units[owner]?.number ?? 1} changes ${path} already.`;
      out.set(other, {
        recommendation: unit.number,
        reason: 'already-applied',
        message,
        line: unit.line,
        candidates: [],
      });
    }
  return [...out.values()];
}

/** A preview lists what stays as well; only what it cannot place or contradicts is worth a line. */
function isHarmless(skip: Skip, item: Item): boolean {
  return (
    skip.reason === 'no-value' ||
    skip.reason === 'already-applied' ||
    skip.reason === 'keep' ||
    (skip.reason === 'unknown-path' && item.claim.source === 'preview' && item.claim.isWeak)
  );
}

/** The recommendations that say something about a setting, beyond what is or was. */
function spokenUnits(items: readonly Item[]): ReadonlySet<number | null> {
  return new Set(items.filter((item) => item.claim.stance !== 'observed').map((item) => item.claim.unit));
}

/** "everything else as is" */
function speaksOfRest(text: string): boolean {
  return (
    /\b(?:everything|anything|all|nothing) else\b|\bthe rest\b|alles andere|tout le reste|todo lo demás|остальное|其他(?:参数)?(?:保持)?不变|その他は/iu.test(
      text.slice(0, 200),
    ) &&
    /keep|leave|unchanged|as is|same|stay|touch|change|unverändert|lassen|inchangé|igual|不变|そのまま/iu.test(
      text.slice(0, 200),
    )
  );
}

/** Whether a recommendation shows program text, which no config carries out. */
function showsProgram(unit: Unit): boolean {
  const visit = (node: Node): boolean =>
    (node.kind === 'fence' &&
      node.block !== null &&
      fenceKind(node.block.info, node.block.lines) === 'program') ||
    node.children.some(visit);
  return unit.row === null && unit.nodes.some(visit);
}

/** "keep everything else": found by its wording only, and about no setting in particular. */
function isRemark(unit: Unit, index: number, items: readonly Item[]): boolean {
  if (!unit.isLoose || unit.nodes[0]?.kind !== 'text') return false;
  const tells = items.some((item) => item.claim.unit === index);
  return tells || (!needsCodeOrData(textOf(unit)) && !speaksOfRest(textOf(unit)));
}

/** A recommendation that names no setting at all. */
function plainSkip(unit: Unit): Skip {
  const text = textOf(unit);
  if (unit.stance === 'later' || unit.stance === 'alternatives' || unit.stance === 'rejected')
    return {
      reason: 'alternative',
      message: 'The report gives this as an alternative or for later.',
      line: unit.line,
      candidates: [],
    };
  if (unit.stance === 'keep')
    return {
      reason: 'keep',
      message: 'The report says to keep this as it is.',
      line: unit.line,
      candidates: [],
    };
  if (unit.stance === 'done')
    return {
      reason: 'already-applied',
      message: 'The report says that this was done already.',
      line: unit.line,
      candidates: [],
    };
  if (unit.nodes[0]?.leaf?.hasStruck && !/\p{L}{3}/u.test(titleOf(unit.nodes[0])))
    return {
      reason: 'alternative',
      message: 'The report strikes this out.',
      line: unit.line,
      candidates: [],
    };
  if (
    /^\W*(?:keep|leave|no changes?|nothing|everything else|all else|the rest)\b/iu.test(text) ||
    speaksOfRest(text)
  )
    return {
      reason: 'keep',
      message: 'The report says to keep the rest as it is.',
      line: unit.line,
      candidates: [],
    };
  if (showsProgram(unit) || needsCodeOrData(text))
    return {
      reason: 'not-config',
      message: 'This needs code, data or people; no config value carries it out.',
      line: unit.line,
      candidates: [],
    };
  return {
    reason: 'no-value',
    message: 'The advice names no setting with a value.',
    line: unit.line,
    candidates: [],
  };
}
