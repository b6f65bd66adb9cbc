import { z } from 'zod';
import { projectOf } from '../place.ts';
import { standingSchema } from '../standing.ts';
import { defineTool } from '../tool.ts';
import { name } from './fields.ts';

export const status = defineTool({
  name: 'status',
  title: 'How the study stands',
  description:
    'State, verdict, decision and runs of the newest study. Cheap: call it as often as you like, also while it runs and from another session.',
  input: z.strictObject({
    id: name.optional().describe('id that start returned'),
    runs: z.int().min(1).max(200).default(12).describe('how many runs to list'),
  }),
  output: standingSchema,
  isReadOnly: true,
  async run(place, { id, runs }) {
    const { root } = await projectOf(place);
    const { readStanding } = await import('../read-standing.ts');
    return { document: await readStanding(root, { job: id, runs }) };
  },
});
