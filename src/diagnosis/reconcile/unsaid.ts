import { fenceKind } from '../fences/fence.ts';
import { statementsOf, titleOf, type Node } from '../outline/node.ts';
import type { Unit, UnitStance } from '../outline/unit.ts';
import { statementText } from '../text/statements.ts';
import type { SkipReason } from '../types.ts';
import { needsCodeOrData } from '../words/not-config.ts';
import type { Item } from './items.ts';
import type { Skip } from './skips.ts';

/*
 * Recommendations that name no setting of this config.
 */

const REST =
  /\b(?:everything|anything|all|nothing) else\b|\bthe rest\b|alles andere|tout le reste|todo lo demás|остальное|其他(?:参数)?(?:保持)?不变|その他は/iu;
const KEPT =
  /keep|leave|unchanged|as is|same|stay|touch|change|unverändert|lassen|inchangé|igual|不变|そのまま/iu;
const KEEP_FIRST = /^\W*(?:keep|leave|no changes?|nothing|everything else|all else|the rest)\b/iu;
const BY_STANCE: Readonly<Partial<Record<UnitStance, readonly [SkipReason, string]>>> = {
  later: ['alternative', 'The report gives this as an alternative or for later.'],
  alternatives: ['alternative', 'The report gives this as an alternative or for later.'],
  rejected: ['alternative', 'The report gives this as an alternative or for later.'],
  keep: ['keep', 'The report says to keep this as it is.'],
  done: ['already-applied', 'The report says that this was done already.'],
};

/** "everything else as is" */
function speaksOfRest(text: string): boolean {
  const head = text.slice(0, 200);
  return REST.test(head) && KEPT.test(head);
}

/** Text of a recommendation, for the question whether a config can carry it out at all. */
export function textOf(unit: Unit): string {
  const [first] = unit.nodes;
  if (unit.row) return unit.row.grid.rows[unit.row.index]?.cells.map((cell) => cell.text).join(' ') ?? '';
  if (unit.statement !== null && first?.leaf) {
    const statement = statementsOf(first.leaf)[unit.statement];
    return statement ? statementText(statement) : '';
  }
  const texts = [first?.leaf?.text, ...(first?.children ?? []).map((child) => child.leaf?.text)];
  return texts.map((text) => text ?? '').join(' ');
}

/** Whether a recommendation shows program text, which no config carries out. */
export function showsProgram(unit: Unit): boolean {
  const visit = ({ kind, block, children }: Node): boolean =>
    (kind === 'fence' && block !== null && fenceKind(block.info, block.lines) === 'program') ||
    children.some(visit);
  return unit.row === null && unit.nodes.some(visit);
}

/** The recommendations that say something about a setting, beyond what is or was. */
export function spokenUnits(items: readonly Item[]): ReadonlySet<number | null> {
  return new Set(items.filter(({ claim }) => claim.stance !== 'observed').map(({ claim }) => claim.unit));
}

/** A sentence that was found by its wording only and turned out to advise nothing. */
export function isRemark(unit: Unit, index: number, items: readonly Item[]): boolean {
  if (!unit.isLoose || unit.nodes[0]?.kind !== 'text') return false;
  const tells = items.some(({ claim }) => claim.unit === index);
  return tells || (!needsCodeOrData(textOf(unit)) && !speaksOfRest(textOf(unit)));
}

/** Why a recommendation that names no setting changes nothing. */
export function unsaidSkip(unit: Unit): Skip {
  const skip = (reason: SkipReason, message: string): Skip => ({
    reason,
    message,
    line: unit.line,
    candidates: [],
  });
  const own = BY_STANCE[unit.stance];
  if (own) return skip(...own);
  const [first] = unit.nodes;
  if (first?.leaf?.hasStruck && !/\p{L}{3}/u.test(titleOf(first)))
    return skip('alternative', 'The report strikes this out.');
  const text = textOf(unit);
  if (KEEP_FIRST.test(text) || speaksOfRest(text))
    return skip('keep', 'The report says to keep the rest as it is.');
  if (
    /^\W*(?:maybe|perhaps|optional(?:ly)?|possibly|vielleicht|evtl\.?|peut-être|quizás?|возможно|也许)(?!\p{L})/iu.test(
      text,
    )
  )
    return skip('alternative', 'The report gives this as an idea only.');
  if (showsProgram(unit) || needsCodeOrData(text))
    return skip('not-config', 'This needs code, data or people; no config value carries it out.');
  return skip('no-value', 'The advice names no setting with a value.');
}
