import { ResourceTemplate, type McpServer, type Resource } from '@modelcontextprotocol/server';
import { PawlError } from '../errors.ts';
import { buildChecklist } from '../report/checklist.ts';
import { renderReport } from '../report/markdown.ts';
import { latestStudy, readStore } from '../study/open-store.ts';
import { concludedIteration } from './concluded.ts';
import { mcpError } from './errors.ts';
import { projectOf, type Place } from './place.ts';

export const reportUri = (iteration: number): string => `pawl://report/${iteration}`;
export const plotUri = (iteration: number, plot: string): string => `pawl://plot/${iteration}/${plot}`;

/** Reports and plots of concluded iterations. They are made from the store, so they never depend on files that moved. */
export function registerResources(server: McpServer, place: Place): void {
  server.registerResource(
    'report',
    new ResourceTemplate('pawl://report/{iteration}', {
      list: async () => ({
        resources: (await concludedOf(place)).map((iteration): Resource => ({
          uri: reportUri(iteration),
          name: `Report of iteration ${iteration}`,
          mimeType: 'text/markdown',
        })),
      }),
    }),
    { title: 'Report', description: 'The report of a concluded iteration', mimeType: 'text/markdown' },
    async (uri, { iteration }) => {
      const outcome = await outcomeOf(place, iteration);
      const text = renderReport(outcome, { checks: buildChecklist(outcome) });
      return { contents: [{ uri: uri.href, mimeType: 'text/markdown', text }] };
    },
  );
  server.registerResource(
    'plot',
    new ResourceTemplate('pawl://plot/{iteration}/{plot}', {
      list: async () => ({
        resources: (await concludedOf(place)).map((iteration): Resource => ({
          uri: plotUri(iteration, 'curves'),
          name: `Learning curves of iteration ${iteration}`,
          mimeType: 'image/png',
        })),
      }),
    }),
    {
      title: 'Plot',
      description:
        '`curves`: baseline against optimized; `effects`: what each change did, where it was measured',
      mimeType: 'image/png',
    },
    async (uri, { iteration, plot }) => {
      const outcome = await outcomeOf(place, iteration);
      const { png } = await draw(outcome, String(plot));
      return { contents: [{ uri: uri.href, mimeType: 'image/png', blob: png.toString('base64') }] };
    },
  );
}

type Outcome = Awaited<ReturnType<typeof concludedIteration>>;

async function outcomeOf(place: Place, iteration: string | string[] | undefined): Promise<Outcome> {
  const { root } = await projectOf(place);
  const number = Number(iteration);
  return concludedIteration(root, Number.isSafeInteger(number) && number > 0 ? number : -1);
}

async function draw(outcome: Outcome, plot: string): Promise<{ png: Buffer }> {
  if (plot === 'curves') {
    const { renderComparisonPlot } = await import('../report/plots/outcome.ts');
    return renderComparisonPlot(outcome);
  }
  if (plot === 'effects' && outcome.changes.some(({ effect }) => effect.estimate !== null)) {
    const { renderEffectsPlot } = await import('../report/plots/effects.ts');
    return renderEffectsPlot(outcome.changes, outcome.metric);
  }
  throw mcpError('MCP_NO_OUTCOME', `Iteration ${outcome.iteration} has no plot '${plot}'.`, {
    remedy: 'Read `curves`; `effects` exists where the changes were told apart (start with attribute).',
  });
}

/** Concluded iterations of the newest study; none where there is no project yet. */
async function concludedOf(place: Place): Promise<number[]> {
  try {
    const { root } = await projectOf(place);
    const record = await readStore(root, latestStudy);
    const concluded = (record?.iterations ?? []).filter(({ outcome }) => outcome);
    return [...new Set(concluded.map((each) => each.iteration))];
  } catch (error) {
    if (error instanceof PawlError) return [];
    throw error;
  }
}
