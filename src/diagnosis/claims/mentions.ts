import { withBracket } from './second-name.ts';
import { assigns, isUnit } from './units.ts';
import { isEverydayName, isGenericName, type Lexicon } from '../resolve/lexicon.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import { normalizeName } from '../words/concepts.ts';
import { isMetricName } from '../words/metrics.ts';

/** Where a statement names a setting. */
export interface Mention {
  /** Token range [index, end). */
  index: number;
  end: number;
  /** The name as written, without dashes of flags. */
  name: string;
  /** Written as an identifier (code span, path, flag, `a_b = 1`), not as prose. */
  isExplicit: boolean;
  /** The name stands in the lexicon. */
  isKnown: boolean;
  /** An everyday or generic word: counts only with a value assigned to it. */
  isWeak: boolean;
  /** "Unfreeze the backbone" for `freeze_backbone`: named by its contrary. */
  isContrary?: boolean;
}

const VERB_OF_KEY = /^(?:use|using|enable|enabling|disable|apply)$/u;
const LONGEST_NGRAM = 5;
const FILE_NAME = /\.(?:py|ya?ml|json|toml|md|txt|csv|sh|ipynb|ckpt|pth?|png|svg|log|cfg|ini|html?)$/iu;
const CODE_ROOT =
  /^(?:nn|torch|tf|keras|np|F|self|sklearn|transforms|torchvision|albumentations|A|optim|jax|optax|timm|datasets|transformers|pl|xgb|lgb|lightning|math|os|sys)\./u;
const IDENTIFIER = /^[A-Za-z_][\w-]*(?:\[\d+\])?(?:\.[A-Za-z_][\w-]*(?:\[\d+\])?)*$/u;

/** Whether `name`: value stands outside the code span of the name. */
function assignsBehind(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1]?.code !== tokens[index]?.code && isNumberOrText(tokens[index + 1]);
}

function isNumberOrText(token: Token | undefined): boolean {
  return isNumber(token) || token?.kind === 'string';
}

function isPath(text: string): boolean {
  return text.includes('.') && IDENTIFIER.test(text) && !FILE_NAME.test(text) && !CODE_ROOT.test(text);
}

