import { isNumber, type Token } from '../text/tokens.ts';
import type { Mention } from './mentions.ts';

/*
 * Whether a word such as "epochs" counts an amount or is the setting.
 */

const UNITS = new Set([
  'epochs',
  'epoch',
  'epochen',
  'époques',
  'épocas',
  'epoche',
  '轮',
  'エポック',
  '에폭',
  'steps',
  'iterations',
  'trees',
  'layers',
  'heads',
  'iters',
]);

/** Whether the token after a name assigns a value to it. */
export function assigns(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'colon' || token.kind === 'equals' || token.kind === 'arrow');
}

const RUN =
  /^(?:stop|train|training|trained|run|running|extend|extending|continue|longer|total|trainieren|trainiere|entraîner|entraînez|entrenar|entrena|训练|学習|훈련)$/u;

/** "40 epochs should be plenty" */
export function isEnough(tokens: readonly Token[], end: number): boolean {
  const after = tokens
    .slice(end, end + 5)
    .map((token) => token.lower)
    .join(' ');
  return /^(?:should be|are|is|will be|would be|ought to be|suffice|reichen|suffisent|bastan)(?: more than| quite)?(?: (?:plenty|enough|sufficient|fine)|$)/u.test(
    after,
  );
}

/** "train for 100 epochs": the amount is that of the setting. */
function isRunLength(tokens: readonly Token[], mention: Mention): boolean {
  if (
    tokens
      .slice(mention.end, mention.end + 4)
      .some((token) => /^(?:without|no|ohne|sans|sin)$/u.test(token.lower))
  )
    return false;
  if (mention.index <= 2 && isEnough(tokens, mention.end)) return true;
  if (/^(?:trainieren|laufen|trainiert)$/u.test(tokens[mention.end]?.lower ?? '')) return true;
  for (let at = mention.index - 1; at >= Math.max(0, mention.index - 7); at -= 1) {
    const token = tokens[at];
    if (token?.kind === 'comma' || token?.kind === 'colon') return false;
    if (token?.kind === 'word' && RUN.test(token.lower)) return true;
  }
  return false;
}

/** "40 epochs instead of 20" */
function isInstead(tokens: readonly Token[], mention: Mention): boolean {
  const rest = tokens.slice(mention.end, mention.end + 4);
  return (
    /^(?:instead|rather|statt|anstatt|au|plutôt|en|вместо)$/u.test(rest[0]?.lower ?? '') &&
    rest.some((token) => isNumber(token)) &&
    mention.index <= 4
  );
}

/** `5 epochs` is an amount, not the setting `epochs`. */
export function isUnit(tokens: readonly Token[], mention: Mention, isWhole: boolean): boolean {
  const before = tokens[mention.index - 1];
  const only = tokens[mention.index];
  if (mention.end - mention.index !== 1 || only === undefined || !UNITS.has(only.lower)) return false;
  if (only.lower === 'epoch' && !assigns(tokens[mention.end])) return true;
  if (isWhole && mention.index === 1 && mention.end === tokens.length) return false;
  if (isRunLength(tokens, mention) || isInstead(tokens, mention)) return false;
  const isAfterNumber = isNumber(before) || (before?.kind === 'dash' && isNumber(tokens[mention.index - 2]));
  return isAfterNumber && before?.number?.isMultiple !== true;
}
