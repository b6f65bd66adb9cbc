import type { Curve, Goal } from '../../metrics/_contract.ts';
import { chooseMetric } from '../../metrics/choose.ts';
import { decidingMetric } from '../../init/deciding-metric.ts';
import { goalOf } from '../../metrics/goal.ts';
import { identify } from '../../metrics/identity.ts';
import { lossNames, pairOf } from '../../metrics/pair.ts';
import { scaleOf } from '../../metrics/scale.ts';
import { metricStrength } from '../../metrics/words.ts';
import type { MetricNames } from './signals/run.ts';

export interface NameWish {
  metric?: string | undefined;
  goal?: Goal | undefined;
  train?: string | undefined;
}

/** The names that a curve is diagnosed by, and what a reader of the diagnosis must know of them. */
export function nameMetrics(curve: Curve, wish: NameWish): { names: MetricNames; notes: string[] } {
  const { metrics, points } = curve;
  const notes: string[] = [];
  const metric =
    wish.metric === undefined
      ? (decidingMetric(metrics)?.name ?? null)
      : chooseMetric(wish.metric, metrics).name;
  const phaseOf = (name: string | null): string | undefined =>
    name === null ? undefined : identify(name).phase;
  // A training side alone is no metric of validation data.
  const isHeldOut = metric !== null && phaseOf(metric) !== 'train' && !isLonelyTraining(metric, metrics);
  if (metric !== null && wish.metric !== undefined && metric !== wish.metric)
    notes.push(`'${wish.metric}' is logged as ${metric}.`);
  const leaked = metrics.filter((name) => phaseOf(name) === 'test' && metricStrength(name) !== 'none');
  const epochsOf = (name: string): number => points.filter(({ values }) => values[name] !== undefined).length;
  for (const name of leaked)
    if (name === metric)
      notes.push(
        `${name} is a test metric: choosing by it uses the test data up. Log a validation metric and diagnose by that.`,
      );
    else if (epochsOf(name) > 1)
      notes.push(
        `${name} is logged in ${epochsOf(name)} epochs: test data that are watched during training are no test any more. It was not used here.`,
      );
  const train = wish.train ?? (metric !== null && isHeldOut ? pairOf(metric, metrics) : metric);
  const losses = lossNames(metrics);
  const valLoss = phaseOf(losses.val) === 'test' && phaseOf(metric) !== 'test' ? null : losses.val;
  if (!isHeldOut)
    notes.push(
      'No metric of validation data is logged: nothing can be said of how the model does on new data.',
    );
  else if (train === null && losses.train === null)
    notes.push(
      `No training side of ${metric} and no training loss is logged: over- and underfitting cannot be told apart.`,
    );
  const deciding = isHeldOut ? metric : train;
  const values = deciding === null ? [] : points.flatMap(({ values }) => values[deciding] ?? []);
  return {
    names: {
      metric: isHeldOut ? metric : null,
      goal: wish.goal ?? (deciding === null ? 'max' : goalOf(deciding)),
      train,
      trainLoss: losses.train,
      valLoss,
      // A word error rate may begin above 1, so that the later half tells the scale.
      scale: deciding === null ? 'other' : scaleOf(deciding, laterHalf(values)),
    },
    notes,
  };
}

function laterHalf(values: readonly number[]): readonly number[] {
  const half = values.slice(Math.floor(values.length / 2));
  return half.some(Number.isFinite) ? half : values;
}

/** `loss` or `accuracy` by itself, without a `val_` partner: Keras and many loops call the training side so. */
function isLonelyTraining(metric: string, metrics: readonly string[]): boolean {
  const { phase } = identify(metric);
  if (phase !== undefined) return false;
  const others = metrics.map((name) => identify(name).phase);
  return !others.includes('train') && goalOf(metric) === 'min' && /loss/i.test(metric);
}
