import { knownOutput } from '../stdout/known.ts';

/** What LightGBM's `log_evaluation` prints of each round (from 1): `[1]\tvalid_0's auc: 0.9`. */
export const lightgbm = knownOutput({
  name: 'lightgbm',
  title: 'printed rounds of LightGBM',
  pattern: /\[\d+\]\t[\w. ]+'s [\w@.-]+: [-+\d.einfa]+/,
  why: "[round] and set's metric: value",
});
