import type { TopLevelSpec } from 'vega-lite';
import type { SweepSummary } from '../../../study/sweep/summary.ts';
import type { MetricChoice } from '../../../study/types.ts';
import { toPlain } from '../../plain.ts';
import { typeface } from '../../plots/inter.ts';
import { shorten } from '../../plots/legend.ts';
import { PALETTE } from '../../plots/palette.ts';
import type { Layer } from '../../plots/panel.ts';
import type { Importance } from '../importance.ts';
import { factorOf, metricTitle } from '../../plots/metric-title.ts';
import { page } from '../../plots/page.ts';
import { paramAxis } from './position.ts';
import { valueStretch, within } from './scale.ts';

const HEIGHT = 360;
const STEP_PX = 150;
const MOST_PARAMS = 8;
const MOST_LINES = 200;
/** Light to dark, readable in grey: the better, the darker. */
const RAMP = ['#d9dde3', '#a9c4dc', '#5b9bc8', '#0072B2', '#00456e'];

/** Every complete configuration as a line across its parameters to its value; the best on top. */
export function parallelSpec(
  summary: SweepSummary,
  metric: MetricChoice,
  importance: readonly Importance[],
): TopLevelSpec | null {
  const complete = summary.trials.filter(({ value }) => value !== null);
  const order = new Map(importance.map(({ param }, index) => [param, index]));
  const params = summary.plan.space.params
    .toSorted((a, b) => (order.get(a.name) ?? 99) - (order.get(b.name) ?? 99))
    .slice(0, MOST_PARAMS);
  if (complete.length < 2 || params.length < 2) return null;
  const axes = params.map((param) => paramAxis(param, summary));
  const factor = factorOf(metric);
  const y = valueStretch(summary, metric, []);
  const heightOf = (value: number): number => (within(y, value * factor) - y.low) / (y.high - y.low);
  const ranked = complete
    .toSorted((a, b) => (metric.goal === 'max' ? a.value! - b.value! : b.value! - a.value!))
    .slice(-MOST_LINES);
  const px = (share: number): number => (1 - share) * HEIGHT;
  const lines = ranked.map((trial, rank) => {
    const isBest = trial.number === summary.best;
    const share = ranked.length < 2 ? 1 : rank / (ranked.length - 1);
    const color = isBest
      ? PALETTE.optimized
      : (RAMP[Math.min(RAMP.length - 1, Math.floor(share * RAMP.length))] as string);
    const points = axes.map(({ param, positionOf }, index) => ({
      x: index * STEP_PX,
      at: positionOf(trial.params[param.name]),
    }));
    points.push({ x: axes.length * STEP_PX, at: heightOf(trial.value as number) });
    return points.map(({ x, at }) => ({ line: rank, x, y: at === null ? null : px(at), color, isBest }));
  });
  const flat = { type: 'quantitative', scale: null, axis: null } as const;
  const place = { x: { field: 'x', ...flat }, y: { field: 'y', ...flat } } as const;
  const color = { field: 'color', type: 'nominal', scale: null, legend: null } as const;
  const rails = [...axes.map(({ param }) => toPlain(param.name, 120)), metricTitle(metric)].map(
    (name, index) => ({
      x: index * STEP_PX,
      top: 0,
      bottom: HEIGHT,
      name: shorten(name, STEP_PX - 16, (text) => typeface('bold').widthOf(text, 13)),
    }),
  );
  const ticks = [
    ...axes.flatMap(({ ticks: own }, index) =>
      own.map(({ at, text }) => ({ x: index * STEP_PX, y: px(at), text })),
    ),
    ...y.ticks.map((tick) => ({
      x: axes.length * STEP_PX,
      y: px((tick - y.low) / (y.high - y.low)),
      text: String(tick),
    })),
  ];
  const linesOf = (isBest: boolean): Layer => ({
    data: { values: lines.flat().filter((row) => row.isBest === isBest) },
    mark: {
      type: 'line',
      strokeWidth: isBest ? 3 : 1.5,
      opacity: isBest ? 1 : 0.75,
    },
    encoding: { ...place, color, detail: { field: 'line' }, order: { field: 'x', type: 'quantitative' } },
  });
  const halo = { stroke: '#ffffff', strokeWidth: 4, strokeJoin: 'round' } as const;
  const label = (extra: object): Layer => ({
    data: { values: ticks },
    mark: { type: 'text', align: 'right', baseline: 'middle', dx: -8, fontSize: 11, ...extra },
    encoding: { ...place, text: { field: 'text', type: 'nominal' } },
  });
  const layer: Layer[] = [
    linesOf(false),
    linesOf(true),
    {
      data: { values: rails },
      mark: { type: 'rule', color: PALETTE.ink, strokeWidth: 1.2 },
      encoding: { x: { field: 'x', ...flat }, y: { field: 'top', ...flat }, y2: { field: 'bottom' } },
    },
    {
      data: { values: ticks },
      mark: { type: 'tick', orient: 'horizontal', size: 9, thickness: 1.2, color: PALETTE.ink },
      encoding: place,
    },
    label(halo),
    label({ color: PALETTE.soft }),
    {
      data: { values: rails },
      mark: {
        type: 'text',
        align: 'center',
        baseline: 'bottom',
        fontSize: 13,
        fontWeight: 600,
        color: PALETTE.ink,
        dy: -12,
      },
      encoding: {
        x: { field: 'x', ...flat },
        y: { field: 'top', ...flat },
        text: { field: 'name', type: 'nominal' },
      },
    },
  ];
  const hidden = summary.plan.space.params.length - params.length;
  return {
    ...page(
      'Configurations and what they came to',
      `the darker, the better · orange: the chosen one${hidden > 0 ? ` · the ${params.length} most important of ${params.length + hidden} parameters` : ''}`,
      -40,
    ),
    description: 'Parallel coordinates of all complete configurations',
    width: axes.length * STEP_PX,
    height: HEIGHT,
    layer,
  };
}
