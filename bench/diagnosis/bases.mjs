// Sound configurations of the embedded trainer on the shipped digits, each with a target that it reaches.
// `planted.mjs` breaks one thing in them at a time. Only what differs from the trainer's defaults stands here.

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
