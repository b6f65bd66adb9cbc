import type { Resvg as ResvgClass } from '@resvg/resvg-js';
import type { LoggerInterface } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { fontFile, typeface } from './inter.ts';

export interface Drawing {
  svg: string;
  /** Twice the size of the SVG in pixels. */
  png: Buffer;
}

/** Advice on how a specification might be written is not for those who look at the plot. */
const SILENT: LoggerInterface = {
  level: () => SILENT,
  error: () => SILENT,
  warn: () => SILENT,
  info: () => SILENT,
  debug: () => SILENT,
};

/** Draws a Vega-Lite specification. The libraries are loaded on first use only (about half a second). */
export async function draw(spec: TopLevelSpec): Promise<Drawing> {
  const [vega, { compile }, { Resvg }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
    import('@resvg/resvg-js'),
  ]);
  measureWithInter(vega);
  const { spec: compiled } = compile(spec, { logger: SILENT });
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logLevel: vega.Error });
  try {
    const svg = numberClips(await view.toSVG());
    return { svg, png: rasterize(svg, Resvg) };
  } finally {
    view.finalize();
  }
}

/** Without a canvas Vega guesses text widths. Its types leave out the hook that it offers for a better answer. */
function measureWithInter(vega: object): void {
  const { textMetrics } = vega as {
    textMetrics: {
      width: (item: { fontSize?: number; fontWeight?: number | string }, text: unknown) => number;
    };
  };
  textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
    typeface(fontWeight === 600 ? 'bold' : 'regular').widthOf(String(text), fontSize);
}

/** Vega counts clip paths over the whole process; numbered per picture, the same plot gives the same bytes. */
function numberClips(svg: string): string {
  const names = new Map<string, string>();
  return svg.replace(/(id="|url\(#)(clip\d+)/gu, (_match, before: string, id: string) => {
    const name = names.get(id) ?? `clip${names.size + 1}`;
    names.set(id, name);
    return before + name;
  });
}

function rasterize(svg: string, Resvg: typeof ResvgClass): Buffer {
  const drawn = svg.replace(/<[^>]*>/gu, '');
  return new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      fontFiles: [fontFile('regular'), fontFile('bold')],
      // Names in scripts that Inter lacks are drawn with the machine's fonts, where it has any.
      loadSystemFonts: !typeface('regular').covers(drawn.replace(/\s/gu, ' ')),
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
    },
  })
    .render()
    .asPng();
}
