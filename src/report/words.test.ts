import { expect, test } from 'vitest';
import type { Change } from '../diagnosis/types.ts';
import { describeChange } from './words.ts';

test.each<[Change['kind'], string, Change['from'], Change['to'], string]>([
  ['new', 'model.dropout', null, 0.4, 'Added model.dropout=0.4'],
  ['new', 'weight_decay', null, 1e-4, 'Added weight_decay=0.0001'],
  ['new', 'augmentation', null, true, 'Enabled augmentation'],
  ['changed', 'data.augmentation.enabled', false, true, 'Enabled data.augmentation'],
  ['changed', 'amp', true, false, 'Disabled amp'],
  ['changed', 'early_stopping.patience', 10, 5, 'Reduced early_stopping.patience 10 → 5'],
  ['changed', 'lr', 0.001, 0.01, 'Raised lr 0.001 → 0.01'],
  ['changed', 'scheduler', 'step', 'cosine', 'Changed scheduler step → cosine'],
  ['changed', 'norm', null, 'batch', 'Changed norm null → batch'],
  ['removed', 'optimizer.momentum', 0.9, null, 'Removed optimizer.momentum (was 0.9)'],
])('%s %s', (kind, path, from, to, text) => expect(describeChange({ kind, path, from, to })).toBe(text));
