import type { LayerSpec } from 'vega-lite/types_unstable/spec/index.js';
import type { Field, PositionDef } from 'vega-lite/types_unstable/channeldef.js';
import type { TopLevelSpec } from 'vega-lite';
import { createRng } from '../../../math/rng.ts';
import type { SweepSummary } from '../../../study/sweep/summary.ts';
import type { MetricChoice } from '../../../study/types.ts';
import { toPlain } from '../../plain.ts';
import { typeface } from '../../plots/inter.ts';
import { shorten } from '../../plots/legend.ts';
import { PALETTE } from '../../plots/palette.ts';
import { tickFormat } from '../../plots/range.ts';
import type { Importance } from '../importance.ts';
import { factorOf, metricTitle } from '../../plots/metric-title.ts';
import { page } from '../../plots/page.ts';
import { paramAxis, type ParamAxis } from './position.ts';
import { heightOf, valueStretch, within } from './scale.ts';
import { shownOf, thinned } from './thinned.ts';

const WIDTH = 250;
const HEIGHT = 190;
const COLUMNS = 3;
const MOST_PARAMS = 9;
const MOST_TRIALS = 600;
/** Trials with the same choice stand side by side instead of on each other. */
const JITTER = 0.55;

/** The value over each parameter, most important first. */
export function slicesSpec(
  summary: SweepSummary,
  metric: MetricChoice,
  importance: readonly Importance[],
): TopLevelSpec | null {
  const order = new Map(importance.map(({ param }, index) => [param, index]));
  const params = summary.plan.space.params
    .toSorted((a, b) => (order.get(a.name) ?? 99) - (order.get(b.name) ?? 99))
    .slice(0, MOST_PARAMS);
  if (params.length === 0 || summary.trials.every((trial) => heightOf(trial) === null)) return null;
  const panels = params.map((param, index) =>
    panel(paramAxis(param, summary), summary, metric, index % COLUMNS === 0),
  );
  const rows: LayerSpec<Field>[][] = [];
  for (let start = 0; start < panels.length; start += COLUMNS)
    rows.push(panels.slice(start, start + COLUMNS));
  return {
    ...page(
      `${metricTitle(metric).replace(' (%)', '')} over each parameter`,
      `blue: complete · grey: ended early · orange: the chosen one${shownOf(summary, MOST_TRIALS)}`,
      -48,
    ),
    description: 'The metric over each parameter',
    spacing: 40,
    vconcat: rows.map((row) => ({ spacing: 34, hconcat: row })),
  };
}

function panel(
  { param, positionOf, ticks }: ParamAxis,
  summary: SweepSummary,
  metric: MetricChoice,
  isFirst: boolean,
): LayerSpec<Field> {
  const factor = factorOf(metric);
  const y = valueStretch(summary, metric, []);
  const isChoice = param.kind === 'categorical' || param.kind === 'ordinal';
  const rng = createRng(1, 0x511ce);
  const width = isChoice ? JITTER / Math.max(1, ticks.length) : 0;
  const rows = thinned(summary, metric, MOST_TRIALS).flatMap((trial) => {
    const at = positionOf(trial.params[param.name]);
    const height = heightOf(trial);
    const jitter = (rng.uniform() - 0.5) * width;
    if (at === null || height === null) return [];
    const isBest = trial.number === summary.best;
    const kind = isBest ? 'best' : trial.state === 'pruned' ? 'pruned' : 'complete';
    return [{ x: isBest ? at : at + jitter, y: within(y, height * factor), kind }];
  });
  const labels = new Map(ticks.map(({ at, text }) => [Number(at.toFixed(6)), text]));
  const expression = [...labels]
    .map(([at, text]) => `abs(datum.value - ${at}) < 1e-6 ? ${JSON.stringify(text)} : `)
    .join('');
  const name = shorten(toPlain(param.name, 120), WIDTH, (text) => typeface('bold').widthOf(text, 13));
  const place: { x: PositionDef<Field>; y: PositionDef<Field> } = {
    x: {
      field: 'x',
      type: 'quantitative',
      scale: { domain: [-0.03, 1.03], nice: false, zero: false },
      axis: {
        values: [...labels.keys()],
        labelExpr: `${expression}''`,
        labelOverlap: 'greedy',
        title: `${name}${!isChoice && param.isLog ? ' (log)' : ''}`,
        grid: false,
      },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      scale: { domain: [y.low, y.high], nice: false, zero: false },
      axis: {
        values: y.ticks,
        format: tickFormat(y),
        labels: isFirst,
        ticks: isFirst,
        title: isFirst ? metricTitle(metric) : null,
        titleAngle: 0,
        titleAlign: 'left',
        titleAnchor: 'end',
        titleX: -48,
        titleY: -14,
      },
    },
  };
  const of = (kind: string) => ({ data: { values: rows.filter((row) => row.kind === kind) } });
  return {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        ...of('pruned'),
        mark: {
          type: 'point',
          size: 30,
          stroke: PALETTE.neutral,
          strokeWidth: 1.2,
          fill: '#ffffff',
          opacity: 0.8,
        },
        encoding: place,
      },
      {
        ...of('complete'),
        mark: { type: 'point', size: 44, filled: true, color: PALETTE.baseline, opacity: 0.7 },
        encoding: place,
      },
      {
        ...of('best'),
        mark: {
          type: 'point',
          size: 110,
          filled: true,
          color: PALETTE.optimized,
          opacity: 1,
          stroke: '#ffffff',
          strokeWidth: 1.6,
        },
        encoding: place,
      },
    ],
  };
}
