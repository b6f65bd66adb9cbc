// The second set: other sizes, architectures and severities. It was looked at once, when the rules had been worked out on the
// first; what it showed was then used to better them.

export const BASES = {
  tiny: {
    target: 0.88,
    config: {
      data: { train_samples: 700, val_samples: 1200 },
      model: { hidden: [64], dropout: 0.25 },
      training: { epochs: 80, batch_size: 16, gradient_clip: 2 },
      optimizer: { name: 'adamw', learning_rate: 0.0007, weight_decay: 0.02 },
      lr_scheduler: { name: 'cosine' },
      early_stopping: { enabled: false },
      augmentation: { shift: 2 },
    },
  },
  deep: {
    target: 0.93,
    config: {
      data: { train_samples: 2400, val_samples: 1000 },
      model: { hidden: [128, 96, 64], dropout: 0.15 },
      training: { epochs: 30, batch_size: 48, gradient_clip: null },
      optimizer: { name: 'adamw', learning_rate: 0.0015, weight_decay: 0.005 },
      lr_scheduler: { name: 'exponential', gamma: 0.9 },
      early_stopping: { enabled: true, patience: 10 },
      augmentation: { shift: 1 },
    },
  },
  plainSgd: {
    target: 0.91,
    config: {
      data: { train_samples: 1800, val_samples: 1600 },
      model: { hidden: [160], dropout: 0.2 },
      training: { epochs: 45, batch_size: 24, gradient_clip: null },
      optimizer: { name: 'sgd', learning_rate: 0.05, momentum: 0.8, weight_decay: 0.0005 },
      lr_scheduler: { name: 'step', step_size: 15, gamma: 0.3 },
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
    name: 'learning rate 30 times too high (AdamW)',
    base: 'deep',
    set: { optimizer: { learning_rate: 0.045 } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'learning rate 200 times too high (AdamW)',
    base: 'tiny',
    set: { optimizer: { learning_rate: 0.14 } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'learning rate 50 times too low (AdamW)',
    base: 'deep',
    set: { optimizer: { learning_rate: 0.00003 } },
    accept: ['learning-rate-too-low'],
  },
  {
    name: 'learning rate 100 times too low (SGD)',
    base: 'plainSgd',
    set: { optimizer: { learning_rate: 0.0005 } },
    accept: ['learning-rate-too-low'],
  },
  {
    name: 'patience of 2',
    base: 'deep',
    set: { early_stopping: { enabled: true, patience: 2 }, optimizer: { learning_rate: 0.0003 } },
    accept: ['stopped-too-early'],
  },
  {
    name: 'no regularisation, 200 examples',
    base: 'deep',
    set: { ...unregularized, data: { train_samples: 200 }, early_stopping: { enabled: false } },
    accept: ['overfitting'],
  },
  { name: 'no regularisation, 700 examples', base: 'tiny', set: unregularized, accept: ['overfitting'] },
  {
    name: '40 % wrong labels',
    base: 'plainSgd',
    set: { ...unregularized, data: { label_noise: 0.4 }, lr_scheduler: { name: 'none' } },
    accept: ['overfitting'],
  },
  { name: '5 epochs', base: 'tiny', set: { training: { epochs: 5 } }, accept: ['stopped-too-early'] },
  {
    name: '6 epochs',
    base: 'plainSgd',
    set: { training: { epochs: 6 }, optimizer: { learning_rate: 0.01 } },
    accept: ['stopped-too-early'],
  },
  {
    name: 'hidden layer of 2',
    base: 'plainSgd',
    set: { model: { hidden: [2], dropout: 0 } },
    accept: ['underfitting'],
  },
  {
    name: 'bottleneck of 4 in a deep network',
    base: 'deep',
    set: { model: { hidden: [128, 4, 64], dropout: 0 } },
    accept: ['underfitting'],
  },
  {
    name: 'batch of all 1,800 examples',
    base: 'plainSgd',
    set: { training: { batch_size: 1800 }, optimizer: { learning_rate: 0.02 } },
    accept: ['learning-rate-too-low', 'stopped-too-early'],
  },
  { name: 'dropout 0.9', base: 'deep', set: { model: { dropout: 0.9 } }, accept: ['underfitting'] },
  {
    name: 'weight decay 10',
    base: 'deep',
    set: { optimizer: { weight_decay: 10 } },
    accept: ['underfitting'],
  },
  {
    name: 'momentum 0.995',
    base: 'plainSgd',
    set: { optimizer: { momentum: 0.995 } },
    accept: ['learning-rate-too-high', 'diverged'],
  },
  {
    name: 'shift augmentation of 9 pixels',
    base: 'tiny',
    set: { augmentation: { shift: 9 } },
    accept: ['underfitting'],
  },
  {
    name: 'noise augmentation of 1.2',
    base: 'plainSgd',
    set: { augmentation: { noise: 1.2 } },
    accept: ['underfitting'],
  },
  {
    name: 'learning rate far out (SGD)',
    base: 'plainSgd',
    set: { optimizer: { learning_rate: 5 } },
    accept: ['diverged', 'learning-rate-too-high'],
  },
  {
    name: '40 validation examples',
    base: 'plainSgd',
    set: { data: { val_samples: 40 } },
    accept: ['noisy-validation'],
  },
  {
    name: 'label smoothing 0.9',
    base: 'tiny',
    set: { training: { label_smoothing: 0.9 } },
    accept: ['underfitting'],
  },
  {
    name: 'learning rate decays tenfold every 3 epochs',
    base: 'plainSgd',
    set: { lr_scheduler: { name: 'step', step_size: 3, gamma: 0.1 }, optimizer: { learning_rate: 0.005 } },
    accept: ['learning-rate-too-low', 'stalled'],
  },
  {
    name: '200 epochs on 250 examples',
    base: 'tiny',
    set: { ...unregularized, data: { train_samples: 250 }, training: { epochs: 200 } },
    accept: ['overfitting', 'trained-too-long'],
  },
];
