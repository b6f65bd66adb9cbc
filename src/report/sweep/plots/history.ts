import type { Field, PositionDef } from 'vega-lite/types_unstable/channeldef.js';
import type { TopLevelSpec } from 'vega-lite';
import type { SweepSummary } from '../../../study/sweep/summary.ts';
import type { MetricChoice, StudyOutcome } from '../../../study/types.ts';
import { figuresOf } from '../../number.ts';
import { legendSpec, type LegendItem } from '../../plots/legend.ts';
import { PALETTE } from '../../plots/palette.ts';
import { CROSS, type Layer } from '../../plots/panel.ts';
import { pixelOf, placeRange, tickFormat } from '../../plots/range.ts';
import { plural } from '../../table.ts';
import { factorOf, metricTitle } from '../../plots/metric-title.ts';
import { page } from '../../plots/page.ts';
import { isBaselineBest } from '../sentences.ts';
import { heightOf, valueStretch, within } from './scale.ts';
import { shownOf, thinned } from './thinned.ts';

const WIDTH = 760;
const HEIGHT = 380;
/** Left of the panel: room for the labels of the value axis. */
const INSET = 48;
/** Labels on one edge keep this distance. */
const LABEL_PX = 17;
const MOST_TRIALS = 1500;

/** The value of each trial in the order of their numbers, and the best so far. */
export function historySpec(
  summary: SweepSummary,
  outcome: StudyOutcome | null,
  metric: MetricChoice,
): TopLevelSpec {
  const factor = factorOf(metric);
  const { trials, contender } = summary;
  const baseline = trials.find(({ origin }) => origin === 'baseline')?.value ?? null;
  const confirmed = contender && !contender.conclusion ? (outcome?.optimized.mean ?? null) : null;
  const claimed = trials.find(({ number }) => number === summary.best)?.value ?? null;
  const must = [baseline, confirmed, claimed].filter((value) => value !== null);
  const y = valueStretch(summary, metric, must);
  const x = placeRange(
    trials.map(({ number }) => number),
    10,
    WIDTH,
  );
  const at = (value: number): number => within(y, value * factor);
  const rows = thinned(summary, metric, MOST_TRIALS).flatMap((trial) => {
    const height = heightOf(trial);
    if (trial.state === 'failed')
      return [{ x: trial.number, y: metric.goal === 'max' ? y.low : y.high, kind: 'failed' }];
    if (height === null) return [];
    const kind = trial.origin === 'imported' ? 'imported' : trial.state;
    return [{ x: trial.number, y: at(height), kind }];
  });
  const steps = bestSoFar(summary, metric).map(({ number, value }) => ({ x: number, y: at(value) }));
  const pick = (kind: string) => ({ data: { values: rows.filter((row) => row.kind === kind) } });
  const place = axes(x, y, metric);
  const figures = figuresOf(metric.scale, must);
  const marks = spread(
    [
      ...(baseline === null
        ? []
        : [{ value: baseline, text: `baseline ${figures.value(baseline)}`, color: PALETTE.baseline }]),
      ...(claimed === null
        ? []
        : [
            {
              value: claimed,
              text: `${isBaselineBest(summary) ? 'best other' : 'best'} ${figures.value(claimed)}`,
              color: PALETTE.optimized,
            },
          ]),
      ...(confirmed === null
        ? []
        : [{ value: confirmed, text: `confirmed ${figures.value(confirmed)}`, color: PALETTE.helped }]),
    ].map((mark) => ({ ...mark, y: at(mark.value) })),
    y,
  );
  const color = { field: 'color', type: 'nominal', scale: null, legend: null } as const;
  const layer: Layer[] = [
    {
      data: { values: marks },
      mark: { type: 'rule', strokeDash: [2, 3], strokeWidth: 1.3 },
      encoding: { y: place.y, color },
    },
    {
      data: { values: steps },
      mark: {
        type: 'line',
        interpolate: 'step-after',
        strokeWidth: 2.6,
        color: PALETTE.optimized,
        opacity: 0.9,
      },
      encoding: place,
    },
    {
      ...pick('pruned'),
      mark: {
        type: 'point',
        size: 42,
        stroke: PALETTE.neutral,
        strokeWidth: 1.4,
        fill: '#ffffff',
        opacity: 0.9,
      },
      encoding: place,
    },
    {
      ...pick('imported'),
      mark: { type: 'point', shape: 'diamond', size: 62, filled: true, color: PALETTE.neutral, opacity: 0.8 },
      encoding: place,
    },
    {
      ...pick('complete'),
      mark: {
        type: 'point',
        size: 62,
        filled: true,
        color: PALETTE.baseline,
        opacity: 0.85,
        stroke: '#ffffff',
        strokeWidth: 0.8,
      },
      encoding: place,
    },
    {
      ...pick('failed'),
      mark: {
        type: 'point',
        shape: CROSS,
        size: 60,
        strokeWidth: 2,
        filled: false,
        color: PALETTE.hurt,
        opacity: 1,
      },
      encoding: place,
    },
    ...marks.map((mark): Layer => ({
      data: { values: [mark] },
      mark: {
        type: 'text',
        align: 'left',
        baseline: 'middle',
        fontSize: 13,
        fontWeight: 600,
        color: mark.color,
      },
      encoding: {
        x: { value: WIDTH + 10 },
        y: { value: pixelOf(y, y.low + y.high - mark.label, HEIGHT) },
        text: { field: 'text', type: 'nominal' },
      },
    })),
  ];
  const kinds = new Set(rows.map(({ kind }) => kind));
  const items: LegendItem[] = [
    { swatch: 'dot', color: PALETTE.baseline, text: 'complete' },
    ...(kinds.has('pruned')
      ? [{ swatch: 'dot' as const, color: PALETTE.axis, text: 'ended early, where it was' }]
      : []),
    ...(kinds.has('imported') ? [{ swatch: 'dot' as const, color: PALETTE.neutral, text: 'imported' }] : []),
    ...(kinds.has('failed') ? [{ swatch: 'cross' as const, color: PALETTE.hurt, text: 'failed' }] : []),
    { swatch: 'line', color: PALETTE.optimized, text: 'best so far' },
  ];
  const { epochsSpent, epochsSaved } = summary;
  const saved = epochsSaved > 0 ? `, ${epochsSaved} saved by ending trials early` : '';
  return {
    ...page(
      `Search for ${metricTitle(metric).replace(' (%)', '')}`,
      `${plural(trials.length, 'trial')} in ${plural(summary.trainings, 'training')}, ${epochsSpent} epochs${saved}${shownOf(summary, MOST_TRIALS)}`,
      -INSET,
    ),
    description: 'Value of each trial and the best so far',
    spacing: 34,
    vconcat: [legendSpec(items, WIDTH, INSET), { width: WIDTH, height: HEIGHT, layer }],
  };
}

