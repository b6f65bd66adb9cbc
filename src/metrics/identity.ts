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
const EMPTY = new Set(
  'metric metrics epoch avg average mean value the of set results result score'.split(' '),
);
const EVALUATED = /^metrics\/(?:mAP|precision|recall|accuracy_top|mIoU)/i;

/** Identity of a metric's name. `eval` counts as `val`: what one trainer calls evaluation another calls validation. */
export function identify(name: string): Identity {
  // Ultralytics evaluates what it puts under `metrics/`; (B), (M), (P) are boxes, masks, poses.
  let phase = EVALUATED.test(name) ? 'val' : undefined;
  const words: string[] = [];
  const all = joined(nameWords(spelledOut(name)));
  for (const [i, word] of all.entries()) {
    const found = phaseOf(word);
    if (found !== undefined && phase === undefined) phase = found === 'eval' ? 'val' : found;
    // `validation_0-auc`, `valid_1_auc`: the number of a data set tells no metric from another.
    else if (!(/^\d{1,2}$/.test(word) && phaseOf(all[i - 1] ?? '') !== undefined))
      words.push(SYNONYMS.get(word) ?? word);
  }
  const telling = words.filter((word) => !EMPTY.has(word));
  // `acc/top1` says the same twice.
  return { phase, words: [...new Set(telling.length > 0 ? telling : words)].sort() };
}

/** One spelling of what is written in many: `mAP@0.5:0.95`, `mAP_0.5:0.95` and `mAP50-95` are the same. */
function spelledOut(name: string): string {
  return name
    .replace(/(metrics\/[^()]*)\([BMP]\)$/, '$1')
    .replace(/[/_]dataloader_idx_\d+$/, '')
    .replace(
      /(ap)[\s@_]*\[?(?:iou=)?0?\.?50?\s*[:-]\s*(?:0?\.05\s*[:-]\s*)?0?\.?95\]?/i,
      (_, ap: string) => `${ap}5095`,
    )
    .replace(/(ap)[\s@_]*(?:iou=)?0?\.([1-9])0?(?!\d)/i, (_, ap: string, tenth: string) => `${ap}${tenth}0`)
    .replace(/(ap)[\s@_]*(?:iou=)?(?:0?\.)?([1-9]\d)(?!\d)/i, '$1$2');
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