function identifierMention(tokens: readonly Token[], index: number, lexicon: Lexicon): Mention | undefined {
  const token = tokens[index] as Token;
  const isFlag = token.kind === 'flag';
  const name = isFlag ? token.text.slice(2) : token.text.replace(/^['"]|['"]$/gu, '');
  const last = name.split('.').at(-1) ?? '';
  if (
    !isFlag &&
    token.kind !== 'word' &&
    !(token.kind === 'string' && token.code >= 0 && assigns(tokens[index + 1]))
  )
    return undefined;
  const next = tokens[index + 1];
  // Most words of prose are none; the tests behind this are dear.
  if (!isFlag && token.code < 0 && !assigns(next) && !name.includes('.')) return undefined;
  // `precision` is a measure, but in code and with a value also a key that the config has.
  const isOwnKey =
    token.code >= 0 && (assigns(next) || assignsBehind(tokens, index)) && lexicon.slotAt(name) !== undefined;
  if (isMetricName(last) && !isOwnKey) return undefined;
  const isKnown = lexicon.has(normalizeName(name).replaceAll('.', '')) || lexicon.has(normalizeName(last));
  const base = { index, end: index + 1, name, isExplicit: true, isKnown, isWeak: false };
  if (isFlag) return base;
  if (isPath(name)) return isKnown || token.code >= 0 || assigns(tokens[index + 1]) ? base : undefined;
  if (!IDENTIFIER.test(name) || FILE_NAME.test(name)) return undefined;
  if (token.code >= 0) {
    const isWhole = tokens[index - 1]?.code !== token.code && next?.code !== token.code;
    if (isKnown) return { ...base, isWeak: isGenericName(normalizeName(name)) && !assigns(next) };
    if (assigns(next) && next?.code === token.code) return base;
    return isWhole && /_/u.test(name) ? { ...base, isWeak: true } : undefined;
  }
  if (!assigns(next) || next?.kind === 'arrow') return undefined;
  const isTight = next !== undefined && next.start === token.end;
  if (/[a-z0-9]_[a-z0-9]/iu.test(name) && (isTight || next?.kind === 'equals')) return base;
  return isKnown && next?.kind === 'equals' ? base : undefined;
}

const ELISION = /^[ld]['’](\p{L}{3,40})$/u;

function wordPiece(token: Token): string {
  return normalizeName(token.lower.replace(/'s$/u, '')).replaceAll('.', '');
}

/** The longest name of the lexicon that starts at `index`. */
function proseMention(tokens: readonly Token[], index: number, lexicon: Lexicon): Mention | undefined {
  const first = tokens[index] as Token;
  const piece = wordPiece(first);
  const found = namedFrom(tokens, index, lexicon, piece);
  // French "l'échauffement": the article is no part of the name.
  const bare = first.code < 0 ? ELISION.exec(first.lower)?.[1] : undefined;
  return found ?? (bare === undefined ? undefined : namedFrom(tokens, index, lexicon, normalizeName(bare)));
}

function namedFrom(
  tokens: readonly Token[],
  index: number,
  lexicon: Lexicon,
  start: string,
): Mention | undefined {
  const first = tokens[index] as Token;
  // In a sentence "use" and "enable" are verbs, though keys start with them.
  if (first.kind !== 'word' || (first.code < 0 && VERB_OF_KEY.test(first.lower))) return undefined;
  let joined = start;
  if (joined.length > 80) return undefined;
  let best: Mention | undefined;
  for (let length = 1; length <= LONGEST_NGRAM; length += 1) {
    if (length > 1) {
      const token = tokens[index + length - 1];
      if (
        token === undefined ||
        token.kind !== 'word' ||
        (token.code !== first.code && length > 1 && token.code >= 0 && first.code >= 0)
      )
        break;
      joined += wordPiece(token);
    }
    if (!lexicon.mayStart(joined)) {
      if (joined.length >= 2) break;
      continue;
    }
    const known = lexicon.has(joined)
      ? joined
      : joined.endsWith('s') && lexicon.has(joined.slice(0, -1))
        ? joined.slice(0, -1)
        : undefined;
    if (known === undefined || isMetricName(known)) continue;
    const isOnlySection = first.code < 0 && lexicon.isOnlySection(known);
    if (isOnlySection && !assigns(tokens[index + length])) continue;
    const name = tokens
      .slice(index, index + length)
      .map((token) => token.text)
      .join(' ');
    const isWeak = length === 1 && (isEverydayName(known) || isGenericName(known));
    best = {
      index,
      end: index + length,
      name: known === joined ? name : name.replace(/s$/iu, ''),
      isExplicit: false,
      isKnown: true,
      isWeak,
    };
  }
  return best;
}

/** "by a factor of 100". */
function isFactorOf(tokens: readonly Token[], mention: Mention): boolean {
  return (
    tokens[mention.index]?.code === -1 &&
    /^(?:factor|faktor|facteur|fattore|fator)$/iu.test(mention.name) &&
    ((isNumber(tokens[mention.end]) && tokens[mention.end + 1]?.kind !== 'arrow') ||
      (/^(?:of|von|de|di)$/u.test(tokens[mention.end]?.lower ?? '') && isNumber(tokens[mention.end + 1])))
  );
}

/** `jk: last → cat`: behind a name and its colon in one code span stands its value. */
function isValueOf(tokens: readonly Token[], mention: Mention, before: Mention | undefined): boolean {
  const separator = tokens[mention.index - 1];
  return (
    before !== undefined &&
    before.end === mention.index - 1 &&
    (separator?.kind === 'colon' || separator?.kind === 'equals') &&
    separator.code >= 0 &&
    separator.code === tokens[mention.index]?.code &&
    (tokens[mention.end]?.kind === 'arrow' || tokens[mention.end]?.code !== separator.code)
  );
}

const OF = /^(?:of|in|for|der|des|du|de|del|da|do)$/u;
const THE = /^(?:the|our|your)$/u;

/** Whether nothing but "of the" stands between two names. */
function isWhere(tokens: readonly Token[], from: number, to: number): boolean {
  const between = tokens.slice(from, to);
  const [first, second] = between;
  return (
    first !== undefined &&
    between.length <= 2 &&
    OF.test(first.lower) &&
    (second === undefined || THE.test(second.lower)) &&
    tokens[to]?.code === -1
  );
}

/** "unfreeze the backbone" where there is `freeze_backbone`. */
function contraryMention(tokens: readonly Token[], index: number, lexicon: Lexicon): Mention | undefined {
  if (!/^unfr(?:eeze|eezing|ozen)$/u.test(tokens[index]?.lower ?? '')) return undefined;
  const at = /^(?:the|all|its)$/u.test(tokens[index + 1]?.lower ?? '') ? index + 2 : index + 1;
  const other = tokens[at];
  const name = other?.kind === 'word' ? `freeze ${other.text}` : '';
  const isKnown = name !== '' && lexicon.meaningOf(name).slots.length > 0;
  if (!isKnown) return undefined;
  return { index, end: at + 1, name, isExplicit: false, isKnown, isWeak: false, isContrary: true };
}

/** The names of settings in a statement, in order, never overlapping. `isWhole`: "25 epochs" alone is a piece of advice. */
export function findMentions(tokens: readonly Token[], lexicon: Lexicon, isWhole = false): Mention[] {
  const mentions: Mention[] = [];
  let index = 0;
  while (index < tokens.length) {
    const contrary = contraryMention(tokens, index, lexicon);
    if (contrary) {
      mentions.push(contrary);
      index = contrary.end;
      continue;
    }
    const explicit = identifierMention(tokens, index, lexicon);
    const prose = proseMention(tokens, index, lexicon);
    const mention =
      prose && (!explicit || prose.end > explicit.end)
        ? { ...prose, isExplicit: explicit !== undefined }
        : explicit;
    const isTail =
      mention?.isWeak === true && mentions.at(-1)?.end === index && !assigns(tokens[mention.end]);
    const isPlace = mention?.isWeak === true && isWhere(tokens, mentions.at(-1)?.end ?? index, index);
    // "step size of the scheduler": the second says where.
    if (isPlace && mention) {
      index = mention.end;
      continue;
    }
    // "dropout layers": the second noun only goes on with the first.
    if (isTail) index += 1;
    else if (mention && isFactorOf(tokens, mention)) index += 1;
    else if (mention && isValueOf(tokens, mention, mentions.at(-1))) index += 1;
    else if (mention && !isUnit(tokens, mention, isWhole)) {
      const bracketed = withBracket(tokens, mention, mentions.at(-1), lexicon);
      if (bracketed.isSecond) mentions.pop();
      mentions.push(bracketed.mention);
      index = bracketed.mention.end;
    } else index += 1;
  }
  return mentions;
}
