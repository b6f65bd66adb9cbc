import { testExample } from './example.ts';

testExample({
  name: 'lightgbm-diabetes',
  guide: 'xgboost',
  changes: {
    learning_rate: 'takes effect',
    num_leaves: 'takes effect',
    min_data_in_leaf: 'takes effect',
    // Without bagging_freq LightGBM does not bag.
    bagging_fraction: 'inert',
  },
  verdict: 'better',
  decisions: ['finalize'],
  metric: { name: 'valid_rmse', goal: 'min' },
  log: { format: 'lightgbm', points: 150, metrics: ['train_rmse', 'valid_rmse'] },
});
