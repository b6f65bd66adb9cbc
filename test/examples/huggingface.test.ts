import { testExample } from './example.ts';

testExample({
  name: 'huggingface-digits',
  guide: 'huggingface',
  changes: {
    learning_rate: 'takes effect',
    per_device_train_batch_size: 'takes effect',
    lr_scheduler_type: 'untold',
    // The baseline's warmup_steps goes before it.
    warmup_ratio: 'inert',
  },
  verdict: 'better',
  decisions: ['finalize', 'iterate'],
  metric: { name: 'eval_accuracy', goal: 'max' },
  log: { format: 'huggingface', points: 10, metrics: ['loss', 'eval_loss', 'eval_accuracy'] },
});