function axes(
  x: ReturnType<typeof placeRange>,
  y: ReturnType<typeof valueStretch>,
  metric: MetricChoice,
): { x: PositionDef<Field>; y: PositionDef<Field> } {
  const pad = (x.high - x.low) * 0.015 || 0.5;
  return {
    x: {
      field: 'x',
      type: 'quantitative',
      scale: { domain: [x.low - pad, x.high + pad], nice: false, zero: false },
      axis: { values: x.ticks, format: 'd', title: 'trial', grid: false },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      scale: { domain: [y.low, y.high], nice: false, zero: false },
      axis: {
        values: y.ticks,
        format: tickFormat(y),
        title: metricTitle(metric),
        titleAngle: 0,
        titleAlign: 'left',
        titleAnchor: 'end',
        titleX: -INSET,
        titleY: -14,
      },
    },
  };
}

function bestSoFar({ trials }: SweepSummary, metric: MetricChoice): { number: number; value: number }[] {
  let best: number | null = null;
  const steps: { number: number; value: number }[] = [];
  for (const { number, value } of trials) {
    if (value !== null && (best === null || (metric.goal === 'max' ? value > best : value < best)))
      steps.push({ number, value: (best = value) });
  }
  const last = trials.at(-1);
  if (best !== null && last) steps.push({ number: last.number, value: best });
  return steps;
}

/** Labels that would cover one another are moved apart, in the order of their values. */
function spread<T extends { y: number }>(
  marks: readonly T[],
  y: { low: number; high: number },
): (T & { label: number })[] {
  const unit = ((y.high - y.low) / HEIGHT) * LABEL_PX;
  const placed = marks.toSorted((a, b) => a.y - b.y).map((mark) => ({ ...mark, label: mark.y }));
  for (let round = 0; round < 20; round++) {
    for (let index = 1; index < placed.length; index++) {
      const [below, above] = [placed[index - 1], placed[index]];
      const overlap = below && above ? unit - (above.label - below.label) : 0;
      if (!below || !above || overlap <= 0) continue;
      below.label -= overlap / 2;
      above.label += overlap / 2;
    }
  }
  return placed;
}
