import type { Subject } from '../claims/context.ts';
import { findMentions, type Mention } from '../claims/mentions.ts';
import { ownStatements, titleOf, type Node } from '../outline/node.ts';
import type { Lexicon } from '../resolve/lexicon.ts';
import type { Token } from '../text/tokens.ts';

function subject({ name, isExplicit, isWeak }: Mention): Subject {
  return { name, isExplicit, isWeak };
}

/** The one setting a title names; null where it names none, or several. */
export function subjectIn(node: Node, lexicon: Lexicon): Subject | null {
  const [first] = ownStatements(node);
  if (!first) return null;
  const named = findMentions(first.tokens, lexicon).filter(
    (mention) => mention.isKnown || mention.isExplicit,
  );
  const strong = named.filter((mention) => !mention.isWeak);
  const [only, ...others] = strong.length > 0 ? strong : named;
  return only && others.length === 0 ? subject(only) : null;
}

/** The setting behind a label "Parameter:". */
export function subjectOfLabel(tokens: readonly Token[], lexicon: Lexicon): Subject | null {
  const [mention] = findMentions(tokens, lexicon);
  if (mention) return { ...subject(mention), isWeak: false };
  const [only, ...others] = tokens;
  return only?.kind === 'word' && others.length === 0
    ? { name: only.text, isExplicit: true, isWeak: false }
    : null;
}

/** `optimizer:` above nested bullets, or a heading that is the name of a section of the config. */
export function placeOf(node: Node, lexicon: Lexicon): string | null {
  const bare = titleOf(node)
    .replace(/[`*:\s]+$/u, '')
    .replace(/^[`*\s]+/u, '');
  return /^[A-Za-z_][\w.]{0,60}$/u.test(bare) && lexicon.isSection(bare) ? bare : null;
}
