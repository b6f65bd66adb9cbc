import type { TopLevelSpec } from 'vega-lite';
import type { MetricChoice } from '../../../study/types.ts';
import { toPlain } from '../../plain.ts';
import { FONT, PALETTE } from '../../plots/palette.ts';

/** What all pictures of a sweep share: paper, title, fonts. */
export function page(
  title: string,
  subtitle: string,
  dx = 0,
): Pick<TopLevelSpec, '$schema' | 'background' | 'padding' | 'title' | 'config'> {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: '#ffffff',
    padding: { left: 22, right: 30, top: 22, bottom: 18 },
    title: {
      text: title,
      subtitle,
      anchor: 'start',
      frame: 'group',
      dx,
      offset: 18,
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

export const factorOf = (metric: Pick<MetricChoice, 'scale'>): number =>
  metric.scale === 'fraction' ? 100 : 1;

/** `val_acc (%)`. */
export function metricTitle(metric: Pick<MetricChoice, 'name' | 'scale'>): string {
  return `${toPlain(metric.name, 40)}${metric.scale === 'other' ? '' : ' (%)'}`;
}
