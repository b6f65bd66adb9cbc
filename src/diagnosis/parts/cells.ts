import type { Relation, Stance } from '../claims/claim.ts';
import type { ReadContext, Subject } from '../claims/context.ts';
import { literalOf, parseLiteral, type Literal } from '../claims/literal.ts';
import { findMentions } from '../claims/mentions.ts';
import { readValue } from '../fences/value.ts';
import type { Leaf } from '../text/inline.ts';
import { tokenize } from '../text/tokens.ts';
import { normalizeName } from '../words/concepts.ts';
import { isMetricName } from '../words/metrics.ts';

export const KEEP_CELL =
  /^(?:[-–—=]|keep.*|unchanged.*|no change.*|same.*|as is|n\/?a|none needed|idem|beibehalten|unverändert|bleibt.*|gleich|inchangée?|aucun changement|sin cambios?|igual|не менять|без изменений|不变|保持不变|保持|変更なし|維持|同じ|そのまま|유지|변경 없음|✓|✔|ok)$/iu;
export const ABSENT_CELL =
  /^(?:[-–—]|none|absent|missing|n\/?a|not set|unset|not present|\(none\)|\(absent\)|\(not set\)|not used|keine?r?|nicht gesetzt|absente?|manquante?|aucune?|ningun[oa]|нет|无|なし|없음|∅|off|disabled)$/iu;

/** Names of settings in a cell: one identifier, or the one the lexicon knows. */
export function subjectOf(leaf: Leaf, context: ReadContext): Subject | null {
  const text = leaf.text.trim().replace(/:$/u, '');
  const code = leaf.code.length === 1 ? leaf.text.slice(leaf.code[0]?.start, leaf.code[0]?.end).trim() : null;
  const whole = code ?? text;
  const tokens = tokenize(whole.replace(/^--/u, ''), [{ start: 0, end: whole.length }]);
  const isIdentifier = /^(?:--)?[A-Za-z_][\w-]*(?:\[\d+\])?(?:[./][A-Za-z_][\w-]*(?:\[\d+\])?)*$/u.test(
    whole,
  );
  if (isIdentifier && !isMetricName(whole) && (code !== null || /[._]/u.test(whole) || tokens.length === 1))
    return {
      name: whole.replace(/^--/u, ''),
      isExplicit: code !== null || /[._]/u.test(whole) || context.lexicon.meaningOf(whole).slots.length > 0,
      isWeak: false,
    };
  const found = findMentions(tokenize(leaf.text, leaf.code), context.lexicon).filter(
    (mention) => !mention.isWeak || leaf.text.trim().length <= mention.name.length + 3,
  );
  if (found.length === 1 && found[0])
    return { name: found[0].name, isExplicit: found[0].isExplicit, isWeak: false };
  if (found.length === 0 && text !== '' && text.length <= 40 && !isMetricName(normalizeName(text)))
    return { name: text, isExplicit: false, isWeak: true };
  return null;
}

/** What a status or decision cell makes of its row; null where it adopts it or says nothing. */
export function stanceOfCell(text: string): Stance | null {
  const clean = text.trim().toLowerCase();
  if (/^(?:adopt|accept|approve|yes|apply|do|go|ja|oui|是|採用|采用)/u.test(clean)) return null;
  if (/^(?:keep|no|unchanged|no change|same|none|✗|✖|❌|leave|nein|non|不变|保持|維持|유지)\b/u.test(clean))
    return 'keep';
  if (
    /\b(?:done|applied|already|implemented|merged|completed|erledigt|umgesetzt|fait|hecho)\b|已|済|완료/u.test(
      clean,
    )
  )
    return 'done';
  if (
    /\b(?:optional|reject(?:ed|s)?|discard(?:ed)?|drop(?:ped)?|wait|postponed?|no-go|later|deferred|maybe|backlog|future|not now|skip(?:ped)?|on hold|next iteration|abgelehnt|später|rejeté|descartado)\b|可选|否决|后续/u.test(
      clean,
    )
  )
    return 'alternative';
  return null;
}

/** Whether a cell names a setting for certain. */
export function subjectKnown(leaf: Leaf | undefined, context: ReadContext): boolean {
  if (!leaf) return false;
  const subject = subjectOf(leaf, context);
  return subject !== null && !subject.isWeak;
}

/** The plain value of a cell, a remark in brackets aside. */
export function literalIn(leaf: Leaf): Literal | null {
  const literal = parseLiteral(leaf.text.trim().replace(/\s*\([^)]*\)\s*$/u, ''));
  return literal ?? null;
}

/** What a cell makes of its setting. */
export function relationIn(leaf: Leaf): Relation | null {
  const text = leaf.text.trim();
  const relation = readValue(text);
  if (relation) return relation;
  const bare = text.replace(/\s*\([^)]*\)\s*$/u, '').trim();
  const literal = bare === text ? undefined : parseLiteral(bare);
  if (literal) return { kind: 'set', to: literal, from: null };
  const only = leaf.code.length === 1 ? leaf.text.slice(leaf.code[0]?.start, leaf.code[0]?.end).trim() : null;
  if (only !== null && only === text)
    return { kind: 'set', to: literalOf(only, only, { isWord: true }), from: null };
  return null;
}
