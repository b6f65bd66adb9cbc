// The first set: sound configurations of the embedded trainer on the shipped digits, each with a target that it reaches,
// and what is broken in them, one thing at a time. `accept`: the primary issues that are right, written down before the
// rules saw a curve of the defect; more than one where two names describe the same fault. The rules were worked out on this
// set. Only what differs from the trainer's defaults stands here.

export const BASES = {
  adam: {
    target: 0.93,
    config: {
      data: { train_samples: 2000, val_samples: 1500 },
      model: { hidden: [128], dropout: 0.2 },
      training: { epochs: 40, batch_size: 32, gradient_clip: null },
      optimizer: { name: 'adamw', learning_rate: 0.001, weight_decay: 0.01 },
      lr_scheduler: { name: 'cosine' },
      early_stopping: { enabled: true, patience: 12 },
      augmentation: { shift: 1, noise: 0 },
    },
  },
  sgd: {
    target: 0.93,
    config: {
      data: { train_samples: 2000, val_samples: 1500 },
      model: { hidden: [96, 64], dropout: 0.1 },
      training: { epochs: 50, batch_size: 32, gradient_clip: 5 },
      optimizer: { name: 'sgd', learning_rate: 0.03, momentum: 0.9, weight_decay: 0.001 },
      lr_scheduler: { name: 'cosine', warmup_epochs: 1 },
      early_stopping: { enabled: false },
      augmentation: { shift: 1, noise: 0.05 },
    },
  },
  small: {
    target: 0.92,
    config: {
      data: { train_samples: 1000, val_samples: 1500 },
      model: { hidden: [256], dropout: 0.3 },
      training: { epochs: 60, batch_size: 32, label_smoothing: 0.05, gradient_clip: 1 },
      optimizer: { name: 'adamw', learning_rate: 0.001, weight_decay: 0.05 },
      lr_scheduler: { name: 'cosine', warmup_epochs: 2 },
      early_stopping: { enabled: true, patience: 20 },
      augmentation: { shift: 2, noise: 0 },
    },
  },
  tanh: {
    target: 0.91,
    config: {
      data: { train_samples: 1500, val_samples: 1000 },
      model: { hidden: [128], activation: 'tanh', dropout: 0.3, init: 'xavier' },
      training: { epochs: 50, batch_size: 64, gradient_clip: null },
      optimizer: { name: 'adamw', learning_rate: 0.002, weight_decay: 0.01 },
      lr_scheduler: { name: 'step', step_size: 20, gamma: 0.3 },
      early_stopping: { enabled: false },
      augmentation: { shift: 1, noise: 0.1 },
    },
  },
};

const unregularized = {
  model: { dropout: 0 },
  optimizer: { weight_decay: 0 },
  augmentation: { shift: 0, noise: 0 },
};

