import type { Field, PositionDef } from 'vega-lite/types_unstable/channeldef.js';
import type { LayerSpec, UnitSpec } from 'vega-lite/types_unstable/spec/index.js';
import { annotate } from './annotations.ts';
import type { Mark, Strand } from './curves.ts';
import { PALETTE } from './palette.ts';
import { tickFormat, type Range } from './range.ts';
import { loneSpots, strokesOf, type Strokes } from './strokes.ts';

export type Layer = LayerSpec<Field> | UnitSpec<Field>;

export interface Panel {
  title: string;
  /** null where a panel below shows the same axis. */
  xTitle: string | null;
  width: number;
  height: number;
  x: Range;
  y: Range;
  strands: Strand[];
  bests: Mark[];
  ends: Mark[];
  target: { value: number; text: string } | null;
}

interface Place {
  x: PositionDef<Field>;
  y: PositionDef<Field>;
}

export const CROSS = 'M-1,-1L1,1M1,-1L-1,1';
const ROLES = ['baseline', 'incumbent', 'optimized'] as const;
const COLOR = {
  field: 'role',
  type: 'nominal',
  legend: null,
  scale: { domain: [...ROLES], range: ROLES.map((role) => PALETTE[role]) },
} as const;
const WIDTHS = { baseline: 3.2, incumbent: 2.8, optimized: 2.4, fine: 1 } as const;

const values = <Row>(rows: Row[]): { data: { values: Row[] } } => ({ data: { values: rows } });
const spotsOf = (marks: readonly Mark[]): Omit<Mark, 'text'>[] =>
  marks.map(({ role, x, y }) => ({ role, x, y }));

/** One panel of curves as a Vega-Lite layer. */
export function panelSpec(panel: Panel, inset: number): LayerSpec<Field> {
  const { width, height, strands, bests, ends, target } = panel;
  const at = placeOf(panel, inset);
  const layer: Layer[] = [
    ...bandLayers(strands, at),
    ...strokesOf(strands, panel.y).flatMap((strokes) => strokeLayers(strokes, at)),
  ];
  if (target) {
    layer.push({
      ...values([{ y: target.value }]),
      mark: { type: 'rule', color: PALETTE.target, strokeWidth: 1.3, strokeDash: [2, 3] },
      encoding: { y: at.y },
    });
  }
  if (bests.length > 0) {
    layer.push({
      ...values(spotsOf(bests)),
      mark: { type: 'point', filled: true, size: 95, opacity: 1, stroke: '#ffffff', strokeWidth: 1.8 },
      encoding: { ...at, fill: COLOR },
    });
  }
  if (ends.length > 0) {
    layer.push({
      ...values(spotsOf(ends)),
      mark: {
        type: 'point',
        shape: CROSS,
        size: 110,
        strokeWidth: 2.6,
        opacity: 1,
        filled: false,
        clip: true,
      },
      encoding: { ...at, color: COLOR },
    });
  }
  layer.push(...annotate(panel));
  if (strands.length === 0) {
    const words = { ...at, text: { value: 'no curves were logged' } };
    const middle = { x: (panel.x.low + panel.x.high) / 2, y: (panel.y.low + panel.y.high) / 2 };
    layer.push({
      ...values([middle]),
      mark: { type: 'text', fontSize: 14, color: PALETTE.soft },
      encoding: words,
    });
  }
  return { width, height, layer };
}

function placeOf({ title, xTitle, x, y }: Panel, inset: number): Place {
  return {
    x: {
      field: 'x',
      type: 'quantitative',
      scale: { domain: [x.low, x.high], nice: false, zero: false },
      axis: { values: x.ticks, format: tickFormat(x), title: xTitle, labels: xTitle !== null, grid: false },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      scale: { domain: [y.low, y.high], nice: false, ...(y.isLog ? { type: 'log' } : { zero: false }) },
      axis: {
        values: y.ticks,
        format: tickFormat(y),
        title,
        titleAngle: 0,
        titleAlign: 'left',
        titleAnchor: 'end',
        titleX: -inset,
        titleY: -14,
      },
    },
  };
}

function bandLayers(strands: readonly Strand[], at: Place): Layer[] {
  const rows = strands
    .filter((strand) => strand.side === 'validation')
    .flatMap(({ role, band }) => band.map(({ x, low, high }) => ({ role, x, y: low, high })));
  if (rows.length === 0) return [];
  const encoding = { ...at, y2: { field: 'high' }, color: COLOR, detail: { field: 'role' } };
  return [{ ...values(rows), mark: { type: 'area', opacity: 0.16, clip: true }, encoding }];
}

function strokeLayers({ side, weight, rows }: Strokes, at: Place): Layer[] {
  const isTraining = side === 'training';
  const isMain = weight !== 'fine';
  const line: Layer = {
    ...values(rows),
    mark: {
      type: 'line',
      clip: true,
      strokeJoin: 'round',
      strokeWidth: isTraining ? 1.6 : WIDTHS[weight],
      opacity: isMain ? 1 : isTraining ? 0.75 : 0.35,
      ...(isTraining ? { strokeDash: [5, 4] } : {}),
    },
    encoding: { ...at, color: COLOR, detail: { field: 'line' } },
  };
  const lone = loneSpots(rows);
  if (lone.length === 0) return [line];
  const dot = { type: 'point', size: isMain ? 70 : 40, opacity: 1, clip: true } as const;
  const dots: Layer = isTraining
    ? { ...values(lone), mark: { ...dot, fill: '#ffffff' }, encoding: { ...at, stroke: COLOR } }
    : { ...values(lone), mark: { ...dot, filled: true }, encoding: { ...at, color: COLOR } };
  return [line, dots];
}
