import { summarizeRuns, type ComparedGroup, type Comparison } from '../comparison.ts';
import { figuresOf, type Figures } from '../number.ts';
import { formatRelative } from '../percent.ts';
import { toPlain } from '../plain.ts';
import { plural } from '../table.ts';
import { signedAsLogged } from '../view.ts';
import { drawCurves } from './comparison.ts';
import type { CurvesPlot, PlotTrial } from './curves.ts';
import type { Drawing } from './draw.ts';

/** The curves of two groups of runs, for `pawl compare --plot`. */
export function renderGroupsPlot(comparison: Comparison): Promise<Drawing> {
  return drawCurves(groupsPlotOf(comparison));
}

export function groupsPlotOf({ metric, baseline, optimized, effect, verdict }: Comparison): CurvesPlot {
  const figures = figuresOf(
    metric.scale,
    [...baseline.runs, ...optimized.runs].map((run) => run.value),
    [effect.absolute],
  );
  const [from, to] = [summarizeRuns(baseline.runs).mean, summarizeRuns(optimized.runs).mean];
  const name = toPlain(metric.name, 40);
  const relative =
    effect.relative === null ? '' : `, ${formatRelative(signedAsLogged(effect.relative, metric))}`;
  const change = `${figures.difference(signedAsLogged(effect.absolute, metric))}${relative}`;
  return {
    title:
      from === null || to === null
        ? `${name}: ${verdict}`
        : `${name} ${figures.value(from)} → ${figures.value(to)} (${change}): ${verdict}`,
    subtitle: `${toPlain(baseline.label, 50)} against ${toPlain(optimized.label, 50)} · ${metric.goal === 'max' ? 'higher' : 'lower'} is better`,
    metric: {
      name: metric.name,
      scale: metric.scale,
      train: metric.train ?? null,
      trainLoss: metric.trainLoss ?? null,
      valLoss: metric.valLoss ?? null,
    },
    target: null,
    trials: [trialOf('baseline', baseline, figures), trialOf('optimized', optimized, figures)],
  };
}

function trialOf(role: PlotTrial['role'], { label, runs }: ComparedGroup, figures: Figures): PlotTrial {
  const { mean, sd, n } = summarizeRuns(runs);
  const spread = sd === null ? '' : ` ± ${figures.spread(sd)}`;
  return {
    role,
    legend: `${toPlain(label, 40)} ${figures.value(mean)}${spread} (${plural(n, 'run')})`,
    runs: runs.flatMap(({ label, value, points, epoch }) => {
      if (points === undefined) return [];
      const isWhole = Number.isFinite(value);
      const text = runs.length === 1 ? figures.value(value) : '';
      return [
        {
          id: label,
          points,
          isWhole,
          best: isWhole ? { epoch: epoch ?? 0, value, text } : null,
          end: isWhole ? null : `${toPlain(label, 24)} diverged`,
        },
      ];
    }),
  };
}
