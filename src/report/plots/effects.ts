import type { Field, PositionDef } from 'vega-lite/types_unstable/channeldef.js';
import type { TopLevelSpec } from 'vega-lite';
import type { ChangeLabel, ChangeOutcome, MetricChoice } from '../../study/types.ts';
import { figuresOf, type Figures } from '../number.ts';
import { toPlain } from '../plain.ts';
import { formatSetting } from '../setting.ts';
import { factorOf } from './metric-title.ts';
import { draw, type Drawing } from './draw.ts';
import { typeface } from './inter.ts';
import { shorten } from './legend.ts';
import { page } from './page.ts';
import { PALETTE } from './palette.ts';
import type { Layer } from './panel.ts';
import { linearTicks, tickFormat, type Range } from './range.ts';

const ROW_PX = 46;
const WIDTH = 560;
/** Room for the names on the left and the words on the right. */
const NAMES = 330;
const WORDS = 250;

const COLORS: Record<ChangeLabel, string> = {
  helped: PALETTE.helped,
  hurt: PALETTE.hurt,
  undetermined: PALETTE.neutral,
  inert: PALETTE.neutral,
  'not-separated': PALETTE.neutral,
};

/** What is known of each change alone: estimate and interval, oriented so that right is better. */
export function renderEffectsPlot(
  changes: readonly ChangeOutcome[],
  metric: Pick<MetricChoice, 'name' | 'scale' | 'goal'>,
): Promise<Drawing> {
  return draw(effectsSpec(changes, metric));
}

function effectsSpec(
  changes: readonly ChangeOutcome[],
  metric: Pick<MetricChoice, 'name' | 'scale' | 'goal'>,
): TopLevelSpec {
  const factor = factorOf(metric);
  const figures = figuresOf(
    metric.scale,
    [],
    changes.map((change) => change.effect.estimate),
  );
  const bold = (text: string): number => typeface('bold').widthOf(text, 13);
  const regular = (text: string): number => typeface('regular').widthOf(text, 12);
  const rows = changes.map((change, index) => ({
    y: index * ROW_PX + ROW_PX / 2,
    name: shorten(toPlain(change.path), NAMES - 24, bold),
    change: shorten(settingOf(change), NAMES - 24, regular),
    words: shorten(wordsOf(change, figures), WORDS - 16, regular),
    color: COLORS[change.effect.label],
    estimate: scaled(change.effect.estimate, factor),
    low: scaled(change.effect.low, factor),
    high: scaled(change.effect.high, factor),
  }));
  const x = rangeOf(rows);
  const height = Math.max(1, rows.length) * ROW_PX;
  const unit = metric.scale === 'other' ? '' : ' (pp)';
  const title = `${metric.goal === 'max' ? 'gain' : 'reduction'} of ${toPlain(metric.name, 40)}${unit}, right is better`;
  const value = (field: string): PositionDef<Field> => ({
    field,
    type: 'quantitative',
    scale: { domain: [x.low, x.high], nice: false, zero: false },
    axis: { values: x.ticks, format: tickFormat(x), title, grid: true },
  });
  const at = { field: 'y', type: 'quantitative', scale: null, axis: null } as const;
  const color = { field: 'color', type: 'nominal', scale: null, legend: null } as const;
  const text = (field: string, left: number, dy: number, style: object): Layer => ({
    mark: {
      type: 'text',
      align: 'left',
      baseline: 'middle',
      dy,
      fontSize: 12,
      color: PALETTE.soft,
      ...style,
    },
    encoding: { x: { value: left }, y: at, text: { field, type: 'nominal' } },
  });
  const known = { data: { values: rows.filter((row) => row.estimate !== null) } };
  const bounded = { data: { values: rows.filter((row) => row.low !== null && row.high !== null) } };
  const layer: Layer[] = [
    {
      data: { values: [{ zero: 0 }] },
      mark: { type: 'rule', color: PALETTE.ink, strokeWidth: 1.2 },
      encoding: { x: value('zero') },
    },
    {
      ...bounded,
      mark: { type: 'rule', strokeWidth: 5, opacity: 0.35, strokeCap: 'round' },
      encoding: { x: value('low'), x2: { field: 'high' }, y: at, color },
    },
    {
      ...known,
      mark: { type: 'point', filled: true, size: 120, opacity: 1, stroke: '#ffffff', strokeWidth: 1.6 },
      encoding: { x: value('estimate'), y: at, fill: color },
    },
    text('name', -NAMES, -9, { fontWeight: 600, fontSize: 13, color: PALETTE.ink }),
    text('change', -NAMES, 9, {}),
    text('words', WIDTH + 16, 0, { color: PALETTE.ink }),
  ];
  return {
    ...page(
      `Effect of each change on ${toPlain(metric.name, 50)}`,
      'dot: estimate · bar: interval · grey: not known',
      -NAMES,
    ),
    description: `Effect of each change on ${toPlain(metric.name)}`,
    width: WIDTH,
    height,
    data: { values: rows },
    layer,
  };
}

const scaled = (value: number | null, factor: number): number | null =>
  value === null || !Number.isFinite(value) ? null : value * factor;

function settingOf({ kind, from, to }: ChangeOutcome): string {
  if (kind === 'removed') return `removed (was ${formatSetting(from, 40)})`;
  return kind === 'new'
    ? `new: ${formatSetting(to, 50)}`
    : `${formatSetting(from, 25)} → ${formatSetting(to, 25)}`;
}

function wordsOf({ effect }: ChangeOutcome, figures: Figures): string {
  const word = effect.label.replace('-', ' ');
  if (effect.estimate === null) return effect.label === 'inert' ? 'inert: nothing changed' : word;
  return `${figures.difference(effect.estimate)} · ${word}`;
}

function rangeOf(
  rows: readonly { estimate: number | null; low: number | null; high: number | null }[],
): Range {
  const shown = rows.flatMap((row) => [row.estimate, row.low, row.high]).filter((value) => value !== null);
  const low = Math.min(0, ...shown);
  const high = Math.max(0, ...shown);
  const spread = high - low || 1;
  const range = { low: low - 0.06 * spread, high: high + 0.06 * spread };
  const ticks = shown.length === 0 ? [0] : linearTicks(range.low, range.high, 6);
  return { ...range, ticks, isLog: false, isCut: null };
}