export const DEFECTS = [
  {
    name: 'learning rate 50 times too high (AdamW)',
    base: 'adam',
    set: { optimizer: { learning_rate: 0.05 } },
    accept: ['learning-rate-too-high'],
  },
  {
    name: 'learning rate 20 times too high (SGD)',
    base: 'sgd',
    set: { optimizer: { learning_rate: 0.6 }, training: { gradient_clip: null } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'learning rate 100 times too low (AdamW)',
    base: 'adam',
    set: { optimizer: { learning_rate: 0.00001 } },
    accept: ['learning-rate-too-low'],
  },
  {
    name: 'learning rate 200 times too low (SGD)',
    base: 'sgd',
    set: { optimizer: { learning_rate: 0.00015 } },
    accept: ['learning-rate-too-low'],
  },
  {
    name: 'patience of 1',
    base: 'small',
    set: { early_stopping: { enabled: true, patience: 1 } },
    accept: ['stopped-too-early'],
  },
  {
    name: 'no regularisation, 300 examples',
    base: 'adam',
    set: { ...unregularized, data: { train_samples: 300 }, early_stopping: { enabled: false } },
    accept: ['overfitting'],
  },
  {
    name: 'no regularisation, 500 examples',
    base: 'small',
    set: { ...unregularized, training: { label_smoothing: 0 }, data: { train_samples: 500 } },
    accept: ['overfitting'],
  },
  {
    name: '30 % wrong labels',
    base: 'adam',
    set: { ...unregularized, data: { label_noise: 0.3 }, early_stopping: { enabled: false } },
    accept: ['overfitting'],
  },
  {
    name: '3 epochs',
    base: 'sgd',
    set: { training: { epochs: 3 }, lr_scheduler: { name: 'none' } },
    accept: ['stopped-too-early'],
  },
  { name: '4 epochs', base: 'tanh', set: { training: { epochs: 4 } }, accept: ['stopped-too-early'] },
  {
    name: '3 hidden units',
    base: 'adam',
    set: { model: { hidden: [3], dropout: 0 } },
    accept: ['underfitting'],
  },
  {
    name: '4 hidden units',
    base: 'tanh',
    set: { model: { hidden: [4], dropout: 0 } },
    accept: ['underfitting'],
  },
  {
    name: 'batch of all 1,500 examples',
    base: 'tanh',
    set: { training: { batch_size: 1500 }, optimizer: { learning_rate: 0.0003 } },
    accept: ['learning-rate-too-low', 'stopped-too-early'],
  },
  {
    name: 'batch of all 2,000 examples (SGD)',
    base: 'sgd',
    set: { training: { batch_size: 2000 } },
    accept: ['learning-rate-too-low', 'stopped-too-early'],
  },
  { name: 'dropout 0.95', base: 'adam', set: { model: { dropout: 0.95 } }, accept: ['underfitting'] },
  {
    name: 'weight decay 20',
    base: 'small',
    set: { optimizer: { weight_decay: 20 } },
    accept: ['underfitting'],
  },
  {
    name: 'momentum 0.999',
    base: 'sgd',
    set: { optimizer: { momentum: 0.999 } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'shift augmentation of 12 pixels',
    base: 'adam',
    set: { augmentation: { shift: 12 } },
    accept: ['underfitting'],
  },
  {
    name: 'noise augmentation of 2.0',
    base: 'tanh',
    set: { augmentation: { noise: 2 } },
    accept: ['underfitting'],
  },
  {
    name: 'learning rate to NaN (SGD)',
    base: 'sgd',
    set: {
      optimizer: { learning_rate: 50 },
      training: { gradient_clip: null },
      lr_scheduler: { warmup_epochs: 0 },
    },
    accept: ['diverged'],
  },
  {
    name: '25 validation examples',
    base: 'adam',
    set: { data: { val_samples: 25 } },
    accept: ['noisy-validation'],
  },
  {
    name: 'initial weights 30 times too large',
    base: 'sgd',
    set: { model: { init_scale: 30 }, training: { gradient_clip: null } },
    accept: ['exploding-gradients', 'diverged'],
  },
  {
    name: 'initial weights 200 times too small, sigmoid',
    base: 'sgd',
    set: { model: { init_scale: 0.005, hidden: [64, 64, 64], activation: 'sigmoid', dropout: 0 } },
    accept: ['vanishing-gradients', 'stalled'],
  },
  {
    name: 'learning rate decays tenfold every 2 epochs',
    base: 'tanh',
    set: { lr_scheduler: { name: 'step', step_size: 2, gamma: 0.1 }, optimizer: { learning_rate: 0.0005 } },
    accept: ['learning-rate-too-low', 'stalled'],
  },
  {
    name: '300 epochs where 10 suffice',
    base: 'adam',
    set: {
      data: { train_samples: 300 },
      training: { epochs: 300 },
      lr_scheduler: { name: 'none' },
      model: { dropout: 0 },
      augmentation: { shift: 0 },
      early_stopping: { enabled: false },
    },
    accept: ['overfitting', 'trained-too-long'],
  },
];
