/** A text to be placed beside an anchor, in px of its panel (y grows downwards). */
export interface Label {
  text: string;
  /** The place it speaks of. */
  anchorX: number;
  anchorY: number;
  width: number;
  height: number;
}

export interface PlacedLabel {
  text: string;
  /** Left edge and vertical centre. */
  x: number;
  y: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const GAP = 9;

/**
 * Places labels one by one where they cover the least: first other labels and marks, then curves.
 * `inked` are places on curves. A label never leaves the panel, and stays on its side of the rule (the target).
 */
export function placeLabels(
  labels: readonly Label[],
  panel: { width: number; height: number; rule: number | null },
  inked: readonly { x: number; y: number }[],
  taken: readonly Box[] = [],
): PlacedLabel[] {
  const boxes: Box[] = [
    ...taken,
    ...labels.map(({ anchorX, anchorY }) => ({
      left: anchorX - 6,
      right: anchorX + 6,
      top: anchorY - 6,
      bottom: anchorY + 6,
    })),
  ];
  return labels.map((label) => {
    let best: { box: Box; cost: number } | undefined;
    for (const candidate of candidates(label)) {
      const box = pushInside(candidate.box, panel);
      const covered = boxes.reduce((sum, other) => sum + overlap(box, other), 0);
      const crossed = inked.filter((spot) => contains(box, spot)).length;
      const moved = Math.abs(box.left - candidate.box.left) + Math.abs(box.top - candidate.box.top);
      const isAcross =
        panel.rule !== null && (label.anchorY < panel.rule ? box.bottom > panel.rule : box.top < panel.rule);
      const cost = covered * 50 + crossed * 40 + moved * 4 + (isAcross ? 60 : 0) + candidate.cost;
      if (!best || cost < best.cost) best = { box, cost };
    }
    const { box } = best as { box: Box };
    boxes.push(box);
    return { text: label.text, x: box.left, y: (box.top + box.bottom) / 2 };
  });
}

function candidates({ anchorX, anchorY, width, height }: Label): { box: Box; cost: number }[] {
  const result: { box: Box; cost: number }[] = [];
  for (let ring = 0; ring < 4; ring++) {
    const reach = GAP + ring * (height + 2);
    for (const [dx, dy, cost] of [
      [-width / 2, -reach - height, 0],
      [-width / 2, reach, 1],
      [-width - GAP, -reach - height / 2, 2],
      [GAP, -reach - height / 2, 2],
      [-width - GAP, reach - height / 2, 3],
      [GAP, reach - height / 2, 3],
      [-width - reach, -height / 2, 4],
      [reach, -height / 2, 4],
    ] as const) {
      const left = anchorX + dx;
      const top = anchorY + dy;
      result.push({ box: { left, top, right: left + width, bottom: top + height }, cost: cost + ring * 30 });
    }
  }
  return result;
}

function pushInside(box: Box, { width, height }: { width: number; height: number }): Box {
  const dx = Math.max(0, 2 - box.left) - Math.max(0, box.right - (width - 2));
  const dy = Math.max(0, 2 - box.top) - Math.max(0, box.bottom - (height - 2));
  return { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy };
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

function contains(box: Box, { x, y }: { x: number; y: number }): boolean {
  return x > box.left - 2 && x < box.right + 2 && y > box.top - 2 && y < box.bottom + 2;
}
