import { z } from 'zod';
import { buildChecklist } from '../../report/checklist.ts';
import { outcomeJson } from '../../report/document.ts';
import type { Jsonable } from '../../report/finite.ts';
import { renderReport } from '../../report/markdown.ts';
import { concludedIteration } from '../concluded.ts';
import { projectOf } from '../place.ts';
import { plotUri, reportUri } from '../resources.ts';
import { defineTool } from '../tool.ts';

export const report = defineTool({
  name: 'report',
  title: 'Read the report',
  description:
    'The report of a concluded iteration: decision, verdict, effect with interval, changes, target and artifacts as JSON, the whole report as Markdown, the plots as resources.',
  input: z.strictObject({
    iteration: z.int().min(1).max(99).optional().describe('the last concluded one where left out'),
  }),
  output: z.looseObject({
    schemaVersion: z.literal(1),
    decision: z.string(),
    verdict: z.string(),
    reason: z.string(),
    next: z.string(),
    artifacts: z.looseObject({ report: z.string() }),
  }),
  isReadOnly: true,
  async run(place, { iteration }) {
    const { root } = await projectOf(place);
    const outcome = await concludedIteration(root, iteration);
    const checks = buildChecklist(outcome);
    return {
      document: { ...asRecord(outcomeJson(outcome, checks)) },
      text: renderReport(outcome, { checks }),
      links: [
        { uri: reportUri(outcome.iteration), name: 'optimization_results.md', mimeType: 'text/markdown' },
        { uri: plotUri(outcome.iteration, 'curves'), name: 'learning curves', mimeType: 'image/png' },
      ],
    };
  },
});

const asRecord = (document: Jsonable): Record<string, Jsonable> =>
  typeof document === 'object' && document !== null && !Array.isArray(document) ? document : {};
