import { phaseOf } from '../phase.ts';
import { metricStrength, nameWords, type Strength } from '../words.ts';

function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Last words of a name that make its number a setting, a count or a place. */
const RESERVED = wordSet(`
  seed port pid rank ranks world size sizes batch batches worker workers gpu gpus cuda device devices node nodes core cores cpu cpus
  tpu job thread threads sample samples image images example examples instance instances token tokens param params parameter
  parameters class classes version vnum epoch epochs step steps iteration iterations iter iters it its patience counter fold folds
  layer layers head heads dim dims hidden width height channel channels id ids idx index number count length len file files line
  lines code exit status year month day date hour eta remaining left total maximum minimum start end vocab vocabulary kernel stride
  padding momentum beta betas decay dropout smoothing warmup clip interval freq frequency threshold target goal weight weights
  scale factor coef coefficient lambda alpha gamma delta temperature limit max min ratio support offset level priority timeout
  retry retries attempt tries mb gb kb mib gib memory mem usage used free available bits bit amp fp bf unit units column
  columns row rows page pages process processes server host localhost checkpoint model ago every window bins depth estimators
  leaves batchsize python pytorch torch numpy cudnn driver figure table section chapter part item option phase stage trial run
  experiment task env environment game best
`);
/** Words that make a setting of a metric's name: `loss weight`, `target acc`, `min_delta`. */
const SETTING = wordSet(`
  weight weights scale scaling fn function type name factor lambda target threshold goal patience smoothing every freq frequency
  interval clip window num count delta tolerance tol margin baseline chance initial desired required expected
`);
/** Words that make a setting of any name that is no known metric: `dropout_keep`, `warmup_ratio`. */
const CONFIG = wordSet(`
  dropout decay momentum warmup smoothing seed embedding kernel hidden patience clip threshold schedule scheduler augment
  augmentation alpha beta gamma lambda eta port keep checkpoint config setting version hyperparameters hyp
`);
/** Words of sentences. What stands before them belongs to no name. */
const STOP = wordSet(`
  the a an is was are were be to from at for with by in into than so saved save saving improved improves decreased increased
  reached reaching got new achieved has have had of on and or after before until over under not did does when while if then this
  that its our
`);
/** Words that add nothing to a name. */
const FILLER = wordSet('average avg avg. current running epoch overall');
const QUALITY = wordSet(`
  mean best macro micro weighted balanced total ema smoothed box cls obj dfl mask per class set learning binary categorical cross
  policy value kl gan gen disc generator discriminator
`);
const QUALIFIER =
  /^\(?(?:macro|micro|weighted|step|epoch|\d+|std|raw|ema|smooth(?:ed)?|top-?\d+|so|far|score|rate|set|all|total)\)?$/i;
const NEUTRAL =
  /^(?:best.*|lr|learning[ _-]?rate|eta|time|elapsed|duration|grad[ _-]?norm|gpu.*|mem.*|throughput|speed|.*(?:time|sec|seconds|lr))$/i;

/** Words that may stand between a name and its number. */
export const isJoint = (word: string): boolean => /^(?:of|is|was|are|reached|at)$/i.test(word);
export const isStopWord = (word: string): boolean => STOP.has(word.toLowerCase());
export const isFiller = (word: string): boolean => FILLER.has(word.toLowerCase());

/** Whether a name belongs to the training as a whole, so that a phase before it means nothing. */
export function isNeutral(name: string): boolean {
  return NEUTRAL.test(name);
}

/** Coefficients that are measured, unlike the `loss_coeff` of a sum. */
const MEASURED = wordSet('dice jaccard corr correlation matthews pearson spearman gini silhouette phi');

/** Whether a name that holds that of a metric is a setting all the same. */
export function isSetting(name: string): boolean {
  const words = nameWords(name);
  if (words.some((word) => SETTING.has(word))) return true;
  return (
    words.some((word) => /^coeff?(?:s|icients?)?$/.test(word)) && !words.some((word) => MEASURED.has(word))
  );
}

/** Whether a name that is no known metric cannot be one at all. */
export function isReserved(name: string): boolean {
  const words = nameWords(name);
  const last = words.findLast((word) => !/^\d+$/.test(word));
  return last === undefined || RESERVED.has(last) || words.some((word) => CONFIG.has(word));
}

/** A metric word must end the name, but for what qualifies it: `val loss`, `acc top1`, `f1 (macro)`. */
export function strengthOfEnd(words: readonly string[]): Strength {
  const end = words.at(-1) ?? '';
  const last = words.findLast((word) => !QUALIFIER.test(word)) ?? end;
  const strength = metricStrength(last);
  return strength === 'none' ? metricStrength(end) : strength;
}

/** The longest end made of words that occur in names of metrics. */
export function knownEnd(words: readonly string[]): string[] {
  let from = words.length - 1;
  while (from > 0 && isNameWord(words[from - 1] as string)) from--;
  return words.slice(Math.max(0, from));
}

export function isNameWord(word: string): boolean {
  return (
    phaseOf(word) !== undefined ||
    metricStrength(word) !== 'none' ||
    isFiller(word) ||
    QUALITY.has(word.toLowerCase()) ||
    /^top-?\d*$/i.test(word)
  );
}
