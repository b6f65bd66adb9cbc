import { boolean, choice, integer, list, number, optional, text } from './rule.ts';
import type { ValueOf } from './rule.ts';

/** Every key that the trainer reads, by section. What stands elsewhere in a config is ignored with a warning. */
export const SCHEMA = {
  experiment: {
    name: text('untitled'),
    description: text(''),
    seed: integer(0, { min: 0 }),
  },
  data: {
    /** IDX files (the format of MNIST), gzipped or not. */
    images: text(undefined),
    labels: text(undefined),
    /** The splits are cut from the end of the files: test, validation, confirm; training takes from the start. */
    train_samples: optional(integer(1, { min: 1 })),
    val_samples: integer(1000, { min: 1 }),
    confirm_samples: integer(0, { min: 0 }),
    test_samples: integer(0, { min: 0 }),
    /** Share of training labels replaced by a random wrong one; which ones is a matter of `noise_seed`, not of the run. */
    label_noise: number(0, { min: 0, max: 1 }),
    noise_seed: integer(0, { min: 0 }),
  },
  model: {
    architecture: choice('mlp', ['mlp']),
    hidden: list([128], integer(1, { min: 1, max: 8192 })),
    activation: choice('relu', ['relu', 'tanh', 'sigmoid']),
    dropout: number(0, { min: 0, below: 1 }),
    init: choice('he', ['he', 'xavier']),
    /** Factor on the initial weights. */
    init_scale: number(1, { above: 0 }),
  },
  training: {
    epochs: integer(20, { min: 1 }),
    batch_size: integer(32, { min: 1 }),
    label_smoothing: number(0, { min: 0, below: 1 }),
    /** Largest global norm of the gradient; null: no limit. */
    gradient_clip: optional(number(1, { above: 0 })),
    /** Epochs from one checkpoint to the next; the last epoch always writes one. */
    checkpoint_every: integer(1, { min: 1 }),
  },
  optimizer: {
    name: choice('adamw', ['adamw', 'sgd']),
    learning_rate: number(0.001, { above: 0 }),
    /** Decoupled (AdamW) for both optimizers; biases are not decayed. */
    weight_decay: number(0, { min: 0 }),
    betas: list([0.9, 0.999], number(0, { min: 0, below: 1 }), 2),
    eps: number(1e-8, { above: 0 }),
    momentum: number(0.9, { min: 0, below: 1 }),
  },
  lr_scheduler: {
    name: choice('none', ['none', 'cosine', 'step', 'exponential']),
    warmup_epochs: number(0, { min: 0 }),
    /** cosine: the learning rate that it ends at. */
    min_lr: number(0, { min: 0 }),
    /** step: every this many epochs, times gamma. exponential: times gamma every epoch. */
    step_size: integer(10, { min: 1 }),
    gamma: number(0.1, { above: 0, max: 1 }),
  },
  early_stopping: {
    enabled: boolean(false),
    /** Also names what "best" means for the best checkpoint, whether stopping is enabled or not. */
    metric: choice('val_acc', ['val_acc', 'val_loss']),
    patience: integer(10, { min: 1 }),
    min_delta: number(0, { min: 0 }),
  },
  augmentation: {
    enabled: boolean(true),
    /** Each image moves by up to this many pixels, each way. */
    shift: integer(0, { min: 0, max: 27 }),
    /** Standard deviation of Gaussian noise on pixels in [0, 1]. */
    noise: number(0, { min: 0 }),
  },
  evaluation: {
    /** Write predictions.jsonl: the best epoch's prediction of every validation example. */
    predictions: boolean(false),
  },
} as const;

type Schema = typeof SCHEMA;
export type TrainerConfig = {
  -readonly [S in keyof Schema]: { -readonly [K in keyof Schema[S]]: ValueOf<Schema[S][K]> };
};
