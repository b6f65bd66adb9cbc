import type { Setting, Settings } from '../settings.ts';
import type { RunSignals } from './run.ts';
import { valuesOf } from './series.ts';

/**
 * What the schedule had left at the end: `spent`: it ends with the training; `constant`: the rate was as high as ever;
 * `unknown`: neither the log nor the config tells.
 */
export type ScheduleEnd = 'spent' | 'constant' | 'unknown';

const TO_THE_END = /cosine|linear|one_?cycle|poly|wsd/iu;
const AGAIN = /restart|cycl(?:e|ic)(?!.*one)|warm_?restart/iu;
const NONE = /^(?:none|constant|const|fixed|no|off)$/iu;

const NAMES = [
  'name',
  'type',
  'kind',
  'lrschedule',
  'schedule',
  'scheduler',
  'lrscheduler',
  'lrschedulertype',
  'lrpolicy',
  'schedulertype',
  'sched',
  'policy',
];

/** Where a config names the schedule of the learning rate; undefined where it does not. */
export function scheduleOf(settings: Settings): Setting | undefined {
  return settings
    .called(NAMES)
    .find(
      ({ path, value }) =>
        typeof value === 'string' && path.some((key) => /sched|lr_?policy/iu.test(String(key))),
    );
}

export function scheduleEnd(run: RunSignals, settings: Settings): { end: ScheduleEnd; name: string | null } {
  const rates = valuesOf(run.lr);
  if (rates.length >= 3) {
    const left = (rates.at(-1) ?? Number.NaN) / Math.max(...rates);
    return { end: left < 0.05 ? 'spent' : 'constant', name: null };
  }
  const named = scheduleOf(settings)?.value;
  if (typeof named !== 'string') return { end: 'unknown', name: null };
  if (NONE.test(named)) return { end: 'constant', name: named };
  if (!TO_THE_END.test(named) || (AGAIN.test(named) && !/one_?cycle/iu.test(named)))
    return { end: 'unknown', name: named };
  const planned = run.planned ?? settings.number('epochs');
  const isWhole = run.unit !== 'epoch' || planned === null || run.epochs >= planned;
  return { end: isWhole ? 'spent' : 'constant', name: named };
}
