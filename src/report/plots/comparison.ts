import type { TopLevelSpec } from 'vega-lite';
import { toPlain } from '../plain.ts';
import { axisOf, bestMarks, endMarks, strandOf, type CurvesPlot, type Strand } from './curves.ts';
import { draw, type Drawing } from './draw.ts';
import { typeface } from './inter.ts';
import { legendSpec, shorten, type LegendItem } from './legend.ts';
import { DENSE, type Line } from './line.ts';
import { factorOf } from './metric-title.ts';
import { page } from './page.ts';
import { PALETTE } from './palette.ts';
import { panelSpec, type Panel } from './panel.ts';
import { lossRange, placeRange, valueRange, type Range } from './range.ts';

const WIDTH = 1090;
/** Title, key and axis titles start this far left of the panels. */
const INSET = 52;

/** Learning curves of two or three trials: the deciding metric, and below it the losses where they are logged. */
export function drawCurves(plot: CurvesPlot): Promise<Drawing> {
  return draw(curvesSpec(plot));
}

export function curvesSpec(plot: CurvesPlot): TopLevelSpec {
  const axis = axisOf(plot);
  const { metric, trials, target } = plot;
  const factor = factorOf(metric);
  const strands = (name: string | null, side: Strand['side'], by: number): Strand[] =>
    name === null
      ? []
      : trials
          .map((trial) => strandOf(trial, name, side, axis, by))
          .filter(({ lines, broken }) => lines.length + broken.length > 0);

  const main = [...strands(metric.train, 'training', factor), ...strands(metric.name, 'validation', factor)];
  const losses = [
    ...strands(metric.trainLoss === metric.train ? null : metric.trainLoss, 'training', 1),
    ...strands(metric.valLoss === metric.name ? null : metric.valLoss, 'validation', 1),
  ];
  const bests = trials.flatMap((trial) => bestMarks(trial, metric.name, axis, factor));
  const ends = trials.flatMap((trial) => endMarks(trial, metric.name, axis, factor));
  const goal = target === null ? null : { value: target.value * factor, text: target.text };
  const x = placeRange(
    linesOf([...main, ...losses]).flatMap((line) => line.map((spot) => spot.x)),
    12,
    WIDTH,
  );
  const y = valueRange(
    linesOf(main),
    [...[...bests, ...ends].map((mark) => mark.y), ...(goal === null ? [] : [goal.value])],
    7,
  );
  const hasLosses = losses.length > 0;
  const xTitle = axis === 'row' ? 'logged row' : axis;
  const panels: Panel[] = [
    {
      title: axisTitle(toPlain(metric.name), metric.scale === 'other' ? '' : ' (%)', y),
      xTitle: hasLosses ? null : xTitle,
      width: WIDTH,
      height: hasLosses ? 330 : 470,
      x,
      y,
      strands: main,
      bests: trials.length * 3 < bests.length ? bests.map((mark) => ({ ...mark, text: '' })) : bests,
      ends: ends.length > 4 ? ends.map((mark) => ({ ...mark, text: '' })) : ends,
      target: goal,
    },
  ];
  if (hasLosses) {
    const range = lossRange(linesOf(losses), 4);
    panels.push({
      title: axisTitle('loss', range.isLog ? ' (log scale)' : '', range),
      xTitle,
      width: WIDTH,
      height: 140,
      x,
      y: range,
      strands: losses,
      bests: [],
      ends: [],
      target: null,
    });
  }
  const bold = (size: number) => (text: string) => typeface('bold').widthOf(text, size);
  const regular = (size: number) => (text: string) => typeface('regular').widthOf(text, size);
  const sheet = page(
    shorten(toPlain(plot.title), WIDTH + 50, bold(20)),
    shorten(toPlain(plot.subtitle), WIDTH + 50, regular(13)),
    null,
  );
  return {
    ...sheet,
    description: `${toPlain(plot.title)}. ${toPlain(plot.subtitle)}`,
    bounds: 'flush',
    spacing: 34,
    vconcat: [
      legendSpec(legendItems(plot, main, ends.length > 0), WIDTH, INSET),
      ...panels.map((panel) => panelSpec(panel, INSET)),
    ],
    config: {
      ...sheet.config,
      axis: { ...sheet.config?.axis, tickSize: 4, labelPadding: 6 },
      axisY: { domain: false, ticks: false },
      axisX: { titlePadding: 10, labelFlush: false, labelOverlap: 'parity' },
    },
  };
}

const linesOf = (strands: readonly Strand[]): Line[] =>
  strands.flatMap(({ lines, broken }) => [...lines, ...broken]);

function axisTitle(name: string, unit: string, { isCut, low, high }: Range): string {
  const cut =
    isCut === null
      ? ''
      : ` · values ${isCut} ${Number((isCut === 'below' ? low : high).toPrecision(3))} not shown`;
  const room = WIDTH - typeface('bold').widthOf(unit + cut, 13);
  return shorten(name, room, (text) => typeface('bold').widthOf(text, 13)) + unit + cut;
}

function legendItems({ trials }: CurvesPlot, main: readonly Strand[], hasEnds: boolean): LegendItem[] {
  const isBanded = main.some((strand) => strand.side === 'validation' && strand.band.length > 0);
  const hasTraining = main.some((strand) => strand.side === 'training');
  const grey = PALETTE.soft;
  const isDense = main.some((strand) =>
    [...strand.lines, ...strand.broken].some((line) => line.length > DENSE),
  );
  return [
    ...trials.map(({ role, legend }): LegendItem => ({
      swatch: 'line',
      color: PALETTE[role],
      text: toPlain(legend),
      isBold: true,
    })),
    ...(hasTraining
      ? ([
          { swatch: 'line', color: grey, text: 'validation' },
          { swatch: 'dash', color: grey, text: 'training' },
        ] as const)
      : []),
    ...(isBanded ? [{ swatch: 'band', color: grey, text: 'mean and range of seeds' } as const] : []),
    {
      swatch: 'dot',
      color: grey,
      text: isDense ? 'value that counts (lines are means of neighbours)' : 'value that counts',
    },
    ...(hasEnds ? [{ swatch: 'cross', color: grey, text: 'broken off' } as const] : []),
  ];
}
