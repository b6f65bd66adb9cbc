import { z } from 'zod';
import type { Jsonable } from '../../report/finite.ts';
import { projectOf } from '../place.ts';
import { finalUri, plotUri, reportUri, sweepUri } from '../uris.ts';
import { defineTool, type Answer } from '../tool.ts';

export const report = defineTool({
  name: 'report',
  title: 'Read the report',
  description:
    'The report of a concluded iteration: decision, verdict, effect with interval, changes, target and artifacts as JSON (of a sweep the search as well), the whole report as Markdown, the plots as resources. With final: the results of the last training and the test metric.',
  input: z.strictObject({
    iteration: z.int().min(1).max(99).optional().describe('the last concluded one where left out'),
    final: z.boolean().default(false).describe('the finalization instead of an iteration'),
  }),
  output: z.looseObject({
    schemaVersion: z.literal(1),
    verdict: z.string(),
    decision: z.string().optional().describe('not of a finalization'),
    reason: z.string().optional(),
    next: z.string().optional(),
    artifacts: z.record(z.string(), z.string()).describe('files, relative to the project'),
  }),
  isReadOnly: true,
  async run(place, { iteration, final }) {
    const { root } = await projectOf(place);
    return final ? reportFinal(root) : reportIteration(root, iteration);
  },
});

async function reportIteration(root: string, iteration: number | undefined): Promise<Answer> {
  const [{ buildChecklist }, { outcomeJson }, { renderReport }, { plotsOf }, { concludedIteration }] =
    await Promise.all([
      import('../../report/checklist.ts'),
      import('../../report/document.ts'),
      import('../../report/markdown.ts'),
      import('../plots.ts'),
      import('../concluded.ts'),
    ]);
  const concluded = await concludedIteration(root, iteration);
  const { outcome, sweep } = concluded;
  const checks = buildChecklist(outcome);
  const markdown = { mimeType: 'text/markdown' };
  const links = [
    { uri: reportUri(outcome.iteration), name: 'optimization_results.md', ...markdown },
    ...(sweep ? [{ uri: sweepUri(outcome.iteration), name: 'sweep_results.md', ...markdown }] : []),
    ...plotsOf(concluded).map((plot) => ({
      uri: plotUri(outcome.iteration, plot),
      name: `plot: ${plot}`,
      mimeType: 'image/png',
    })),
  ];
  let document = outcomeJson(outcome, checks);
  if (sweep) {
    const { sweepJson } = await import('../../report/sweep/document.ts');
    document = sweepJson(sweep, outcome);
  }
  return { document: asRecord(document), text: renderReport(outcome, { checks }), links };
}

async function reportFinal(root: string): Promise<Answer> {
  const [{ finalJson }, { renderTestResults }, { concludedFinal }] = await Promise.all([
    import('../../report/final/document.ts'),
    import('../../report/final/results.ts'),
    import('../concluded.ts'),
  ]);
  const outcome = await concludedFinal(root);
  return {
    document: asRecord(finalJson(outcome)),
    text: renderTestResults(outcome),
    links: [
      { uri: finalUri('results'), name: 'test_results.md', mimeType: 'text/markdown' },
      { uri: finalUri('card'), name: 'model_card.md', mimeType: 'text/markdown' },
    ],
  };
}

const asRecord = (document: Jsonable): Record<string, Jsonable> =>
  typeof document === 'object' && document !== null && !Array.isArray(document) ? document : {};
