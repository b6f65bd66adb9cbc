import { knownOutput } from '../stdout/known.ts';

/**
 * What LightGBM prints of each round (from 1): `[1]\tvalid_0's auc: 0.9` by `log_evaluation`, `Iteration:1, valid_1 auc : 0.9` by its
 * command line.
 */
export const lightgbm = knownOutput({
  name: 'lightgbm',
  title: 'printed rounds of LightGBM',
  pattern:
    /\[\d+\]\t[\w. ]+'s [\w@. -]+: [-+\d.einfa]+|^\[LightGBM\] \[Info\] Iteration:\d+, [\w ]+ : [-+\d.einfa]+/m,
  why: "[round] and set's metric: value",
});
