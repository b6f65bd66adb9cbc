import { areEqual, haveSameWords, identify, type Identity } from './identity.ts';
import { metricsError } from './errors.ts';
import { nameWords } from './words.ts';

export interface ChosenMetric {
  /** As it is logged. */
  name: string;
  /** `exact`: the name itself; `spelling`: other case or separators; `meaning`: other words for the same; `only`: the only one that fits. */
  how: 'exact' | 'spelling' | 'meaning' | 'only';
}

/** Kinds of a metric that are never meant where they are not named. */
const SPECIAL = new Set('best max min target final ema running std var lr time count'.split(' '));
const LISTED = 20;

/**
 * The logged metric that `wanted` means: `val_acc` is also found as `val/accuracy`, `validation_accuracy`, `eval_accuracy`
 * or `valid acc`. Two that fit equally well are refused, and so is a metric of another phase.
 */
export function chooseMetric(wanted: string, available: readonly string[]): ChosenMetric {
  if (available.includes(wanted)) return { name: wanted, how: 'exact' };
  const spelling = nameWords(wanted).join('');
  const spelled = available.filter((name) => nameWords(name).join('') === spelling);
  if (spelled.length > 0) return one(wanted, spelled, 'spelling');
  const meant = identify(wanted);
  const known = available.map((name) => ({ name, identity: identify(name) }));
  const same = known.filter(({ identity }) => areEqual(identity, meant)).map(({ name }) => name);
  if (same.length > 0) return one(wanted, same, 'meaning');
  const wider = narrowest(meant, known);
  if (wider.length > 0) return one(wanted, wider, 'only');
  const held = meant.phase === 'val' ? heldOut(meant, known) : [];
  if (held.length > 0) return one(wanted, held, 'only');
  throw notFound(wanted, available);
}

/**
 * Where losses are named for both phases and metrics for none (fastai: train_loss, valid_loss, accuracy), metrics are those of
 * the validation. Keras is another case: its names without a phase are those of the training, and have a `val_` twin each.
 */
function heldOut(meant: Identity, known: readonly { name: string; identity: Identity }[]): string[] {
  const has = (phase: string): boolean => known.some(({ identity }) => identity.phase === phase);
  const bare = known.filter(({ identity }) => identity.phase === undefined);
  const hasTwin = bare.some(({ identity }) =>
    known.some((other) => other.identity.phase === 'val' && haveSameWords(other.identity, identity)),
  );
  if (!has('train') || !has('val') || hasTwin) return [];
  return bare.filter(({ identity }) => haveSameWords(identity, meant)).map(({ name }) => name);
}

/** The names that say what is wanted and the least besides. */
function narrowest(meant: Identity, known: readonly { name: string; identity: Identity }[]): string[] {
  let least = Number.POSITIVE_INFINITY;
  let names: string[] = [];
  for (const { name, identity } of known) {
    if (meant.words.length === 0 || identity.phase !== meant.phase) {
      // Without a phase the metric of any phase fits, if there is but one.
      if (meant.phase !== undefined || !haveSameWords(identity, meant)) continue;
    }
    const extra = identity.words.filter((word) => !meant.words.includes(word));
    if (
      !meant.words.every((word) => identity.words.includes(word)) ||
      extra.some((word) => SPECIAL.has(word))
    )
      continue;
    if (extra.length < least) names = [];
    if (extra.length <= least) names.push(name);
    least = Math.min(least, extra.length);
  }
  return names;
}

function one(wanted: string, names: readonly string[], how: ChosenMetric['how']): ChosenMetric {
  const [name, ...others] = names;
  if (name !== undefined && others.length === 0) return { name, how };
  throw metricsError('METRIC_AMBIGUOUS', `'${wanted}' could be ${listed(names, ' or ')}.`, {
    remedy: 'Write the full name of the one that is meant.',
  });
}

function notFound(wanted: string, available: readonly string[]): Error {
  if (available.length === 0) {
    return metricsError('METRIC_NOT_FOUND', `The log holds no metric '${wanted}', nor any other.`, {
      remedy: 'Check that the training logs its metrics, and where.',
    });
  }
  const near = nearest(wanted, available);
  const advice = near.length > 0 ? `Did you mean ${listed(near, ' or ')}?` : 'Use one of them.';
  return metricsError(
    'METRIC_NOT_FOUND',
    `The log holds no metric '${wanted}'. It holds ${listed(available, ' and ')}.`,
    { remedy: advice },
  );
}

/** Up to three names that share most with what was wanted. */
function nearest(wanted: string, available: readonly string[]): string[] {
  const meant = identify(wanted);
  const scored = available.map((name) => {
    const identity = identify(name);
    const shared = identity.words.filter((word) => meant.words.includes(word)).length;
    const likeness =
      1 - distance(wanted.toLowerCase(), name.toLowerCase()) / Math.max(wanted.length, name.length);
    return { name, score: 2 * shared + (identity.phase === meant.phase ? 0.5 : 0) + likeness };
  });
  return scored
    .filter(({ score }) => score > 1)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost));
    }
    row = next;
  }
  return row[b.length] as number;
}

function listed(names: readonly string[], last: string): string {
  const shown = names.slice(0, LISTED).map((name) => `'${name}'`);
  if (names.length > LISTED) return `${shown.join(', ')} and ${names.length - LISTED} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')}${last}${shown.at(-1) ?? ''}`;
}
