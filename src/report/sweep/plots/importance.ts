import type { Field, PositionDef } from 'vega-lite/types_unstable/channeldef.js';
import type { TopLevelSpec } from 'vega-lite';
import { toPlain } from '../../plain.ts';
import { typeface } from '../../plots/inter.ts';
import { shorten } from '../../plots/legend.ts';
import { PALETTE } from '../../plots/palette.ts';
import type { Layer } from '../../plots/panel.ts';
import type { Importance } from '../importance.ts';
import { page } from '../../plots/page.ts';

const ROW_PX = 38;
const WIDTH = 520;
const WIDEST_NAME = 250;
const MOST = 16;

/** How much each parameter matters, with its interval; grey where chance would show as much. */
export function importanceSpec(importance: readonly Importance[]): TopLevelSpec {
  const bold = (text: string): number => typeface('bold').widthOf(text, 13);
  const shown = importance.slice(0, MOST);
  const names = Math.min(WIDEST_NAME, 24 + Math.max(...shown.map(({ param }) => bold(toPlain(param, 200)))));
  const rows = shown.map(({ param, share, low, high, isAboveChance }, index) => ({
    y: index * ROW_PX + ROW_PX / 2,
    name: shorten(toPlain(param, 200), names - 20, bold),
    share: share * 100,
    low: low * 100,
    high: high * 100,
    zero: 0,
    color: isAboveChance ? PALETTE.baseline : PALETTE.axis,
    words: `${Math.round(share * 100)} %${isAboveChance ? '' : ' · within chance'}`,
  }));
  const most = Math.min(100, Math.max(10, ...rows.map(({ high }) => high)) * 1.04);
  const value = (field: string): PositionDef<Field> => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, most], nice: false },
    axis: { title: 'share of importance (%)', grid: true, tickCount: 6 },
  });
  const at = { field: 'y', type: 'quantitative', scale: null, axis: null } as const;
  const color = { field: 'color', type: 'nominal', scale: null, legend: null } as const;
  const layer: Layer[] = [
    {
      mark: { type: 'bar', size: 16, cornerRadiusEnd: 2, opacity: 0.9 },
      encoding: { x: value('zero'), x2: { field: 'share' }, y: at, color },
    },
    {
      mark: { type: 'rule', strokeWidth: 1.6, color: PALETTE.ink },
      encoding: { x: value('low'), x2: { field: 'high' }, y: at },
    },
    ...(['low', 'high'] as const).map((end): Layer => ({
      mark: { type: 'tick', orient: 'vertical', size: 9, thickness: 1.6, color: PALETTE.ink },
      encoding: { x: value(end), y: at },
    })),
    {
      mark: {
        type: 'text',
        align: 'left',
        baseline: 'middle',
        fontSize: 13,
        fontWeight: 600,
        color: PALETTE.ink,
      },
      encoding: { x: { value: -names }, y: at, text: { field: 'name', type: 'nominal' } },
    },
    {
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 12, color: PALETTE.soft },
      encoding: { x: { value: WIDTH + 14 }, y: at, text: { field: 'words', type: 'nominal' } },
    },
  ];
  return {
    ...page(
      'Importance of the parameters',
      'bar: share · line: 90 % bootstrap interval · grey: no more than chance would show',
      -names,
    ),
    description: 'Importance of each parameter',
    width: WIDTH,
    height: Math.max(1, rows.length) * ROW_PX,
    data: { values: rows },
    layer,
  };
}
