import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../fixtures/plan.ts';

const CONFIG = `
model: { name: resnet18, dropout: 0.1, activation: relu, hidden_dim: 256 }
optimizer: { name: adam, lr: 0.001, weight_decay: 0.0, momentum: 0.9 }
scheduler: { name: none, warmup_epochs: 0 }
early_stopping: { enabled: true, patience: 10 }
training: { epochs: 50, batch_size: 32, amp: false }
data: { augmentation: false }
`;

describe.each<[string, string]>([
  // New values
  ['Set dropout to 0.4.', 'model.dropout=0.4'],
  ['dropout=0.4', 'model.dropout=0.4'],
  ['Dropout: 0.4', 'model.dropout=0.4'],
  ['Dropout 0.1 → 0.4', 'model.dropout=0.4'],
  ['Dropout -> 0.4', 'model.dropout=0.4'],
  ['Increase dropout from 0.1 to 0.4', 'model.dropout=0.4'],
  ['Increase dropout (0.1 -> 0.4)', 'model.dropout=0.4'],
  ['Use a dropout of 0.4', 'model.dropout=0.4'],
  ['Add dropout layers with p=0.4 between the blocks', 'model.dropout=0.4'],
  ['Change `model.dropout` from `0.1` to `0.4`', 'model.dropout=0.4'],
  ['Replace `dropout: 0.1` by `dropout: 0.4`', 'model.dropout=0.4'],
  ['Dropout should be raised to about 40 %', 'model.dropout=0.4'],
  ['Pass `--dropout 0.4`', 'model.dropout=0.4'],
  ['Dropout is only 0.1, raise it to 0.4', 'model.dropout=0.4'],
  ['Use dropout 0.4 instead of 0.1', 'model.dropout=0.4'],
  ['Set weight decay to 1×10⁻⁴', 'optimizer.weight_decay=0.0001'],
  ['Train for 80 epochs', 'training.epochs=80'],
  ['Reduce patience from 10 to five epochs', 'early_stopping.patience=5'],
  ['Warm up for 5 epochs: 5 warmup epochs', 'scheduler.warmup_epochs=5'],
  ['Set dropout to 0.3 and weight decay to 1e-4', 'model.dropout=0.3 optimizer.weight_decay=0.0001'],
  ['Switch from Adam to AdamW', 'optimizer.name="adamw"'],
  ['Use GELU instead of ReLU', 'model.activation="gelu"'],
  ['Use a cosine schedule', 'scheduler.name="cosine"'],
  ['Enable mixed precision (`amp`)', 'training.amp=true'],
  ['Disable early stopping', 'early_stopping.enabled=false'],
  ['Turn on data augmentation', 'data.augmentation=true'],
  ['Remove `model.dropout` from the config', '-model.dropout'],
  // Relative values
  ['Reduce the learning rate by 10×', 'optimizer.lr=0.0001'],
  ['10x lower learning rate', 'optimizer.lr=0.0001'],
  ['Halve the batch size', 'training.batch_size=16'],
  ['Double the hidden size', 'model.hidden_dim=512'],
  ['Increase the number of epochs by 20 %', 'training.epochs=60'],
  ['Increase patience by 5', 'early_stopping.patience=15'],
  ['Reduce lr by a factor of 3', 'optimizer.lr=0.000333333333333'],
  ['Divide the learning rate by 2', 'optimizer.lr=0.0005'],
  ['The rate is too hot, drop it 10x', 'no-value'],
  ['The learning rate is too hot – drop it 10x', 'optimizer.lr=0.0001'],
  ['Drop the learning rate 10x', 'optimizer.lr=0.0001'],
  ['As for the learning rate, halve it', 'optimizer.lr=0.0005'],
  ['Learning rate a tenth of what it is', 'optimizer.lr=0.0001'],
  ['LR scaled ×4 accordingly', 'optimizer.lr=0.004'],
  ['Dropout goes up to 0.4', 'model.dropout=0.4'],
  ['Learning rate: three times higher than now', 'optimizer.lr=0.003'],
  ['Learning rate four times lower than that of the paper', 'optimizer.lr=0.00025'],
  ['Repeat dropout three times', 'no-value'],
  // A value further off
  ['Dropout is low. Raise it to 0.4.', 'model.dropout=0.4'],
  ['Dropout: earlier I suggested 0.5; please use 0.4 instead', 'model.dropout=0.4'],
  ['The weight decay (L2) to 1e-4', 'optimizer.weight_decay=0.0001'],
  ['A floor for the rate (dropout) 0.4', 'model.dropout=0.4'],
  ['Warm up for 5 epochs', 'scheduler.warmup_epochs=5'],
  ['80 epochs', 'training.epochs=80'],
  ['80 epochs instead of 50', 'training.epochs=80'],
  ['Replace the optimizer by SGD', 'optimizer.name="sgd"'],
  ['Replace the schedule with CosineAnnealingLR', 'scheduler.name="cosineannealinglr"'],
  ['Early stopping is harmful here; disable it', 'early_stopping.enabled=false'],
  // Ranges, options, examples, hedges
  ['Dropout 0.3–0.5', 'range'],
  ['Try a learning rate of 1e-4 to 1e-3', 'range'],
  ['Dropout 0.3-0.5, start with 0.4', 'model.dropout=0.4'],
  ['Dropout of at most 0.5', 'range'],
  ['Dropout 0.3 or 0.5', 'alternative'],
  ['Either raise dropout to 0.4 or weight decay to 1e-4', 'alternative'],
  ['Alternatively, set dropout to 0.4', 'alternative'],
  ['If it still overfits, set dropout to 0.4', 'alternative'],
  ['Maybe raise dropout to 0.4', 'alternative'],
  ['Raise dropout to 0.4 in the next iteration', 'alternative'],
  ['Raise dropout (e.g. 0.4)', 'no-value'],
  ['Raise dropout', 'no-value'],
  ['Dropout zeroes units (e.g., with `dropout=0.5`, half of them)', 'no-value'],
  ['For comparison, the winners: `model.dropout: 0.5`', 'no-value'],
  ['Dropout → 0.4 (weight decay keeps its value)', 'model.dropout=0.4 keep'],
  // What stays, what was
  ['Keep dropout at 0.1', 'keep'],
  ['Dropout: unchanged', 'keep'],
  ['Regularize, against the overfitting: `model.dropout: 0.4`', 'model.dropout=0.4'],
  ['We advise against raising dropout to 0.4', 'keep'],
  ['Set the schedule to cosine, so that the learning rate stays high for longer', 'scheduler.name="cosine"'],
  ['Do not increase dropout to 0.5', 'keep'],
  ['Leave the batch size alone', 'keep'],
  ['Keep the batch size at 32, but raise dropout to 0.4', 'model.dropout=0.4 keep'],
  ['Dropout was already raised to 0.4', 'already-applied'],
  ['Set the batch size to 32', 'already-applied'],
  ['Dropout is currently 0.1', 'no-value'],
  ['We used dropout 0.5 in an earlier run', 'no-value'],
  ['Check whether dropout 0.4 helps', 'not-config'],
  // Other languages
  ['Dropout von 0,1 auf 0,4 erhöhen', 'model.dropout=0.4'],
  ['Die Batchgröße bei 32 belassen und Dropout auf 0,4 erhöhen', 'model.dropout=0.4 keep'],
  ['Passer le dropout de 0,1 à 0,4', 'model.dropout=0.4'],
  ['Aumentar el dropout de 0.1 a 0.4', 'model.dropout=0.4'],
  ['将 dropout 从 0.1 提高到 0.4', 'model.dropout=0.4'],
  ['学习率设为 0.0005', 'optimizer.lr=0.0005'],
  ['ドロップアウトを 0.1 から 0.4 に上げる', 'model.dropout=0.4'],
  ['Увеличить dropout с 0.1 до 0.4', 'model.dropout=0.4'],
  // Not settings
  ['Val acc should rise from 78 to 83', 'no-value'],
  ['Add dropout after layer 4', 'no-value'],
  ['See Section 3.2 and Figure 4', 'no-value'],
  ['Collect 500 more images', 'not-config'],
])('%s', (advice, outcome) => {
  it(`→ ${outcome}`, () => {
    expect(outcomeOf(advice, CONFIG)).toBe(outcome);
  });
});
