import type { Field } from 'vega-lite/types_unstable/channeldef.js';
import type { LayerSpec } from 'vega-lite/types_unstable/spec/index.js';
import { typeface } from './inter.ts';
import { PALETTE } from './palette.ts';
import { CROSS, type Layer } from './panel.ts';

type Swatch = 'line' | 'dash' | 'band' | 'dot' | 'cross';
export interface LegendItem {
  swatch: Swatch;
  color: string;
  text: string;
  isBold?: boolean;
}

const TEXT_PX = 13;
const SWATCH_PX = 24;
const ROW_PX = 22;

/** A key laid out in rows as wide as the panel, from `inset` px left of it. Vega's own legends do not mix lines, bands and marks in one row. */
export function legendSpec(items: readonly LegendItem[], width: number, inset: number): LayerSpec<Field> {
  let x = -inset;
  let row = 0;
  const placed = items.map((item) => {
    const face = typeface(item.isBold ? 'bold' : 'regular');
    const text = shorten(item.text, width + inset - SWATCH_PX - 8, (value) => face.widthOf(value, TEXT_PX));
    const needed = SWATCH_PX + 8 + face.widthOf(text, TEXT_PX);
    if (x > -inset && x + needed > width) {
      x = -inset;
      row += 1;
    }
    const place = {
      ...item,
      text,
      x,
      x2: x + SWATCH_PX,
      textX: x + SWATCH_PX + 8,
      middle: x + SWATCH_PX / 2,
      y: row * ROW_PX + ROW_PX / 2,
    };
    x += needed + 22;
    return place;
  });
  const axis = { type: 'quantitative', scale: null, axis: null } as const;
  const color = { field: 'color', type: 'nominal', scale: null, legend: null } as const;
  const of = (...kinds: Swatch[]): { data: { values: typeof placed } } => ({
    data: { values: placed.filter((item) => kinds.includes(item.swatch)) },
  });
  const span = { x: { field: 'x', ...axis }, x2: { field: 'x2' }, y: { field: 'y', ...axis } } as const;
  const centre = { x: { field: 'middle', ...axis }, y: { field: 'y', ...axis } } as const;
  const words = (isBold: boolean): Layer => ({
    data: { values: placed.filter((item) => (item.isBold ?? false) === isBold) },
    mark: {
      type: 'text',
      align: 'left',
      baseline: 'middle',
      fontSize: TEXT_PX,
      fontWeight: isBold ? 600 : 400,
      color: PALETTE.ink,
    },
    encoding: {
      x: { field: 'textX', ...axis },
      y: { field: 'y', ...axis },
      text: { field: 'text', type: 'nominal' },
    },
  });
  return {
    width,
    height: (row + 1) * ROW_PX,
    view: { stroke: null },
    layer: [
      { ...of('band'), mark: { type: 'rule', strokeWidth: 12, opacity: 0.25 }, encoding: { ...span, color } },
      { ...of('line', 'band'), mark: { type: 'rule', strokeWidth: 2.6 }, encoding: { ...span, color } },
      {
        ...of('dash'),
        mark: { type: 'rule', strokeWidth: 1.6, strokeDash: [5, 4], opacity: 0.85 },
        encoding: { ...span, color },
      },
      {
        ...of('dot'),
        mark: { type: 'point', filled: true, size: 95, opacity: 1 },
        encoding: { ...centre, color },
      },
      {
        ...of('cross'),
        mark: {
          type: 'point',
          shape: CROSS,
          size: 110,
          strokeWidth: 2.6,
          opacity: 1,
          filled: false,
        },
        encoding: { ...centre, color },
      },
      words(true),
      words(false),
    ],
  };
}

/** Cuts text with an ellipsis so that it fits `width`. */
export function shorten(text: string, width: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= width) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(letters.slice(0, middle).join('') + '…') <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join('') + '…';
}
