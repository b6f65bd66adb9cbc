import type { Point } from '../../metrics/_contract.ts';
import type { MetricChoice } from '../../study/types.ts';
import {
  bandOf,
  chooseAxis,
  epochShift,
  extractLine,
  thinBand,
  type Axis,
  type BandSpot,
  type Line,
} from './line.ts';

export type Role = 'baseline' | 'incumbent' | 'optimized';

export interface PlotRun {
  id: string;
  points: readonly Point[];
  /** False for runs that broke off; they are drawn, but stay out of means and bands. */
  isWhole: boolean;
  /** Where the value that stands for the run was logged; `text` is how it is shown, empty for no label. */
  best: { epoch: number; value: number; text: string } | null;
  /** Why the curve ends, where it does so badly: `NaN at epoch 9`. */
  end: string | null;
}

export interface PlotTrial {
  role: Role;
  /** As the legend names it: `baseline 78.9%`. */
  legend: string;
  runs: PlotRun[];
}

/** What a plot of learning curves is made from; built from a study or from any two groups of runs. */
export interface CurvesPlot {
  title: string;
  subtitle: string;
  metric: Pick<MetricChoice, 'name' | 'train' | 'trainLoss' | 'valLoss' | 'scale'>;
  target: { value: number; text: string } | null;
  trials: PlotTrial[];
}

/** One trial's curves of one metric, ready to be drawn. */
export interface Strand {
  role: Role;
  side: 'validation' | 'training';
  /** Each whole run's own line. */
  lines: Line[];
  /** Of runs that broke off. */
  broken: Line[];
  /** Mean and extremes over whole runs; empty for a single one. */
  band: BandSpot[];
}

export interface Mark {
  role: Role;
  x: number;
  y: number;
  text: string;
}

export function axisOf({ trials, metric }: CurvesPlot): Axis {
  return chooseAxis(
    trials.flatMap((trial) => trial.runs.map((run) => run.points)),
    metric.name,
  );
}

export function strandOf(
  trial: PlotTrial,
  metric: string,
  side: Strand['side'],
  axis: Axis,
  factor: number,
): Strand {
  const linesOf = (isWhole: boolean): Line[] =>
    trial.runs
      .filter((run) => run.isWhole === isWhole)
      .map((run) => extractLine(run.points, metric, axis, factor))
      .filter((line) => line.length > 0);
  const lines = linesOf(true);
  return { role: trial.role, side, lines, broken: linesOf(false), band: thinBand(bandOf(lines)) };
}

/** The best epoch of each run. Its logged value is looked for nearest to that epoch, since axes may count otherwise. */
export function bestMarks(trial: PlotTrial, metric: string, axis: Axis, factor: number): Mark[] {
  return trial.runs.flatMap(({ best, points }): Mark[] => {
    if (!best || !Number.isFinite(best.value)) return [];
    const shift = epochShift(points);
    let nearest: { x: number; far: number } | undefined;
    let row = 0;
    for (const point of points) {
      if (!(metric in point.values)) continue;
      row += 1;
      if (point.values[metric] !== best.value) continue;
      const x = axis === 'row' ? row : axis === 'epoch' ? (point.epoch ?? row) + shift : (point.step ?? row);
      const far = Math.abs((point.epoch === null ? row : point.epoch + shift) - best.epoch);
      if (!nearest || far < nearest.far) nearest = { x, far };
    }
    if (!nearest) return [];
    const place = axis === 'row' ? '' : ` · ${axis} ${nearest.x}`;
    return [
      {
        role: trial.role,
        x: nearest.x,
        y: best.value * factor,
        text: best.text === '' ? '' : best.text + place,
      },
    ];
  });
}

/** Where curves end badly: at the last number that was logged. */
export function endMarks(trial: PlotTrial, metric: string, axis: Axis, factor: number): Mark[] {
  return trial.runs.flatMap(({ end, points }): Mark[] => {
    const last = extractLine(points, metric, axis, factor).findLast((spot) => spot.y !== null);
    if (end === null || !last) return [];
    return [{ role: trial.role, x: last.x, y: last.y as number, text: end }];
  });
}
