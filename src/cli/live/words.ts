import { formatBytes } from '../../report/bytes.ts';
import { cellsOf } from '../../report/cells.ts';
import { figuresOf } from '../../report/number.ts';
import { toPlain } from '../../report/plain.ts';
import type { LiveMetric } from './events.ts';
import type { LiveRun } from './state.ts';

export const showValue = (value: number, metric: LiveMetric): string =>
  figuresOf(metric.scale, [value]).value(value);

/** `2.3 pp ahead`, `0.012 behind`, `level`. */
export function showLead(ahead: number, metric: LiveMetric): string {
  const figures = figuresOf(metric.scale, [ahead], metric.scale === 'other' ? [ahead] : []);
  if (figures.isZero(ahead)) return 'level';
  return `${figures.magnitude(ahead)} ${ahead > 0 ? 'ahead' : 'behind'}`;
}

/** `optimized-1 seed 42`. */
export function showRun({ trial, seed }: Pick<LiveRun, 'trial' | 'seed'>): string {
  return `${toPlain(trial, 48)}${seed === null ? '' : ` seed ${seed}`}`;
}

/** `epoch 23 of 60`, `epoch 23`, `step 4000`. */
export function showPlace({ curve, epochs }: Pick<LiveRun, 'curve' | 'epochs'>): string {
  if (curve.epoch !== null) {
    const epoch = Number(curve.epoch.toFixed(2));
    return epochs === null ? `epoch ${epoch}` : `epoch ${epoch} of ${epochs}`;
  }
  const latest = curve.spots.at(-1);
  if (!latest) return '';
  return curve.axis === 'step' ? `step ${latest.x}` : `row ${latest.x}`;
}

/** `1.2 GiB`, `GPU 0: 87%`, `1.9 cores`: what is measured of a run's use, the most telling first. */
export function resourceWords({ resources, startedAt, gpus }: LiveRun, now: number): string[] {
  const gpu = gpus.length === 0 ? 'GPU' : `GPU ${gpus.join(',')}`;
  if (resources === null) return gpus.length === 0 ? [] : [gpu];
  const { peakMemoryBytes, gpuUtilization, cpuSeconds } = resources;
  const seconds = (now - startedAt) / 1000;
  return [
    ...(gpuUtilization === null
      ? gpus.length === 0
        ? []
        : [gpu]
      : [`${gpu}: ${Math.round(gpuUtilization)}%`]),
    ...(peakMemoryBytes === null ? [] : [formatBytes(peakMemoryBytes)]),
    ...(cpuSeconds === null || seconds < 1 ? [] : [`${(cpuSeconds / seconds).toFixed(1)} cores`]),
  ];
}

/** As many of `words` as fit, joined; each is shown whole or not at all. */
export function joinFitting(words: readonly string[], cells: number): string {
  let text = '';
  for (const word of words) {
    const longer = text === '' ? word : `${text} · ${word}`;
    if (cellsOf(longer) > cells) break;
    text = longer;
  }
  return text;
}
