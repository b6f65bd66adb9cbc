import type { Leaf } from '../text/inline.ts';
import type { Statement } from '../text/statements.ts';
import { isNumber, tokenize, type Token } from '../text/tokens.ts';
import { statementsOf } from '../outline/node.ts';
import { splitLabel } from '../outline/labels.ts';
import { normalizeName } from '../words/concepts.ts';
import type { LabelClass } from '../words/labels.ts';
import type { Claim } from '../claims/claim.ts';
import type { ReadContext } from '../claims/context.ts';
import { readSentence } from '../sentence/claims.ts';

const STRICT_CODE = /^\s*(?:--)?([A-Za-z_][\w.[\]-]*)\s*(?:[:=]|→|->|=>)\s*(\S.*)/su;

/** The claims of a leaf, statement by statement; labels decide what each of them is about. */
export function readAdvice(
  leaf: Leaf,
  context: ReadContext,
  acceptsWords = false,
  onSubject?: (tokens: readonly Token[]) => void,
): Claim[] {
  const claims: Claim[] = [];
  for (const statement of statementsOf(leaf))
    claims.push(...readOne(statement, context, acceptsWords, onSubject));
  return claims;
}

function holdsSetting(name: string, { lexicon }: ReadContext): boolean {
  const { slots, concepts } = lexicon.meaningOf(name);
  return [...slots, ...lexicon.slotsOfConcepts(concepts)].some((slot) => !slot.isMapping);
}

export function readOne(
  statement: Statement,
  context: ReadContext,
  acceptsWords: boolean,
  onSubject?: (tokens: readonly Token[]) => void,
): Claim[] {
  const { label, text: labelText, tokens } = splitLabel(statement);
  // "**Context**: `ctx` 512 → 1024": a topic that happens to be called like a label.
  const isTopic =
    label === 'reason' &&
    (tokens[0]?.code ?? -1) >= 0 &&
    tokens.slice(1, 4).some((token) => token.kind === 'arrow');
  const inner = labelContext(isTopic ? null : label, context);
  // "Steps: +100%" where the config has `steps`.
  if (label === 'change' && isNumber(tokens[0]) && holdsSetting(labelText, context))
    return readSentence(statement, statement.tokens, context, acceptsWords);
  if (inner === null) {
    // "**Rank** 8 → 32", "Target modules: […]": called like a label, and the config has such a setting.
    const isSetting =
      holdsSetting(labelText, context) &&
      tokens.some((token) => token.kind === 'arrow' || token.kind === 'list' || isNumber(token));
    return isSetting ? readSentence(statement, statement.tokens, context, acceptsWords) : [];
  }
  if (label === 'parameter') onSubject?.(tokens);
  const first = tokens[0];
  const last = tokens.at(-1);
  const text = first && last ? statement.leaf.text.slice(first.start, last.end) : '';
  const isConfigLine =
    (label === 'change' || context.label === 'change') &&
    first?.code === -1 &&
    isConfigText(text, label, context);
  if (isConfigLine && last) {
    // A config line without backticks is code all the same.
    const code = tokenize(text, [{ start: 0, end: text.length }]).map((token) => ({
      ...token,
      start: token.start + (first?.start ?? 0),
      end: token.end + (first?.start ?? 0),
    }));
    const claims = readSentence(statement, code, inner, true);
    if (claims.length > 0) return claims;
  }
  return readSentence(statement, tokens, inner, acceptsWords || isConfigLine);
}

/** Whether a text without backticks is a line of config all the same: its key is known, or its value can only be one. */
function isConfigText(text: string, label: LabelClass | null, context: ReadContext): boolean {
  const match = STRICT_CODE.exec(text);
  if (!match) return false;
  const key = match[1] as string;
  if (/[._]/u.test(key) || context.lexicon.has(normalizeName(key))) return true;
  return (
    label === 'change' &&
    /^(?:[+-]?[\d.][\d.eE+-]*|true|false|null|none|"[^"]*"|'[^']*'|\[[^\]]*\])\s*$/iu.test(match[2] as string)
  );
}

/** What a label makes of the statement behind it; null where nothing of it is a claim. */
export function labelContext(label: LabelClass | null, context: ReadContext): ReadContext | null {
  switch (label) {
    case null:
      return context;
    case 'change':
    case 'proposed':
    case 'range':
      return { ...context, label, isAdvice: true };
    case 'parameter':
      return { ...context, label };
    case 'current':
      return { ...context, label, stance: 'observed', isAdvice: true };
    case 'alternative':
    case 'later':
      return { ...context, label, stance: context.stance === 'assert' ? 'alternative' : context.stance };
    case 'keep':
      return { ...context, label, stance: 'keep' };
    case 'example':
      return { ...context, label, stance: context.stance === 'assert' ? 'example' : context.stance };
    case 'preview':
      return { ...context, label };
    case 'impact':
    case 'effort':
    case 'risk':
    case 'expected':
    case 'priority':
    case 'reason':
    case 'status':
    case 'root-cause':
    case 'target':
      return null;
  }
}
