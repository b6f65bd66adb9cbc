import { describe, expect, it } from 'vitest';
import { outcomeOf, planOf } from '../fixtures/plan.ts';

const CONFIG = `
model: { backbone: { lr_mult: 0.1 }, head: { dropout: 0.1, hidden_dim: 64 }, neck: { dropout: 0.0 } }
optimizer: { name: adam, learning_rate: 0.001, betas: [0.9, 0.999] }
lr_scheduler: { name: step, patience: 3, step_size: 30 }
train: { epochs: 50, early_stopping: { enabled: true, patience: 10 } }
augment: false
camelCase: { batchSize: 32 }
`;

describe('finds the place of a setting', () => {
  it.each<[string, string]>([
    ['`optimizer.learning_rate: 0.01`', 'optimizer.learning_rate=0.01'],
    ['`Optimizer.LearningRate: 0.01`', 'optimizer.learning_rate=0.01'],
    ['`config.optimizer.learning_rate: 0.01`', 'optimizer.learning_rate=0.01'],
    ['`optimizer.lr: 0.01`', 'optimizer.learning_rate=0.01'],
    ['`training.lr: 0.01`', 'optimizer.learning_rate=0.01'],
    ['`early_stopping.patience: 5`', 'train.early_stopping.patience=5'],
    ['`scheduler.step_size: 10`', 'lr_scheduler.step_size=10'],
    ['Set the learning rate to 0.01', 'optimizer.learning_rate=0.01'],
    ['Set the early stopping patience to 5', 'train.early_stopping.patience=5'],
    ['Set the scheduler patience to 5', 'lr_scheduler.patience=5'],
    ['Raise the head dropout to 0.3', 'model.head.dropout=0.3'],
    ['Raise the dropout of the neck to 0.3', 'model.neck.dropout=0.3'],
    ['Set the batch size to 64', 'camelCase.batchSize=64'],
    ['`optimizer.betas: [0.9, 0.98]`', 'optimizer.betas=[0.9,0.98]'],
    ['Enable augmentation', 'augment=true'],
  ])('%s → %s', (advice, outcome) => {
    expect(outcomeOf(advice, CONFIG)).toBe(outcome);
  });

  it.each<[string, string]>([
    ['`optimizer.weight_decay: 0.1`', 'optimizer.weight_decay=0.1'],
    ['`model.head.norm: layer`', 'model.head.norm="layer"'],
    ['`regularization.mixup.alpha: 0.2`', 'regularization.mixup.alpha=0.2'],
    ['Add `weight_decay: 0.1` to the `optimizer` section', 'optimizer.weight_decay=0.1'],
  ])('new: %s → %s', (advice, outcome) => {
    expect(outcomeOf(advice, CONFIG)).toBe(outcome);
    expect(planOf([advice], CONFIG).changes[0]?.kind).toBe('new');
  });

  it.each<[string, string]>([
    ['`model`: `mlp` → `cnn`', 'defaults[0].model="cnn"'],
    ['Set `optimizer: sgd`', 'defaults[1].optimizer="sgd"'],
    ['Switch from Adam to AdamW', 'optimizer._target_="torch.optim.AdamW"'],
    ['`model.dropout: 0.3`', 'model.dropout=0.3'],
  ])("Hydra's groups: %s → %s", (advice, outcome) => {
    const composed = `
defaults: [{model: mlp}, {optimizer: adam}]
model: { _target_: models.mlp, dropout: 0.0 }
optimizer: { _target_: torch.optim.Adam, lr: 0.001 }
`;
    expect(outcomeOf(advice, composed)).toBe(outcome);
  });

  it('names candidates instead of guessing', () => {
    const [ambiguous] = planOf(['Set dropout to 0.3'], CONFIG).skipped;
    expect(ambiguous).toMatchObject({
      reason: 'ambiguous-path',
      candidates: ['model.head.dropout', 'model.neck.dropout'],
    });
    const [unknown] = planOf(['Set weight decay to 1e-4'], CONFIG).skipped;
    expect(unknown).toMatchObject({
      reason: 'unknown-path',
      candidates: ['optimizer.weight_decay', 'train.weight_decay'],
    });
  });

  it('warns where it reads a path as another', () => {
    const { warnings } = planOf(['`training.lr: 0.01`'], CONFIG);
    expect(warnings[0]?.message).toContain('training.lr was read as optimizer.learning_rate');
  });

  it('takes no refused key from elsewhere in the report', () => {
    expect(
      planOf(['`__proto__.polluted: 1`', '`polluted: 2`'], 'lr: 1').changes.map(({ path }) => path),
    ).toEqual(['polluted']);
  });

  it('refuses keys that reach a prototype', () => {
    for (const key of ['__proto__.x', 'constructor.prototype.x', 'a.__proto__', 'prototype'])
      expect(outcomeOf(`\`${key}: 1\``, CONFIG)).toBe('unknown-path');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('gives flat configs their new keys', () => {
  it.each([
    ['lr: 1\nbatch_size: 2', 'Add `dropout: 0.4`', 'dropout=0.4'],
    ['lr: 1\nbatch_size: 2', 'Add weight decay of 0.1', 'weight_decay=0.1'],
    ['learningRate: 1\nbatchSize: 2', 'Add weight decay of 0.1', 'weightDecay=0.1'],
    ['learning-rate: 1\nbatch-size: 2', 'Add weight decay of 0.1', 'weight-decay=0.1'],
    ['"optim.lr": 1\n"model.depth": 2', '`optim.wd: 0.1`', '"optim.wd"=0.1'],
  ])('%j: %s → %s', (yaml, advice, outcome) => {
    expect(outcomeOf(advice, yaml)).toBe(outcome);
  });
});

describe('gives values the type of their slot', () => {
  it.each([
    ['dropout: 0.1', '`dropout: 1.5`', 'invalid-value'],
    ['dropout: 0.1', '`dropout: high`', 'invalid-value'],
    ['dropout: 0.1', '`dropout: "0.4"`', 'invalid-value'],
    ['dropout: 0.1', 'Dropout of 40 %', 'dropout=0.4'],
    ['dropout: 0.1', '`dropout: none`', 'dropout=null'],
    ['lr: 0.1', '`lr: -0.1`', 'invalid-value'],
    ['epochs: 10', '`epochs: 2.5`', 'invalid-value'],
    ['epochs: 10', 'Increase the number of epochs by 25 %', 'epochs=13'],
    ['patience: 10', '`patience: five`', 'patience=5'],
    ['amp: false', '`amp: yes`', 'amp=true'],
    ['amp: false', '`amp: True`', 'amp=true'],
    ['amp: false', '`amp: 3`', 'invalid-value'],
    ['scheduler: cosine', '`scheduler: None`', 'scheduler=null'],
    ['scheduler: none', '`scheduler: cosine`', 'scheduler="cosine"'],
    ['optimizer: torch.optim.Adam', 'Switch from Adam to AdamW', 'optimizer="torch.optim.AdamW"'],
    ['betas: [0.9, 0.99]', '`betas: 0.9`', 'invalid-value'],
    ['clip: null', '`clip: 0.5`', 'clip=0.5'],
    ['lr: 0.1', '`lr: $(reboot)`', 'invalid-value'],
  ])('%j: %s → %s', (yaml, advice, outcome) => {
    expect(outcomeOf(advice, yaml)).toBe(outcome);
  });
});
