import type { Issue } from '../rules/_contract.ts';

interface Words {
  title: string;
  /** One sentence for people: what that is at bottom. */
  cause: string;
}

/** The issues in words. */
export const ISSUE_WORDS: Readonly<Record<Issue, Words>> = {
  overfitting: {
    title: 'overfitting',
    cause:
      'The model memorizes its training data: too little data, or too little regularization, for its capacity.',
  },
  underfitting: {
    title: 'underfitting',
    cause:
      'The model cannot fit even its training data: too little capacity, or regularization and augmentation that stifle learning.',
  },
  'noisy-validation': {
    title: 'noisy validation',
    cause:
      'The validation value is too uncertain to choose by: too few validation examples, or a model that changes much from epoch to epoch.',
  },
  diverged: {
    title: 'divergence',
    cause: 'The optimization broke down: steps too large for the loss they descend.',
  },
  'learning-rate-too-high': {
    title: 'learning rate too high',
    cause: 'The steps are too large: the training loss jumps about instead of settling.',
  },
  'learning-rate-too-low': {
    title: 'learning rate too low',
    cause:
      'The steps are too small or too few: training ends long before the loss has fallen as far as it can.',
  },
  stalled: {
    title: 'stalled convergence',
    cause: 'The optimization does not move: the loss is high, and has not improved for many epochs.',
  },
  'stopped-too-early': {
    title: 'stopped too early',
    cause: 'The training ended while it was still getting better.',
  },
  'trained-too-long': {
    title: 'trained too long',
    cause: 'The best epoch came early, and everything after it was wasted or harmful.',
  },
  'exploding-gradients': {
    title: 'exploding gradients',
    cause: 'The gradients are too large for any step to be safe.',
  },
  'vanishing-gradients': {
    title: 'vanishing gradients',
    cause: 'Almost no gradient reaches the weights, so that they hardly learn.',
  },
  'resource-inefficiency': {
    title: 'resource inefficiency',
    cause: 'The hardware waits: time goes into other things than computing.',
  },
  healthy: { title: 'none found', cause: 'Nothing in the curves speaks for a fault.' },
  undetermined: { title: 'undetermined', cause: 'The evidence is too thin to name a cause.' },
};
