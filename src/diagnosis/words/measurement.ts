import type { ConfigPath } from '../../config/path.ts';
import { normalizeName } from './concepts.ts';

/** Names of the number of validation examples. */
export const VALIDATION_COUNTS: readonly string[] = [
  'valsamples',
  'valsize',
  'nval',
  'numval',
  'validationsamples',
  'validationsize',
  'valexamples',
  'numvalsamples',
  'numvalexamples',
  'valcount',
  'validsamples',
  'nvalid',
  'validsize',
  'evalsamples',
  'maxevalsamples',
];

const OTHERS: readonly string[] = [
  // Shares of the data.
  'valsplit',
  'validationsplit',
  'validsplit',
  'valfraction',
  'validationfraction',
  'valfrac',
  'valratio',
  'validationratio',
  'validratio',
  'testsize',
  'evalsize',
  'evalfraction',
  // Which examples those are.
  'splitseed',
  'valseed',
  'valset',
  'validationset',
  'valdata',
  'validationdata',
  'valfile',
  'validationfile',
  'valpath',
  'valdir',
  'evaldataset',
  'evalsplit',
  'limitvalbatches',
  'maxevalbatches',
  'kfold',
  'kfolds',
  'nfolds',
  'numfolds',
  'cvfolds',
];
const NAMES: ReadonlySet<string> = new Set([...VALIDATION_COUNTS, ...OTHERS]);

/** `val: {size: 500}`: the section names the side, the key what of it. */
const SIDES: ReadonlySet<string> = new Set([
  'val',
  'valid',
  'validation',
  'valset',
  'valdata',
  'validationdata',
]);
const PARTS: ReadonlySet<string> = new Set([
  'size',
  'samples',
  'nsamples',
  'numsamples',
  'examples',
  'count',
  'n',
  'num',
  'fraction',
  'ratio',
  'share',
  'split',
  'path',
  'file',
  'dir',
]);

/**
 * Whether a setting decides which examples a result is measured on. Values before and after a change of it cannot be
 * compared: the comparison would be of the examples.
 */
export function decidesMeasurement(path: ConfigPath): boolean {
  const names = path.filter((key) => typeof key === 'string').map((key) => normalizeName(key));
  const own = names.at(-1);
  if (own === undefined) return false;
  const section = names.at(-2);
  return NAMES.has(own) || (section !== undefined && SIDES.has(section) && PARTS.has(own));
}

/** Names of what changes how a loss is computed. */
const LOSS =
  /^(?:loss(?:fn|function|type|name)?|criterion|labelsmoothing|smoothing|classweights?|posweight|focalgamma|objective)$/u;

/** Whether a setting changes how the loss itself is computed, so that its values before and after may not be comparable. */
export function definesLoss(path: ConfigPath): boolean {
  const [section, own] = path.slice(-2).map((key) => normalizeName(String(key)));
  if (own === undefined) return LOSS.test(section ?? '');
  return LOSS.test(own) || (/^(?:name|type)$/u.test(own) && LOSS.test(section ?? ''));
}
