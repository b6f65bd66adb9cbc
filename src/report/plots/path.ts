import type { Field, PositionDef } from 'vega-lite/types_unstable/channeldef.js';
import type { TopLevelSpec } from 'vega-lite';
import type { StudyOutcome } from '../../study/types.ts';
import { figuresOf } from '../number.ts';
import { toPlain } from '../plain.ts';
import { draw, type Drawing } from './draw.ts';
import { factorOf, metricTitle } from './metric-title.ts';
import { page } from './page.ts';
import { PALETTE } from './palette.ts';
import type { Layer } from './panel.ts';
import { linearTicks, tickFormat } from './range.ts';

type PathOutcome = Pick<StudyOutcome, 'history' | 'baseline' | 'metric' | 'target'>;

/** The way of the study: baseline, then each iteration with its interval; accepted ones are joined. */
export function renderPathPlot(outcome: PathOutcome): Promise<Drawing> {
  return draw(pathSpec(outcome));
}

function pathSpec({ history, baseline, metric, target }: PathOutcome): TopLevelSpec {
  const factor = factorOf(metric);
  const sign = metric.goal === 'max' ? 1 : -1;
  const start = baseline.mean ?? 0;
  const figures = figuresOf(metric.scale, [start, ...history.map(({ value }) => value)]);
  const level = (gain: number | null | undefined): number | null =>
    gain === null || gain === undefined || !Number.isFinite(gain) ? null : (start + sign * gain) * factor;
  const points = [
    {
      x: 0,
      name: 'baseline',
      verdict: '',
      value: start * factor,
      low: null as number | null,
      high: null as number | null,
      label: figures.value(start),
      color: PALETTE.baseline as string,
      accepted: true,
    },
    ...history.flatMap((item) =>
      item.value === null || !Number.isFinite(item.value)
        ? []
        : [
            {
              x: item.iteration,
              name: `iteration ${item.iteration}`,
              verdict: item.verdict.replace('-', ' '),
              value: item.value * factor,
              low: level(item.low),
              high: level(item.high),
              label: figures.value(item.value),
              color: item.accepted ? PALETTE.helped : PALETTE.neutral,
              accepted: item.accepted,
            },
          ],
    ),
  ];
  const shown = points.flatMap(({ value, low, high }) => [value, low, high]);
  if (target) shown.push(target.value * factor);
  const known = shown.filter((value) => value !== null);
  const spread = Math.max(...known) - Math.min(...known) || 1;
  const range = { low: Math.min(...known) - 0.12 * spread, high: Math.max(...known) + 0.16 * spread };
  const ticks = linearTicks(range.low, range.high, 6);
  const y = (field: string): PositionDef<Field> => ({
    field,
    type: 'quantitative',
    scale: { domain: [range.low, range.high], nice: false, zero: false },
    axis: {
      values: ticks,
      format: tickFormat({ ...range, ticks, isLog: false, isCut: null }),
      title: metricTitle(metric),
      grid: true,
    },
  });
  // An iteration of which no run came to an end has no value, and keeps its place.
  const places = [
    ...points.map(({ x: place, name }) => ({ place, name })),
    ...history
      .filter(({ value }) => value === null || !Number.isFinite(value))
      .map(({ iteration, verdict }) => ({
        place: iteration,
        name: `iteration ${iteration}: ${verdict.replace('-', ' ')}, no value`,
      })),
  ];
  const names = Object.fromEntries(places.map(({ place, name }) => [place, name]));
  const x: PositionDef<Field> = {
    field: 'x',
    type: 'quantitative',
    scale: { domain: [-0.35, Math.max(...places.map(({ place }) => place)) + 0.35], nice: false },
    axis: {
      values: places.map(({ place }) => place),
      labelExpr: `(${JSON.stringify(names)})[datum.value]`,
      title: null,
      grid: false,
      ticks: false,
    },
  };
  const color = { field: 'color', type: 'nominal', scale: null, legend: null } as const;
  const layer: Layer[] = [
    ...(target
      ? [
          {
            data: { values: [{ y: target.value * factor, text: 'target' }] },
            mark: { type: 'rule' as const, color: PALETTE.target, strokeDash: [5, 4], strokeWidth: 1.2 },
            encoding: { y: y('y') },
          },
          {
            data: {
              values: [
                { x: -0.33, y: target.value * factor, text: `target ${figures.setpoint(target.value)}` },
              ],
            },
            mark: {
              type: 'text' as const,
              align: 'left' as const,
              dy: -8,
              fontSize: 12,
              color: PALETTE.target,
            },
            encoding: { x, y: y('y'), text: { field: 'text', type: 'nominal' as const } },
          },
        ]
      : []),
    {
      data: { values: points.filter(({ accepted }) => accepted) },
      mark: { type: 'line', color: PALETTE.helped, strokeWidth: 2, opacity: 0.6 },
      encoding: { x, y: y('value') },
    },
    {
      data: { values: points.filter(({ low, high }) => low !== null && high !== null) },
      mark: { type: 'rule', strokeWidth: 6, opacity: 0.3, strokeCap: 'round' },
      encoding: { x, y: y('low'), y2: { field: 'high' }, color },
    },
    {
      data: { values: points },
      mark: { type: 'point', filled: true, size: 150, opacity: 1, stroke: '#ffffff', strokeWidth: 1.6 },
      encoding: { x, y: y('value'), fill: color },
    },
    {
      data: { values: points },
      mark: {
        type: 'text',
        align: 'left',
        dx: 13,
        dy: 13,
        fontSize: 13,
        fontWeight: 600,
        color: PALETTE.ink,
      },
      encoding: { x, y: y('value'), text: { field: 'label', type: 'nominal' } },
    },
    {
      data: { values: points },
      mark: { type: 'text', align: 'left', dx: 13, dy: 29, fontSize: 12, color: PALETTE.soft },
      encoding: { x, y: y('value'), text: { field: 'verdict', type: 'nominal' } },
    },
  ];
  return {
    ...page(
      `${toPlain(metric.name, 50)} from the baseline over ${history.length} iterations`,
      'bar: interval against the baseline · line: accepted configurations · grey: not accepted',
    ),
    description: `Path of ${toPlain(metric.name)} over the iterations`,
    width: 620,
    height: 320,
    layer,
  };
}
