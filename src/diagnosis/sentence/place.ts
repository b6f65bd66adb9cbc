import type { Sentence } from './sentence.ts';

const ARTICLE = /^(?:the|our|der|den|dem|die|la|le|el)$/u;
const UNDER = /^(?:under|unter|sous|bajo|within|inside)$/u;
const SECTION =
  /^(?:section|block|config|group|mapping|dict|abschnitt|sección|bloque|bloc|部分|节|セクション|subsection|key)$/u;

/** The section of the config that a sentence names as the place: "… in the `optimizer` section", "under `model`". */
export function placeIn(sentence: Sentence): string | null {
  for (let at = 0; at + 1 < sentence.tokens.length; at += 1) {
    if (!sentence.is(at, 'in', 'to')) continue;
    const next = ARTICLE.test(sentence.lower(sentence.step(at))) ? sentence.step(at) + 1 : sentence.step(at);
    const token = sentence.tokens[next];
    if (token?.kind !== 'word' || !/^[A-Za-z_][\w.]*$/u.test(token.text)) continue;
    const isCode = token.code >= 0;
    const isSlot = sentence.context.lexicon.isSection(token.text);
    const isNamed = SECTION.test(sentence.lower(next + 1));
    if (isNamed ? isSlot || isCode : isSlot && (isCode || UNDER.test(sentence.lower(at)))) return token.text;
  }
  return null;
}
