import { sweepError } from './errors.ts';
import type { PrunerPlan } from './types.ts';
import type { SweepWish } from './wish.ts';

/** Shorter trainings than this leave nothing to save. */
const SHORTEST = 6;

/** The pruner that is wanted: `forecast` where nothing is said and trainings are long enough to end early. */
export function prunerPlan(wish: SweepWish['pruner'], fullEpochs: number | null): PrunerPlan | null {
  if (wish === false) return null;
  if (wish === undefined)
    return fullEpochs !== null && fullEpochs >= SHORTEST ? { name: 'forecast', options: {} } : null;
  const { name, ...options } = typeof wish === 'string' ? { name: wish } : wish;
  const plain = name.toLowerCase();
  if (/^(?:none|off|false|nop)$/.test(plain)) return null;
  const known = ['forecast', 'asha-promotion', 'asha', 'median'].find((each) =>
    plain.replaceAll('_', '-').includes(each),
  );
  if (known === undefined) {
    throw sweepError('SWEEP_SETTING_INVALID', `There is no pruner '${name}'.`, {
      remedy: 'Use forecast, asha, asha-promotion, median or none.',
    });
  }
  const numbers = Object.fromEntries(
    Object.entries(options).filter(([, value]) => typeof value === 'number'),
  );
  return { name: known, options: numbers as Record<string, number> };
}
