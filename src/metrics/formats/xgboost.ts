import { knownOutput } from '../stdout/known.ts';

/** What XGBoost prints of each round (from 0): `[0]\ttrain-logloss:0.44836\tval-logloss:0.44838`. */
export const xgboost = knownOutput({
  name: 'xgboost',
  title: 'printed rounds of XGBoost',
  pattern: /^(?:\S.*\s)?\[\d+\]\t[\w.]+-[\w@.:-]+:[-+\d.einfa]+(?:\+[\d.e-]+)?(?:\s|$)/m,
  why: '[round] and set-metric:value',
});
