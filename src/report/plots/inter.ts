import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Widths of text set in the bundled Inter, read from the font's own tables (OpenType `cmap` format 12, `hmtx`).
 * Kerning is left out: labels are placed with a margin that is larger.
 */
export interface Typeface {
  /** Width in px. */
  widthOf(text: string, sizePx: number): number;
  /** True where every character of `text` has a glyph. */
  covers(text: string): boolean;
}

const require = createRequire(import.meta.url);
const FONT_FILES = {
  regular: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  bold: '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
} as const;
export type FontWeight = keyof typeof FONT_FILES;

export const fontFile = (weight: FontWeight): string => require.resolve(FONT_FILES[weight]);

const loaded = new Map<FontWeight, Typeface>();

export function typeface(weight: FontWeight): Typeface {
  const known = loaded.get(weight);
  if (known) return known;
  const face = parseTypeface(readFileSync(fontFile(weight)));
  loaded.set(weight, face);
  return face;
}

function parseTypeface(font: Buffer): Typeface {
  const tables = new Map<string, number>();
  const count = font.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const record = 12 + 16 * i;
    tables.set(font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8));
  }
  const at = (tag: string): number => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`the font has no ${tag} table`);
    return offset;
  };
  const unitsPerEm = font.readUInt16BE(at('head') + 18);
  const metrics = font.readUInt16BE(at('hhea') + 34);
  const hmtx = at('hmtx');
  const groups = glyphGroups(font, at('cmap'));
  const glyphOf = (point: number): number => {
    let low = 0;
    let high = groups.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = groups[middle] as GlyphGroup;
      if (point < group.first) high = middle - 1;
      else if (point > group.last) low = middle + 1;
      else return group.glyph + point - group.first;
    }
    return 0;
  };
  const advance = (glyph: number): number => font.readUInt16BE(hmtx + 4 * Math.min(glyph, metrics - 1));
  return {
    widthOf: (text, sizePx) => {
      let units = 0;
      for (const character of text) {
        const glyph = glyphOf(character.codePointAt(0) as number);
        // What Inter lacks (CJK, emoji) is drawn a full em wide by a fallback font.
        units += glyph === 0 ? unitsPerEm : advance(glyph);
      }
      return (units / unitsPerEm) * sizePx;
    },
    covers: (text) =>
      Array.from(text).every((character) => glyphOf(character.codePointAt(0) as number) !== 0),
  };
}

interface GlyphGroup {
  first: number;
  last: number;
  glyph: number;
}

function glyphGroups(font: Buffer, cmap: number): GlyphGroup[] {
  const tables = font.readUInt16BE(cmap + 2);
  for (let i = 0; i < tables; i++) {
    const table = cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (font.readUInt16BE(table) !== 12) continue;
    return Array.from({ length: font.readUInt32BE(table + 12) }, (_, index) => {
      const group = table + 16 + 12 * index;
      return {
        first: font.readUInt32BE(group),
        last: font.readUInt32BE(group + 4),
        glyph: font.readUInt32BE(group + 8),
      };
    });
  }
  throw new Error('the font has no cmap of format 12');
}
