import type { Settings } from './settings.ts';
import type { RunSignals } from './signals/run.ts';
import { figure } from './show.ts';
import { validationExamples } from './signals/examples.ts';
import { valuesOf } from './signals/series.ts';

/** A logged rate that far from the config's is none of its schedule's doing. */
const RATE_TIMES = 2;

/** Where logs and config, or figures among themselves, do not agree: then one of them is not that of this run. */
export function contradictions(
  runs: readonly RunSignals[],
  settings: Settings,
  target: number | null,
): string[] {
  const found: string[] = [];
  const [first] = runs;
  if (!first) return found;
  // Only a log that counts epochs can be held against the config's number of them.
  const epochs = first.unit === 'epoch' ? settings.number('epochs') : null;
  const longest = Math.max(...runs.map((run) => run.epochs));
  if (epochs !== null && longest > epochs)
    found.push(
      `The log has ${longest} epochs and the config allows ${epochs}: is it the config of this run?`,
    );
  const planned = first.planned;
  if (epochs !== null && planned !== null && planned !== epochs)
    found.push(
      `The log speaks of ${planned} epochs and the config of ${epochs}: is it the config of this run?`,
    );
  const rate = settings.number('learning_rate');
  const peak = Math.max(...valuesOf(first.lr));
  if (
    rate !== null &&
    rate > 0 &&
    first.lr.length > 2 &&
    Math.abs(Math.log(peak / rate)) > Math.log(RATE_TIMES) &&
    first.epochs > 5
  )
    found.push(
      `The log's learning rate peaks at ${figure(peak)} and the config says ${figure(rate)}: is it the config of this run?`,
    );
  const { goal, scale } = first.names;
  if (
    target !== null &&
    goal === 'max' &&
    scale !== 'other' &&
    target * (scale === 'fraction' ? 100 : 1) > 100
  )
    found.push(`A target of ${figure(target)} lies above what the metric can reach.`);
  const size = validationExamples(first, settings);
  const share = (first.best?.value ?? 0) * (scale === 'fraction' ? 1 : 0.01);
  if (size !== null && size.source === 'the config' && scale !== 'other' && size.count < 2000 && share > 0) {
    const whole = share * size.count;
    const isOff = Math.abs(whole - Math.round(whole)) > 0.05 * Math.max(1, size.count / 200);
    if (isOff && String(first.best?.value).length > 7)
      found.push(
        `The config says ${size.count} validation examples, and ${figure(first.best?.value ?? 0)} is no share of so many: is it the config of this run?`,
      );
  }
  return found;
}
