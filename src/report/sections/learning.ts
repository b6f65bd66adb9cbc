import { posix } from 'node:path';
import type { Point } from '../../metrics/_contract.ts';
import { countedRuns } from '../counted.ts';
import { escapeMarkdown, linkTarget } from '../escape.ts';
import { epochShift } from '../plots/line.ts';
import { blocks, bullets } from '../table.ts';
import type { Column, ReportView } from '../view.ts';

/** `plotFailure`: why there is no plot. */
export function learningCurves(view: ReportView, plotFailure: string | null): string {
  const { artifacts, metric } = view.outcome;
  const relative = (path: string): string =>
    linkTarget(posix.relative(posix.dirname(artifacts.report), path));
  const picture =
    plotFailure === null
      ? `![Learning curves: ${escapeMarkdown(metric.name)} of baseline and optimized by epoch](${relative(artifacts.plot)})\n\nAs SVG: [${escapeMarkdown(posix.basename(artifacts.plotSvg))}](${relative(artifacts.plotSvg)})`
      : `The plot could not be drawn: ${escapeMarkdown(plotFailure)}.`;
  return blocks(
    '## Learning Curves',
    picture,
    bullets([...view.columns.flatMap((column) => shapeOf(column, view)), ...crossing(view)]),
  );
}

/** Where the best epoch lies and what is lost after it. */
function shapeOf({ name, result }: Column, { figures }: ReportView): string[] {
  return countedRuns(result).map((run) => {
    const { best, bestEpoch, epochs, last } = run.value;
    const place = `best epoch ${bestEpoch} of ${epochs}`;
    const late = epochs >= 4 && bestEpoch > 0.75 * epochs ? ', in the last quarter of the training' : '';
    const lost = figures.isZero(best - last)
      ? ''
      : `; the last epoch is at ${figures.value(last)}, ${figures.magnitude(best - last)} from the best`;
    const seed = result.runs.length > 1 ? `, seed ${run.seed ?? 'not known'}` : '';
    return `${name}${seed}: ${place} (${figures.value(best)})${late}${lost}.`;
  });
}

/** When the optimized runs first reach what the baseline came to. */
function crossing({ outcome, figures }: ReportView): string[] {
  const { baseline, optimized, metric, curves } = outcome;
  const level = baseline.mean;
  if (level === null) return [];
  const runs = countedRuns(optimized).filter((run) => curves[run.id] !== undefined);
  if (runs.length === 0) return [];
  const reached = runs.map((run) => firstAtLeast(curves[run.id] ?? [], level, metric));
  const epochs = reached.filter((epoch) => epoch !== null);
  const goal = `the baseline's ${figures.value(level)}`;
  if (epochs.length === 0) return [`No optimized run reaches ${goal}.`];
  const when =
    epochs.length === 1 ? `epoch ${epochs[0]}` : `epochs ${Math.min(...epochs)} to ${Math.max(...epochs)}`;
  if (runs.length === 1) return [`The optimized run first reaches ${goal} at ${when}.`];
  return [`${epochs.length} of ${runs.length} optimized runs reach ${goal}, first at ${when}.`];
}

function firstAtLeast(
  points: readonly Point[],
  level: number,
  metric: ReportView['outcome']['metric'],
): number | null {
  const shift = epochShift(points);
  let row = 0;
  for (const point of points) {
    const value = point.values[metric.name];
    if (value === undefined) continue;
    row += 1;
    if (metric.goal === 'max' ? value >= level : value <= level)
      return point.epoch === null ? row : point.epoch + shift;
  }
  return null;
}
