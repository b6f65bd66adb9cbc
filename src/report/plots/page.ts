import type { TopLevelSpec } from 'vega-lite';
import { FONT, PALETTE } from './palette.ts';

type Page = Pick<TopLevelSpec, '$schema' | 'background' | 'padding' | 'title' | 'config'>;

/** What all pictures share: paper, title, fonts. `dx`: where the title starts, beside the drawing's left edge; null: at the paper's. */
export function page(title: string, subtitle: string, dx: number | null = 0): Page {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: '#ffffff',
    padding: { left: 22, right: 34, top: 22, bottom: 18 },
    title: {
      text: title,
      subtitle,
      anchor: 'start',
      ...(dx === null ? {} : { frame: 'group', dx }),
      offset: 14,
      fontSize: 20,
      fontWeight: 600,
      color: PALETTE.ink,
      subtitleFontSize: 13,
      subtitleColor: PALETTE.soft,
      subtitlePadding: 6,
    },
    config: {
      font: FONT,
      view: { stroke: null },
      axis: {
        labelFontSize: 12,
        labelColor: PALETTE.soft,
        titleFontSize: 13,
        titleFontWeight: 600,
        titleColor: PALETTE.ink,
        gridColor: PALETTE.grid,
        domainColor: PALETTE.axis,
        tickColor: PALETTE.axis,
        titlePadding: 10,
      },
    },
  };
}
