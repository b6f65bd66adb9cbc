import type { Curve, Point } from '../metrics/_contract.ts';
import { chooseMetric } from '../metrics/choose.ts';
import { goalOf } from '../metrics/goal.ts';
import { lossNames, pairOf } from '../metrics/pair.ts';
import { reconcileScales, scaleOf } from '../metrics/scale.ts';
import { summarizeCurve } from '../metrics/summary.ts';
import type { Project } from '../project/load.ts';
import { studyError } from './errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { MetricChoice, RunValue } from './types.ts';

interface Wish {
  name: string;
  goal?: 'max' | 'min' | undefined;
  select?: 'best' | 'last' | undefined;
  train?: string | undefined;
}

/** Finds the study's metric among the names that a training logs, and how it is to be read. */
export function chooseStudyMetric(
  settings: Project['settings'],
  names: readonly string[],
  curves: readonly Pick<Curve, 'points'>[],
): MetricChoice {
  const wish: Wish = typeof settings.metric === 'string' ? { name: settings.metric } : settings.metric;
  const chosen = chooseMetric(wish.name, names);
  const values = curves.flatMap(({ points }) => valuesOf(points, chosen.name));
  const scale = scaleOf(chosen.name, values);
  const losses = lossNames(names);
  return {
    wanted: wish.name,
    name: chosen.name,
    goal: wish.goal ?? goalOf(chosen.name),
    select: wish.select ?? 'best',
    train: wish.train ?? pairOf(chosen.name, names),
    trainLoss: losses.train,
    valLoss: losses.val,
    scale,
    note: chosen.name === wish.name ? null : `'${wish.name}' is logged as '${chosen.name}'.`,
  };
}

/**
 * What a curve comes to. A log that names the metric differently (`val/accuracy`) or counts it in percent where the
 * study counts fractions is brought to the study's form, and that is noted. `value` is null where nothing finite was
 * logged. `knownFactor`: that of an earlier run of the same program, whose scale is then the same for certain.
 */
export function measureCurve(
  curve: Curve,
  metric: MetricChoice,
  confirm: string | null,
  knownFactor?: number,
): { value: RunValue | null; notes: string[] } {
  const notes: string[] = [];
  const name = curve.metrics.includes(metric.name)
    ? metric.name
    : chooseMetric(metric.wanted, curve.metrics).name;
  if (name !== metric.name) notes.push(`its metric is logged as '${name}'`);
  const isNamed = (side: string | null): boolean => side !== null && curve.metrics.includes(side);
  const summary = summarizeCurve(curve, {
    metric: name,
    goal: metric.goal,
    select: metric.select,
    ...(isNamed(metric.train) ? { train: metric.train } : {}),
  });
  if (!Number.isFinite(summary.best)) return { value: null, notes };
  const factor = knownFactor ?? factorTo(metric, name, curve);
  if (factor !== 1) notes.push(`'${name}' was brought to the study's scale (multiplied by ${factor})`);
  const scaled = (value: number | null): number | null => (value === null ? null : value * factor);
  const confirmName = confirm === null ? null : chooseMetric(confirm, curve.metrics).name;
  const fingerprint = fingerprintOf(curve.points, [name, metric.train, metric.trainLoss, metric.valLoss]);
  return {
    value: {
      ...(fingerprint === undefined ? {} : { fingerprint }),
      value: (Number.isFinite(summary.value) ? summary.value : summary.best) * factor,
      epoch: Number.isFinite(summary.value) ? summary.epoch : summary.bestEpoch,
      last: summary.last * factor,
      best: summary.best * factor,
      bestEpoch: summary.bestEpoch,
      epochs: summary.epochs,
      train: scaled(summary.train),
      trainLoss: summary.trainLoss,
      valLoss: summary.valLoss,
      confirm: confirmName === null ? null : scaled(curve.points[summary.index]?.values[confirmName] ?? null),
      factor,
    },
    notes,
  };
}

/** What multiplies the values of a curve to bring them to the study's scale. */
function factorTo(metric: MetricChoice, name: string, curve: Curve): number {
  const own = { name, values: valuesOf(curve.points, name) };
  if (metric.scale === 'other' || scaleOf(name, own.values) === metric.scale) return 1;
  const wanted = { name: metric.name, values: [metric.scale === 'fraction' ? 0.5 : 50] };
  const found = reconcileScales(own, wanted);
  if ('refused' in found) {
    throw studyError(
      'BASELINE_MISMATCH',
      `The scale of '${name}' in ${curve.file} cannot be told: ${found.refused}.`,
      {
        file: curve.file,
        remedy:
          'Log both on the same scale, or remove `baseline.results` so that Pawl trains the baseline itself.',
      },
    );
  }
  return found.factorA / found.factorB;
}

function valuesOf(points: readonly Point[], name: string): number[] {
  return points.flatMap(({ values }) => (Number.isFinite(values[name]) ? [values[name] as number] : []));
}
