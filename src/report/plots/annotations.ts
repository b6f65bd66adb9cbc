import type { Mark } from './curves.ts';
import { typeface } from './inter.ts';
import { thinLine, type Line } from './line.ts';
import { PALETTE } from './palette.ts';
import type { Layer, Panel } from './panel.ts';
import { placeLabels, type Label, type PlacedLabel } from './placement.ts';
import { pixelOf } from './range.ts';

const LABEL_PX = 13;
const LABEL_HEIGHT = LABEL_PX + 4;

type ColoredLabel = PlacedLabel & { color: string };

/** The texts of a panel, placed in px so that none covers another, and as little as can be of the curves. */
export function annotate(panel: Panel): Layer[] {
  const { width, height, x, y, target } = panel;
  const px = (value: number): number => pixelOf(x, value, width);
  const py = (value: number): number => height - pixelOf(y, value, height);
  const inked = panel.strands.flatMap(({ lines, broken }) =>
    [...lines, ...broken].flatMap((line) =>
      denseSpots(line).map((spot) => ({ x: px(spot.x), y: py(spot.y) })),
    ),
  );
  const rule = target ? py(target.value) : null;
  const marks = [...panel.bests, ...panel.ends].filter((mark) => mark.text !== '');
  const labels = marks.map((mark) => labelAt(mark.text, px(mark.x), py(mark.y)));
  const placed = placeLabels(labels, { width, height, rule }, inked).map((label, index): ColoredLabel => ({
    ...label,
    color: PALETTE[(marks[index] as Mark).role],
  }));
  if (target && rule !== null) placed.push(targetLabel(target.text, rule, panel, inked, placed));
  return textLayers(placed);
}

const widthOf = (text: string): number => typeface('bold').widthOf(text, LABEL_PX);

const labelAt = (text: string, anchorX: number, anchorY: number): Label => ({
  text,
  anchorX,
  anchorY,
  width: widthOf(text),
  height: LABEL_HEIGHT,
});

/** On the target's line, at whichever end is freer. */
function targetLabel(
  text: string,
  rule: number,
  { width, height }: Panel,
  inked: readonly { x: number; y: number }[],
  others: readonly PlacedLabel[],
): ColoredLabel {
  const needed = widthOf(text);
  const taken = others.map((label) => ({
    left: label.x,
    right: label.x + widthOf(label.text),
    top: label.y - LABEL_HEIGHT / 2,
    bottom: label.y + LABEL_HEIGHT / 2,
  }));
  const choices = [width - needed - 4, 4].map((left) => {
    const label = labelAt(text, left + needed / 2, rule);
    const spot = placeLabels([label], { width, height, rule: null }, inked, taken)[0] as PlacedLabel;
    const crossed = inked.filter(
      (ink) => ink.x > spot.x - 4 && ink.x < spot.x + needed + 4 && Math.abs(ink.y - spot.y) < 11,
    ).length;
    return { spot, cost: crossed * 10 + Math.abs(spot.y - rule) };
  });
  const chosen = choices.reduce((best, choice) => (choice.cost < best.cost ? choice : best));
  return { ...chosen.spot, color: PALETTE.target };
}

/** Places on a line close enough that no label slips between them. */
function denseSpots(line: Line): { x: number; y: number }[] {
  const thin = thinLine(line, 400);
  const parts = Math.max(1, Math.ceil(120 / thin.length));
  return thin.flatMap(({ x, y }, index) => {
    const next = thin[index + 1];
    if (y === null) return [];
    if (next === undefined || next.y === null) return [{ x, y }];
    const rise = next.y - y;
    return Array.from({ length: parts }, (_, part) => ({
      x: x + ((next.x - x) * part) / parts,
      y: y + (rise * part) / parts,
    }));
  });
}

/** Each text twice: a white outline first, so that it stays legible over a curve. */
function textLayers(labels: readonly ColoredLabel[]): Layer[] {
  if (labels.length === 0) return [];
  const base = {
    type: 'text',
    align: 'left',
    baseline: 'middle',
    fontSize: LABEL_PX,
    fontWeight: 600,
  } as const;
  const place = {
    x: { field: 'x', type: 'quantitative', scale: null, axis: null },
    y: { field: 'y', type: 'quantitative', scale: null, axis: null },
    text: { field: 'text', type: 'nominal' },
  } as const;
  const data = { values: [...labels] };
  const outline = { stroke: '#ffffff', strokeWidth: 4, strokeJoin: 'round', fill: '#ffffff' } as const;
  const color = { field: 'color', type: 'nominal', scale: null, legend: null } as const;
  return [
    { data, mark: { ...base, ...outline }, encoding: place },
    { data, mark: base, encoding: { ...place, color } },
  ];
}
