import { testExample } from './example.ts';

testExample({
  name: 'xgboost-cancer',
  guide: 'xgboost',
  changes: {
    'params.eta': 'takes effect',
    'params.reg_lambda': 'takes effect',
    'params.colsample_bytree': 'takes effect',
    // xgb.train takes num_boost_round, and says so.
    'params.n_estimators': 'inert',
  },
  verdict: 'better',
  decisions: ['finalize'],
  metric: { name: 'val/error', goal: 'min' },
  log: { format: 'evals-result', points: 100, metrics: ['train/logloss', 'val/error'] },
});
