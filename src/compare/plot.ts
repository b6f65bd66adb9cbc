import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { Point, Select } from '../metrics/_contract.ts';
import { lossNames, pairOf } from '../metrics/pair.ts';
import { summarizeCurve } from '../metrics/summary.ts';
import type { Comparison } from '../report/comparison.ts';
import { figuresOf } from '../report/number.ts';
import type { CurvesPlot, PlotRun, PlotTrial } from '../report/plots/curves.ts';
import { compareError } from './errors.ts';
import type { SharedMetric } from './metric.ts';
import type { ReadRun } from './runs.ts';

/** Refuses another kind of file before anything is read. */
export function checkPlot(file: string): void {
  if (/\.(?:png|svg)$/i.test(file)) return;
  throw compareError('COMPARE_PLOT', `--plot writes .png or .svg, not '${extname(file) || file}'.`, {
    file,
    remedy: 'Name the file .png or .svg.',
  });
}

export async function writePlot(
  file: string,
  comparison: Comparison,
  groups: { baseline: readonly ReadRun[]; optimized: readonly ReadRun[] },
  shared: SharedMetric,
  factorOf: ReadonlyMap<ReadRun, number>,
  select: Select,
): Promise<void> {
  const { metric, effect } = comparison;
  const all = [...groups.baseline, ...groups.optimized];
  const figures = figuresOf(
    metric.scale,
    [...comparison.baseline.runs, ...comparison.optimized.runs].map(({ value }) => value),
    [effect.absolute],
  );
  const trial = (
    role: PlotTrial['role'],
    runs: readonly ReadRun[],
    group: Comparison['baseline'],
  ): PlotTrial => {
    const finite = group.runs.map(({ value }) => value).filter(Number.isFinite);
    const mean =
      finite.length === 0 ? Number.NaN : finite.reduce((sum, value) => sum + value, 0) / finite.length;
    return {
      role,
      legend: `${group.label} ${figures.value(mean)}`,
      runs: runs.map((run, index) =>
        toPlotRun(
          run,
          group.runs[index]?.value ?? Number.NaN,
          shared,
          factorOf.get(run) ?? 1,
          select,
          (value) => figures.value(value),
        ),
      ),
    };
  };
  const trains = all.some((run) => pairOf(shared.nameIn.get(run) ?? shared.name, run.curve.metrics) !== null);
  const plot: CurvesPlot = {
    title: `${shared.name}: ${comparison.optimized.label} against ${comparison.baseline.label}`,
    subtitle: `${comparison.verdict.replace('-', ' ')}: ${Number.isFinite(effect.absolute) ? `${figures.difference(effect.absolute)}, ` : ''}${effect.isSingle ? 'one run of each, not verified' : effect.paired ? `${effect.n} pairs of seeds` : 'unpaired'}`,
    metric: {
      name: shared.name,
      train: trains ? TRAIN : null,
      trainLoss: TRAIN_LOSS,
      valLoss: VAL_LOSS,
      scale: metric.scale,
    },
    target: null,
    trials: [
      trial('baseline', groups.baseline, comparison.baseline),
      trial('optimized', groups.optimized, comparison.optimized),
    ],
  };
  const { drawCurves } = await import('../report/plots/comparison.ts');
  const { svg, png } = await drawCurves(plot);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, /\.svg$/i.test(file) ? svg : png);
}

/** Names under which all runs have the training side and the losses, whatever they call them. */
const TRAIN = 'training side';
const TRAIN_LOSS = 'training loss';
const VAL_LOSS = 'validation loss';

/** A run under the shared names and on the shared scale. */
function toPlotRun(
  run: ReadRun,
  value: number,
  shared: SharedMetric,
  factor: number,
  select: Select,
  show: (value: number) => string,
): PlotRun {
  const { curve } = run;
  const name = shared.nameIn.get(run) ?? shared.name;
  const train = pairOf(name, curve.metrics);
  const losses = lossNames(curve.metrics);
  const points = curve.points.map((point): Point => {
    const values = Object.create(null) as Record<string, number>;
    const take = (as: string, from: string | null, by: number): void => {
      const value = from === null ? undefined : point.values[from];
      if (value !== undefined) values[as] = value * by;
    };
    take(shared.name, name, factor);
    take(TRAIN, train, factor);
    if (losses.train !== name && losses.train !== train) take(TRAIN_LOSS, losses.train, 1);
    if (losses.val !== name) take(VAL_LOSS, losses.val, 1);
    return { ...point, values };
  });
  const { epoch } = summarizeCurve(curve, { metric: name, goal: shared.goal, select });
  const isWhole = Number.isFinite(value);
  return {
    id: run.label,
    points,
    isWhole,
    best: isWhole ? { epoch, value, text: show(value) } : null,
    end: isWhole ? null : 'NaN',
  };
}
