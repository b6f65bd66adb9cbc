/** Code points that terminals draw two cells wide (Unicode 16, East Asian Width W and F, without emoji). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2fb],
  [0x20000, 0x3fffd],
];
const EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}{2}|[\d#*]\uFE0F?\u20E3)/u;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}]+$/u;

const segmenter = new Intl.Segmenter();

function clusterCells(cluster: string): number {
  if (INVISIBLE.test(cluster)) return 0;
  if (EMOJI.test(cluster)) return 2;
  const point = cluster.codePointAt(0) as number;
  return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** Terminal cells that a text without escape sequences takes. */
export function cellsOf(text: string): number {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0020-\u007E]*$/u.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of segmenter.segment(text)) cells += clusterCells(segment);
  return cells;
}

/** At most `cells` wide; what is cut ends in `…`. Never splits a character. */
export function fitCells(text: string, cells: number): string {
  if (cells <= 0) return '';
  if (cellsOf(text) <= cells) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const width = clusterCells(segment);
    if (used + width > cells - 1) break;
    kept += segment;
    used += width;
  }
  return `${kept}…`;
}

/** Exactly `cells` wide: cut or filled with spaces. */
export function setCells(text: string, cells: number, align: 'left' | 'right' = 'left'): string {
  const fitted = fitCells(text, cells);
  const fill = ' '.repeat(Math.max(0, cells - cellsOf(fitted)));
  return align === 'left' ? fitted + fill : fill + fitted;
}
