import { testExample } from './example.ts';

testExample({
  name: 'lightning-digits',
  guide: 'lightning',
  changes: {
    'model.dropout': 'takes effect',
    'model.label_smoothing': 'takes effect',
    'model.weight_decay': 'takes effect',
    // It acts only beyond its limit, which one epoch does not reach.
    'trainer.gradient_clip_val': 'untold',
  },
  verdict: 'better',
  decisions: ['finalize'],
  metric: { name: 'val_acc', goal: 'max' },
  log: { format: 'lightning', points: 30, metrics: ['train_acc', 'val_acc', 'val_loss'] },
  record: /^digits\/version_0\/config\.yaml$/m,
});
