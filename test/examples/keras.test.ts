import { testExample } from './example.ts';

testExample({
  name: 'keras-digits',
  guide: 'keras',
  changes: {
    'optimizer.momentum': 'takes effect',
    'optimizer.learning_rate': 'takes effect',
    'model.batch_norm': 'takes effect',
  },
  verdict: 'better',
  decisions: ['finalize', 'iterate'],
  metric: { name: 'val_accuracy', goal: 'max' },
  log: { format: 'keras', points: 15, metrics: ['accuracy', 'val_accuracy', 'val_loss'] },
});
