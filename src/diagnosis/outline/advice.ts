import type { Leaf } from '../text/inline.ts';
import { readPhrases } from '../text/phrases.ts';
import type { Statement } from '../text/statements.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import { FACTOR_WORDS, FRACTION_WORDS, type WordClass } from '../words/classes.ts';
import { conceptsOf } from '../words/concepts.ts';
import { metricNameIn } from '../words/metrics.ts';
import { isSilent, splitLabel } from './labels.ts';
import { statementsOf } from './node.ts';

const VERBS: readonly WordClass[] = ['set', 'increase', 'decrease', 'enable', 'disable', 'remove', 'keep'];

function startsWithVerb(tokens: readonly Token[]): boolean {
  const phrases = readPhrases(tokens);
  for (let at = 0; at < Math.min(tokens.length, 3); at += 1) {
    const classes = phrases[at]?.classes;
    if (classes && VERBS.some((verb) => classes.has(verb))) return true;
    if (at === 0 && FACTOR_WORDS.has(tokens[at]?.lower ?? '')) return true;
    if (tokens[at]?.kind === 'word' && !classes) return false;
  }
  return false;
}

/** "from 0.1 to 0.3", and a verb after a colon. */
function hasPair(tokens: readonly Token[]): boolean {
  const phrases = readPhrases(tokens);
  return tokens.some((token, at) => {
    if (token.kind === 'colon' && token.code < 0) {
      const rest = phrases.slice(at + 1, at + 8);
      const isMove = rest.some(
        (phrase) => phrase?.classes.has('increase') || phrase?.classes.has('decrease'),
      );
      return at <= 6 && (startsWithVerb(tokens.slice(at + 1)) || (isMove && namesSetting(tokens, at)));
    }
    const isFrom = phrases[at]?.classes.has('from') === true && isNumber(tokens[at + 1]);
    if (!isFrom || !isNumber(tokens[at + 3]) || phrases[at + 2]?.classes.has('to') !== true) return false;
    return (
      metricNameIn(
        tokens
          .slice(Math.max(0, at - 5), at)
          .map((item) => item.text)
          .join(' '),
      ) === null
    );
  });
}

const OPERATORS: ReadonlySet<string> = new Set(['colon', 'times', 'slash']);
/** Verbs that are a setting's name as well: "clip gradients to a norm of 1". */
const NAMED_VERB = /^(?:clip|accumulate|warm)$/u;
const LONGEST_NAME = 4;
const SHORT = 6;

/** "learning rate 5e-4": the words right before `end` are the name of a setting. */
function namesSetting(tokens: readonly Token[], end: number): boolean {
  let joined = '';
  for (let at = end - 1; at >= Math.max(0, end - LONGEST_NAME); at -= 1) {
    if (tokens[at]?.kind !== 'word') return false;
    joined = `${tokens[at]?.text ?? ''} ${joined}`.trim();
    if (conceptsOf(joined).length === 0) continue;
    // Deeper in a sentence an amount may be any: "too high for batch size 8". "gradient norm 312" is a measurement.
    return (at <= 1 || at === end - 1) && metricNameIn(joined) === null && !/\bnorm$/iu.test(joined);
  }
  return false;
}

/** "Learning rate a tenth of what it is", "Learning rate: three times higher": a name, then a factor in words. */
function startsWithScaledName(tokens: readonly Token[]): boolean {
  for (let at = 1; at <= LONGEST_NAME; at += 1) {
    if (!namesSetting(tokens, at)) continue;
    const rest = tokens.slice(at, at + 5).map((token) => token.lower);
    return rest.some((word) => FACTOR_WORDS.has(word) || FRACTION_WORDS.has(word) || word === 'times');
  }
  return false;
}

/** "lr down to 1e-4", "weight decay to 0.1": a name, then where it goes. */
function movesName(tokens: readonly Token[]): boolean {
  const phrases = readPhrases(tokens);
  for (let at = 1; at <= Math.min(LONGEST_NAME, tokens.length); at += 1) {
    if (!namesSetting(tokens, at)) continue;
    const from = /^(?:up|down|back)$/u.test(tokens[at]?.lower ?? '') ? at + 1 : at;
    const to = from + (phrases[from]?.length ?? 1);
    const moves = ['to', 'increase', 'decrease'] as const;
    const isMove = moves.some((name) => phrases[from]?.classes.has(name));
    if (isMove && (isNumber(tokens[to]) || isNumber(tokens[to + 1]))) return true;
  }
  return false;
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** 「学習率を 0.003 に下げる」: languages that end on the verb. */
function endsWithVerb(tokens: readonly Token[]): boolean {
  if (!tokens.some((token) => isNumber(token))) return false;
  const phrases = readPhrases(tokens);
  return tokens.some((token, at) => {
    const isLast = at >= tokens.length - 3 && token.kind === 'word' && CJK.test(token.text);
    return isLast && VERBS.some((verb) => phrases[at]?.classes.has(verb) === true);
  });
}

/** "25 epochs", "train for 60 epochs", "40 epochs instead of 20": hardly more than an amount and what it counts. */
function isShortAmount(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex((token) => isNumber(token));
  const isLed = at === 0 || readPhrases(tokens)[0]?.classes.has('run') === true;
  const name = tokens[at + 1];
  return tokens.length <= SHORT && isLed && name?.kind === 'word' && conceptsOf(name.text).length > 0;
}

/** Whether a statement reads like an instruction: a verb at its head, an arrow between values, an assignment. Knows no config. */
export function isAdvice(statement: Statement): boolean {
  const { label, tokens } = splitLabel(statement);
  if (isSilent(label) || statement.isQuestion) return false;
  if (label === 'change' && (tokens[0]?.code ?? -1) >= 0) return true;
  if (startsWithVerb(tokens) || hasPair(tokens)) return true;
  if (NAMED_VERB.test(tokens[0]?.lower ?? '') && tokens.some((token) => isNumber(token))) return true;
  for (let at = 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    const before = tokens[at - 1];
    const after = tokens[at + 1];
    if (
      token?.kind === 'arrow' &&
      after !== undefined &&
      (after.number !== null || after.code >= 0 || tokens.length <= 12 || isNumber(before))
    ) {
      const words = tokens.slice(Math.max(0, at - 5), at).map((item) => item.text);
      if (metricNameIn(words.join(' ')) === null) return true;
    }
    if (token?.kind === 'equals' || token?.kind === 'colon') {
      const isValue =
        after !== undefined &&
        (after.number !== null || after.kind === 'list' || /^(?:true|false|none|null)$/u.test(after.lower));
      // "clip := 1.0", "seq_len *= 2"
      const isOperator = token.kind === 'equals' && OPERATORS.has(before?.kind ?? '');
      const name = isOperator ? tokens[at - 2] : before;
      const isName =
        name?.kind === 'word' &&
        (/[_.]/u.test(name.text) || token.code >= 0 || conceptsOf(name.text).length > 0);
      if (isValue && isName && metricNameIn(name.text) === null) return true;
    }
    if (token?.number && before?.kind === 'word' && namesSetting(tokens, at)) return true;
  }
  if (isShortAmount(tokens) || startsWithScaledName(tokens) || movesName(tokens) || endsWithVerb(tokens))
    return true;
  return tokens.some((token) => token.kind === 'flag');
}

/** "lr is ok", "everything else as is" */
export function keeps(statement: Statement): boolean {
  return (
    statement.tokens.length <= 10 &&
    readPhrases(statement.tokens).some((phrase) => phrase?.classes.has('keep') === true)
  );
}

export function hasAdvice(leaf: Leaf): boolean {
  return statementsOf(leaf).some(isAdvice);
}
