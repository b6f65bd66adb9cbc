import type { Stance } from '../claims/claim.ts';
import { statementsOf, titleOf, type Node } from '../outline/node.ts';

const OPTIONAL =
  /[([]\s*(?:optional|nice[- ]to[- ]have|stretch(?: goal)?|if needed|if necessary|if time (?:permits|allows)|later|deferred|future|backup|fallback|on hold|not now|facultati[fv]e?|optionnel(?:le)?|opcional|опционально|可选|任意|オプション|선택)\s*[^)\]]{0,20}[)\]]|^\W*(?:optional(?:ly)?|nice[- ]to[- ]have|stretch goal|facultatif|optionnel|opcional|可选)\b\s*[:–—-]|\b(?:rejected|deferred|postponed|do not apply)\s*[)\]]?\s*$/iu;
const DONE =
  /[([]\s*(?:already )?(?:done|applied|implemented|completed|merged|fixed|in place|erledigt|umgesetzt|fait|hecho|已完成|已应用|完了|適用済み|완료)[^)\]]{0,30}[)\]]|^\W*(?:done|already (?:done|applied)|completed|erledigt|已完成|完了)\W*[:–—-]|(?:✅|✔|☑)\s*(?:done|applied|already)/iu;
const REFUSED_QUESTION = /\?\s*(?:[–—-]\s*)?(?:no|nope|nein|non|нет|не нужно|不|いいえ|아니오)(?![\p{L}])/iu;
const KEEP =
  /^\W*(?:keep|leave|do not change|don't change|no change(?:s)?(?: to| in)?|unchanged|beibehalten|garder|mantener|保持|維持)\b/iu;
const STATUS_LINE =
  /^\W*(?:status|state|stand|statut|estado|статус|状态|ステータス|状態|상태|decision)\W{0,4}[:–—-]\s*(.{1,80})/iu;
const STATUS_OPEN =
  /\b(?:not (?:yet )?(?:done|applied|implemented|started)|open|proposed|pending|todo|to do|recommended|approved|accepted)\b|offen|待/u;
const STATUS_DONE =
  /\b(?:done|applied|implemented|completed|merged|already|in place)\b|erledigt|umgesetzt|fait|hecho|已|完了|済|완료/u;
const STATUS_OFF =
  /\b(?:rejected|deferred|postponed|on hold|later|optional|won't|wontfix|backlog|discarded)\b|abgelehnt|verworfen|rejeté|descartad|否决|却下/u;
const MAX_TITLE = 300;
const MAX_STATEMENTS = 12;

/** What a status line ("Status: deferred") makes of a recommendation; null where it leaves it open. */
function statusStance(text: string): Stance | null {
  const clean = text.toLowerCase();
  if (STATUS_OPEN.test(clean)) return null;
  if (STATUS_DONE.test(clean)) return 'done';
  return STATUS_OFF.test(clean) ? 'alternative' : null;
}

function firstLine(node: Node): string {
  return (node.leaf?.text.split('\n')[0] ?? '').slice(0, MAX_TITLE);
}

/** What a title, a checkbox or its section's role make of all under a node; null where they say nothing. */
export function titleStance(node: Node): Stance | null {
  const text = firstLine(node);
  if (node.item?.checkbox === 'done' || DONE.test(text)) return 'done';
  if (OPTIONAL.test(text)) return 'alternative';
  if (node.kind !== 'section') return null;
  if (KEEP.test(titleOf(node)) || (node.marker === null && node.role === 'keep')) return 'keep';
  const isAside = node.role === 'alternatives' || node.role === 'rejected' || node.role === 'later';
  return node.marker === null && isAside ? 'alternative' : null;
}

/** What a recommendation's own words make of the whole of it: "(optional)", "Status: deferred", "Dropout? No." */
export function unitStance(nodes: readonly Node[]): Stance | null {
  const [first, ...rest] = nodes;
  if (!first) return null;
  const text = firstLine(first);
  if (first.item?.checkbox === 'done' || DONE.test(text)) return 'done';
  if (REFUSED_QUESTION.test(text)) return 'keep';
  if (first.leaf?.hasStruck && !/\p{L}{3}/u.test(titleOf(first))) return 'alternative';
  if (OPTIONAL.test(text)) return 'alternative';
  for (const { leaf } of [...first.children, ...rest])
    for (const statement of leaf ? statementsOf(leaf).slice(0, MAX_STATEMENTS) : []) {
      const start = statement.tokens[0]?.start ?? 0;
      const status = STATUS_LINE.exec(leaf?.text.slice(start, start + 200) ?? '')?.[1];
      const stance = status === undefined ? null : statusStance(status);
      if (stance) return stance;
    }
  return null;
}
