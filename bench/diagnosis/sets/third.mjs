// The third set: for checking only. No rule and no threshold was fitted to it.

export const BASES = {
  square: {
    target: 0.92,
    config: {
      data: { train_samples: 1600, val_samples: 1400 },
      model: { hidden: [80, 80], dropout: 0.2 },
      training: { epochs: 35, batch_size: 40, gradient_clip: null },
      optimizer: { name: 'adamw', learning_rate: 0.0012, weight_decay: 0.02 },
      lr_scheduler: { name: 'cosine' },
      early_stopping: { enabled: true, patience: 15 },
      augmentation: { shift: 1 },
    },
  },
  momentum: {
    target: 0.9,
    config: {
      data: { train_samples: 1200, val_samples: 1300 },
      model: { hidden: [112], dropout: 0.25 },
      training: { epochs: 40, batch_size: 20, gradient_clip: 10 },
      optimizer: { name: 'sgd', learning_rate: 0.02, momentum: 0.9, weight_decay: 0.001 },
      lr_scheduler: { name: 'exponential', gamma: 0.94 },
      early_stopping: { enabled: false },
      augmentation: { shift: 1 },
    },
  },
};

const unregularized = { model: { dropout: 0 }, optimizer: { weight_decay: 0 }, augmentation: { shift: 0 } };

export const DEFECTS = [
  {
    name: 'learning rate 60 times too high (AdamW)',
    base: 'square',
    set: { optimizer: { learning_rate: 0.07 } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'learning rate 40 times too high (SGD)',
    base: 'momentum',
    set: { optimizer: { learning_rate: 0.8 }, training: { gradient_clip: null } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'learning rate 80 times too low (AdamW)',
    base: 'square',
    set: { optimizer: { learning_rate: 0.000015 } },
    accept: ['learning-rate-too-low'],
  },
  {
    name: 'learning rate 100 times too low (SGD)',
    base: 'momentum',
    set: { optimizer: { learning_rate: 0.0002 } },
    accept: ['learning-rate-too-low'],
  },
  {
    name: 'patience of 1',
    base: 'square',
    set: { early_stopping: { patience: 1 }, optimizer: { learning_rate: 0.0004 } },
    accept: ['stopped-too-early'],
  },
  {
    name: 'no regularisation, 400 examples',
    base: 'square',
    set: { ...unregularized, data: { train_samples: 400 }, early_stopping: { enabled: false } },
    accept: ['overfitting'],
  },
  {
    name: '35 % wrong labels',
    base: 'momentum',
    set: { ...unregularized, data: { label_noise: 0.35 } },
    accept: ['overfitting'],
  },
  { name: '4 epochs', base: 'momentum', set: { training: { epochs: 4 } }, accept: ['stopped-too-early'] },
  {
    name: 'hidden layers of 3',
    base: 'square',
    set: { model: { hidden: [3, 3], dropout: 0 } },
    accept: ['underfitting', 'stalled'],
  },
  {
    name: 'batch of all 1,200 examples',
    base: 'momentum',
    set: { training: { batch_size: 1200 } },
    accept: ['learning-rate-too-low', 'stopped-too-early'],
  },
  { name: 'dropout 0.92', base: 'square', set: { model: { dropout: 0.92 } }, accept: ['underfitting'] },
  {
    name: 'weight decay 15',
    base: 'square',
    set: { optimizer: { weight_decay: 15 } },
    accept: ['underfitting'],
  },
  {
    name: 'momentum 0.998',
    base: 'momentum',
    set: { optimizer: { momentum: 0.998 } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'shift augmentation of 10 pixels',
    base: 'momentum',
    set: { augmentation: { shift: 10 } },
    accept: ['underfitting'],
  },
  {
    name: '30 validation examples',
    base: 'momentum',
    set: { data: { val_samples: 30 } },
    accept: ['noisy-validation'],
  },
];
