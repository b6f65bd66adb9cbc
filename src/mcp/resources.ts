import {
  ResourceTemplate,
  type McpServer,
  type ReadResourceResult,
  type Resource,
} from '@modelcontextprotocol/server';
import { PawlError } from '../errors.ts';
import type { Concluded } from './concluded.ts';
import { mcpError } from './errors.ts';
import { projectOf, type Place } from './place.ts';
import { FINAL, finalUri, plotUri, reportUri, sweepUri } from './uris.ts';

const MARKDOWN = 'text/markdown';
const PNG = 'image/png';

/** Reports and plots of concluded work. They are made from the store, so they never depend on files that moved. */
export function registerResources(server: McpServer, place: Place): void {
  server.registerResource(
    'report',
    new ResourceTemplate('pawl://report/{iteration}', {
      list: listed(place, ({ outcome: { iteration } }) => [
        { uri: reportUri(iteration), name: `Report of iteration ${iteration}`, mimeType: MARKDOWN },
      ]),
    }),
    { title: 'Report', description: 'The report of a concluded iteration', mimeType: MARKDOWN },
    async (uri, { iteration }) => {
      const { outcome } = await concludedOf(place, iteration);
      const [{ buildChecklist }, { renderReport }] = await Promise.all([
        import('../report/checklist.ts'),
        import('../report/markdown.ts'),
      ]);
      return text(uri, renderReport(outcome, { checks: buildChecklist(outcome) }));
    },
  );
  server.registerResource(
    'sweep',
    new ResourceTemplate('pawl://sweep/{iteration}', {
      list: listed(place, ({ outcome: { iteration }, sweep }) =>
        sweep
          ? [{ uri: sweepUri(iteration), name: `Sweep of iteration ${iteration}`, mimeType: MARKDOWN }]
          : [],
      ),
    }),
    { title: 'Sweep', description: 'The report of a search', mimeType: MARKDOWN },
    async (uri, { iteration }) => {
      const { outcome, sweep } = await concludedOf(place, iteration);
      if (!sweep) {
        throw mcpError('MCP_NO_OUTCOME', `Iteration ${outcome.iteration} was no sweep.`, {
          remedy: `Read ${reportUri(outcome.iteration)}.`,
        });
      }
      const [{ renderSweepReport }, { importanceOf }] = await Promise.all([
        import('../report/sweep/markdown.ts'),
        import('../report/sweep/importance.ts'),
      ]);
      const facts = { importance: importanceOf(sweep), plots: {}, plotFailure: null, config: null };
      return text(uri, renderSweepReport(sweep, outcome, facts));
    },
  );
  server.registerResource(
    'plot',
    new ResourceTemplate('pawl://plot/{iteration}/{plot}', {
      list: listed(place, (concluded, plots) =>
        plots.map((plot) => ({
          uri: plotUri(concluded.outcome.iteration, plot),
          name: `Plot of iteration ${concluded.outcome.iteration}: ${plot}`,
          mimeType: PNG,
        })),
      ),
    }),
    {
      title: 'Plot',
      description:
        '`curves`: baseline against optimized; `effects`: what each change did, where it was measured; `path`: all iterations; of a sweep `history`, `importance`, `parallel`, `slices`',
      mimeType: PNG,
    },
    async (uri, { iteration, plot }) => {
      const { drawPlot } = await import('./plots.ts');
      const png = await drawPlot(await concludedOf(place, iteration), String(plot));
      return { contents: [{ uri: uri.href, mimeType: PNG, blob: png.toString('base64') }] };
    },
  );
  server.registerResource(
    'final',
    new ResourceTemplate(`${FINAL}{part}`, { list: () => listedFinal(place) }),
    {
      title: 'Final model',
      description: '`results`: the last training and the test metric; `card`: the model card',
      mimeType: MARKDOWN,
    },
    async (uri, { part }) => {
      const { concludedFinal } = await import('./concluded.ts');
      const outcome = await concludedFinal((await projectOf(place)).root);
      if (part === 'card') {
        const { renderModelCard } = await import('../report/final/model-card.ts');
        return text(uri, renderModelCard(outcome));
      }
      if (part === 'results') {
        const { renderTestResults } = await import('../report/final/results.ts');
        return text(uri, renderTestResults(outcome));
      }
      throw mcpError('MCP_NO_OUTCOME', `A finalization has no '${String(part)}'.`, {
        remedy: `Read ${finalUri('results')} or ${finalUri('card')}.`,
      });
    },
  );
}

const text = (uri: URL, content: string): ReadResourceResult => ({
  contents: [{ uri: uri.href, mimeType: MARKDOWN, text: content }],
});

async function concludedOf(place: Place, iteration: string | string[] | undefined): Promise<Concluded> {
  const { concludedIteration } = await import('./concluded.ts');
  const { root } = await projectOf(place);
  const number = Number(iteration);
  return concludedIteration(root, Number.isSafeInteger(number) && number > 0 ? number : -1);
}

/** Resources of every concluded iteration of the newest study; none where there is no project yet. */
function listed(
  place: Place,
  resourcesOf: (concluded: Concluded, plots: string[]) => Resource[],
): () => Promise<{ resources: Resource[] }> {
  return async () => {
    try {
      const [{ concludedIteration }, { latestStudy, readStore }, { plotsOf }] = await Promise.all([
        import('./concluded.ts'),
        import('../study/open-store.ts'),
        import('./plots.ts'),
      ]);
      const { root } = await projectOf(place);
      const record = await readStore(root, latestStudy);
      const numbers = (record?.iterations ?? []).flatMap((each) => (each.outcome ? [each.iteration] : []));
      const resources: Resource[] = [];
      for (const number of new Set(numbers)) {
        const concluded = await concludedIteration(root, number);
        resources.push(...resourcesOf(concluded, plotsOf(concluded)));
      }
      return { resources };
    } catch (error) {
      if (error instanceof PawlError) return { resources: [] };
      throw error;
    }
  };
}

async function listedFinal(place: Place): Promise<{ resources: Resource[] }> {
  try {
    const { concludedFinal } = await import('./concluded.ts');
    await concludedFinal((await projectOf(place)).root);
  } catch (error) {
    if (error instanceof PawlError) return { resources: [] };
    throw error;
  }
  return {
    resources: [
      { uri: finalUri('results'), name: 'Results of the last training', mimeType: MARKDOWN },
      { uri: finalUri('card'), name: 'Model card', mimeType: MARKDOWN },
    ],
  };
}
