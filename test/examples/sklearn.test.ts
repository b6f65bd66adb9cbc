import { testExample } from './example.ts';

testExample({
  name: 'sklearn-wine',
  guide: 'scikit-learn',
  changes: {
    scale: 'takes effect',
    alpha: 'takes effect',
    // Only the solver sgd has a momentum.
    momentum: 'inert',
  },
  verdict: 'better',
  decisions: ['finalize', 'iterate'],
  metric: { name: 'val_acc', goal: 'max' },
  log: { format: 'jsonl', points: 60, metrics: ['train_acc', 'val_acc', 'val_loss'] },
});
