import { haveSameWords, identify } from './identity.ts';
import { nameWords } from './words.ts';

const LOSS = ['loss', 'logloss', 'nll', 'mlogloss', 'crossentropy', 'ce', 'bce'];

/**
 * The training side of a validation metric: `train_acc`, `train/accuracy`; in Keras `accuracy` is that of `val_accuracy`.
 * null where none is logged.
 */
export function pairOf(name: string, available: readonly string[]): string | null {
  const meant = identify(name);
  if (meant.phase === 'train' || meant.words.length === 0) return null;
  // A metric without a phase is itself the training side where one with a phase exists.
  const others = available.filter((other) => other !== name && haveSameWords(identify(other), meant));
  if (meant.phase === undefined && others.some((other) => isHeldOut(other))) return null;
  const train = others.filter(
    (other) => identify(other).phase === 'train' && !(other === 'train_loss' && hasClosingSummary(available)),
  );
  return (
    wholeEpoch(train) ??
    (meant.phase === undefined
      ? null
      : wholeEpoch(others.filter((other) => identify(other).phase === undefined)))
  );
}

/** The losses of training and validation; null where they are not logged, or several could be meant. */
export function lossNames(available: readonly string[]): { train: string | null; val: string | null } {
  const isClosed = hasClosingSummary(available);
  for (const word of LOSS) {
    const losses = available.filter((name) => {
      const { words } = identify(name);
      return (
        (words.length === 1 && words[0] === word) ||
        (words.length === 2 &&
          words.includes(word) &&
          words.some((other) => /^(?:total|binary|multi)$/.test(other)))
      );
    });
    const of = (phase: string | undefined): string | null =>
      wholeEpoch(losses.filter((name) => identify(name).phase === phase));
    const train = isClosed ? (of(undefined) ?? of('train')) : (of('train') ?? of(undefined));
    const val = of('val') ?? of('test');
    if (train !== null || val !== null) return { train, val };
  }
  return { train: null, val: null };
}

/** The Hugging Face Trainer logs `loss` all along, and `train_loss` once: the mean over the whole training. */
function hasClosingSummary(available: readonly string[]): boolean {
  return available.includes('train_runtime');
}

function isHeldOut(name: string): boolean {
  const { phase } = identify(name);
  return phase === 'val' || phase === 'test';
}

/** Of `train_loss_epoch` and `train_loss_step` the first. */
function wholeEpoch(names: readonly string[]): string | null {
  const whole = names.filter((name) => !nameWords(name).includes('step'));
  return whole.find((name) => nameWords(name).includes('epoch')) ?? whole[0] ?? names[0] ?? null;
}
