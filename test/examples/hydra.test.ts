import { testExample } from './example.ts';

testExample({
  name: 'hydra-digits',
  guide: 'hydra',
  changes: {
    // Another choice of the defaults list: model=cnn.
    'defaults[0].model': 'takes effect',
    'optimizer.lr': 'takes effect',
    'optimizer.weight_decay': 'takes effect',
    // It arrives in .hydra/config.yaml, and train.py has no mixup.
    'data.mixup': 'inert',
  },
  verdict: 'better',
  decisions: ['iterate', 'finalize'],
  metric: { name: 'val_acc', goal: 'max' },
  log: { format: 'stdout', points: 20, metrics: ['train_loss', 'val_acc'] },
  record: /^\.hydra\/config\.yaml$/m,
});
