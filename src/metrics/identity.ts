import { phaseOf } from './phase.ts';
import { nameWords } from './words.ts';

/** What a metric's name means, whatever its spelling. */
export interface Identity {
  /** `train`, `val`, `test`; undefined where the name says none. */
  phase: string | undefined;
  /** The other words in one spelling, sorted: `acc`; `f1 macro`. */
  words: string[];
}

/** Words that have a common short form. */
const SYNONYMS = new Map(
  Object.entries({
    accuracy: 'acc',
    top1: 'acc',
    acc1: 'acc',
    prec1: 'acc',
    top5: 'acc5',
    prec5: 'acc5',
    categoricalaccuracy: 'acc',
    losses: 'loss',
    perplexity: 'ppl',
    err: 'error',
    auroc: 'auc',
    rocauc: 'auc',
    learningrate: 'lr',
    iou: 'iou',
    meaniou: 'miou',
    rew: 'reward',
    logloss: 'logloss',
  }),
);
/** Words that tell no metric from another. */
const EMPTY = new Set('metric metrics epoch avg average value the of set results result score'.split(' '));

/** Identity of a metric's name. `eval` counts as `val`: what one trainer calls evaluation another calls validation. */
export function identify(name: string): Identity {
  let phase: string | undefined;
  const words: string[] = [];
  for (const word of joined(nameWords(name))) {
    const found = phaseOf(word);
    if (found !== undefined && phase === undefined) phase = found === 'eval' ? 'val' : found;
    else words.push(SYNONYMS.get(word) ?? word);
  }
  const telling = words.filter((word) => !EMPTY.has(word));
  // `acc/top1` says the same twice.
  return { phase, words: [...new Set(telling.length > 0 ? telling : words)].sort() };
}

export function areEqual(a: Identity, b: Identity): boolean {
  return a.phase === b.phase && haveSameWords(a, b);
}

export function haveSameWords(a: Identity, b: Identity): boolean {
  return a.words.length === b.words.length && a.words.every((word, i) => word === b.words[i]);
}

/** Words that belong together: `top 1`, `acc 1`, `learning rate`, `roc auc`, `log loss`, `m ap`. */
function joined(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const pair = (words[i] as string) + (words[i + 1] ?? '');
    if (i + 1 < words.length && PAIRS.test(pair)) {
      result.push(pair);
      i++;
    } else result.push(words[i] as string);
  }
  return result;
}
const PAIRS =
  /^(?:(?:top|acc|accuracy|prec)[15]|learningrate|rocauc|aucroc|prauc|logloss|meaniou|crossentropy|gradnorm|r2)$/;
