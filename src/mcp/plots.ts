import type { Concluded } from './concluded.ts';
import { mcpError } from './errors.ts';

/** Names of the plots that an iteration has. */
export function plotsOf({ outcome, sweep }: Concluded): string[] {
  return [
    'curves',
    ...(outcome.changes.some(({ effect }) => effect.estimate !== null) ? ['effects'] : []),
    ...(outcome.history.length > 1 ? ['path'] : []),
    ...(sweep ? ['history', 'importance', 'parallel', 'slices'] : []),
  ];
}

/** A plot as PNG. */
export async function drawPlot(concluded: Concluded, plot: string): Promise<Buffer> {
  const { outcome, sweep } = concluded;
  if (plotsOf(concluded).includes(plot)) {
    if (plot === 'curves') {
      const { renderComparisonPlot } = await import('../report/plots/outcome.ts');
      return (await renderComparisonPlot(outcome)).png;
    }
    if (plot === 'effects') {
      const { renderEffectsPlot } = await import('../report/plots/effects.ts');
      return (await renderEffectsPlot(outcome.changes, outcome.metric)).png;
    }
    if (plot === 'path') {
      const { renderPathPlot } = await import('../report/plots/path.ts');
      return (await renderPathPlot(outcome)).png;
    }
    if (sweep) {
      const { importanceOf } = await import('../report/sweep/importance.ts');
      const { drawSweep } = await import('../report/sweep/plots/all.ts');
      for await (const { name, drawing } of drawSweep(sweep, outcome, importanceOf(sweep))) {
        if (name === plot) return drawing.png;
      }
    }
  }
  throw mcpError('MCP_NO_OUTCOME', `Iteration ${outcome.iteration} has no plot '${plot}'.`, {
    remedy: `Read one of ${plotsOf(concluded).join(', ')}.`,
  });
}
