import { goalOf } from '../metrics/goal.ts';
import { identify } from '../metrics/identity.ts';
import { metricStrength } from '../metrics/words.ts';

export interface DecidingMetric {
  name: string;
  /** Why this one, for people: `validation accuracy`. */
  why: string;
}

/** What people decide by, the first first; a name that fits none and of which more is better comes after them. */
const HEADLINES: readonly RegExp[] = [
  /^acc$/,
  /\bacc\b/,
  /^m?ap(?:50)?(?: 50)? 95\b|\bmap50 95\b/,
  /\b(?:m?ap|map50|map)\b/,
  /\b(?:miou|iou|dice|jaccard)\b/,
  /\b(?:f1|fscore|fbeta)\b/,
  /\b(?:auc|auroc|ap)\b/,
  /\b(?:bleu|sacrebleu|rouge|rougel|meteor|cider|bertscore)\b/,
  /\b(?:mcc|kappa|em|r2|ndcg|mrr|psnr|ssim|reward|return|returns)\b/,
];
const COSTS: readonly RegExp[] = [
  /\b(?:error|err|merror|wer|cer|eer)\b/,
  /\b(?:rmse|mae|mse|mape|fid|ppl)\b/,
];

/**
 * The metric that most likely decides, out of the names that a training logs: a validation accuracy or its like, else a
 * validation error, else the validation loss; of a test split only where no validation is logged. Undefined where none
 * of the names is of held-out data.
 */
export function decidingMetric(names: readonly string[]): DecidingMetric | undefined {
  const known = names
    .filter((name) => metricStrength(name) !== 'none' && !/^lr\b|learning/i.test(name))
    .map((name) => ({ name, ...identify(name) }));
  const held = known.filter(({ phase }) => phase === 'val');
  const unphased = known.filter(({ phase }) => phase === undefined);
  // Where names without a phase stand beside train_… ones, or match no val_… one, they are of held-out data.
  const isTrainingSide =
    !known.some(({ phase }) => phase === 'train') &&
    unphased.some((one) => held.some(({ words }) => words.join(' ') === one.words.join(' ')));
  const groups = [
    {
      kind: 'validation',
      members: isTrainingSide
        ? held
        : [...held, ...unphased.filter(({ name }) => rankOf(name) < HEADLINES.length)],
    },
    { kind: 'test', members: known.filter(({ phase }) => phase === 'test') },
    { kind: 'logged', members: held.length > 0 || isTrainingSide ? [] : unphased },
  ];
  for (const { kind, members } of groups) {
    const ranked = members
      .map((member, order) => ({ ...member, order, rank: rankOf(member.name) }))
      .sort((a, b) => a.rank - b.rank || a.words.length - b.words.length || a.order - b.order);
    const [first] = ranked;
    if (first) return { name: first.name, why: `${kind} ${describe(first.rank)}` };
  }
  return undefined;
}

const OTHER_GAIN = HEADLINES.length;
const LOSS = OTHER_GAIN + COSTS.length + 1;

function rankOf(name: string): number {
  const { words } = identify(name);
  const text = words.join(' ');
  const raw = name.toLowerCase().replaceAll(/[^a-z\d]+/g, ' ');
  const headline = HEADLINES.findIndex((pattern) => pattern.test(text) || pattern.test(raw));
  const isSpecial = /\b(?:best|ema|acc5|top5|std|max|min)\b/.test(text);
  if (goalOf(name) === 'max') {
    if (metricStrength(name) !== 'strong' && headline < 0) return OTHER_GAIN + (words.length > 0 ? 0.5 : 0.9);
    return (headline < 0 ? OTHER_GAIN : headline) + (isSpecial ? 0.5 : 0);
  }
  const cost = COSTS.findIndex((pattern) => pattern.test(text));
  if (cost >= 0) return OTHER_GAIN + 1 + cost;
  return LOSS + (text === 'loss' ? 0 : 0.5);
}

function describe(rank: number): string {
  if (rank < 2) return 'accuracy';
  if (rank < OTHER_GAIN + 1) return 'metric of which more is better';
  return rank < LOSS ? 'error' : 'loss';
}
