import type { Setting, Settings } from '../settings.ts';
import { numberOf } from '../settings.ts';
import { VALIDATION_COUNTS } from '../../words/measurement.ts';
import type { RunSignals } from './run.ts';
import { valuesOf } from './series.ts';

const TRAIN_KEYS = [
  'trainsamples',
  'trainsize',
  'ntrain',
  'numtrain',
  'trainingsamples',
  'trainexamples',
  'numtrainsamples',
  'numtrainexamples',
  'trainingsize',
  'maxtrainsamples',
  'nsamples',
];
const MOST = 500;

function counted(settings: Settings, names: readonly string[]): number | null {
  return numberOf(countSetting(settings, names)?.value);
}

function countSetting(settings: Settings, names: readonly string[]): Setting | undefined {
  return settings.called(names).find(({ value }) => {
    const count = numberOf(value);
    return count !== null && Number.isInteger(count) && count > 1;
  });
}

export const trainingExamples = (settings: Settings): number | null => counted(settings, TRAIN_KEYS);

/** Where the config says on how many examples to train. */
export const trainingExamplesSetting = (settings: Settings): Setting | undefined =>
  countSetting(settings, TRAIN_KEYS);

/**
 * Size of the validation set: as the config says, else by the grid that the logged rates lie on. Values that were rounded
 * to a few digits lie on a grid of their own, which says nothing.
 */
export function validationExamples(
  run: RunSignals,
  settings: Settings,
): { count: number; source: string } | null {
  const stated = counted(settings, VALIDATION_COUNTS);
  if (stated !== null) return { count: stated, source: 'the config' };
  const { scale } = run.names;
  if (scale === 'other') return null;
  const shares = [...new Set(valuesOf(run.val).map((value) => (scale === 'percent' ? value / 100 : value)))];
  if (shares.length < 3) return null;
  const digits = Math.max(...shares.map((share) => (String(share).split('.')[1] ?? '').length));
  if (digits < 5) return null;
  for (let count = 5; count <= MOST; count++)
    if (
      shares.every(
        (share) => Math.abs(share * count - Math.round(share * count)) < 1e-4 * Math.min(1, count / 100),
      )
    )
      return { count, source: `all values are multiples of 1/${count}` };
  return null;
}
