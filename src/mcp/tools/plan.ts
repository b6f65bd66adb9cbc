import { z } from 'zod';
import { insidePath } from '../place.ts';
import { defineTool } from '../tool.ts';
import { path, versioned } from './fields.ts';

export const plan = defineTool({
  name: 'plan',
  title: 'Plan the changes',
  description:
    'Reads the diagnostic report and the baseline config: the changes it asks for, and what cannot be applied and why. Writes nothing.',
  input: z.strictObject({
    diagnostic: path.optional().describe("the report; the project's where left out"),
    config: path.optional().describe("the baseline config; the project's where left out"),
  }),
  output: versioned.extend({
    changes: z.array(z.looseObject({ path: z.string(), kind: z.enum(['new', 'changed', 'removed']) })),
    skipped: z.array(z.looseObject({ reason: z.string(), message: z.string() })),
  }),
  isReadOnly: true,
  async run(place, { diagnostic, config }) {
    const [{ planJson }, { readPlan }] = await Promise.all([
      import('../../diagnosis/plan-json.ts'),
      import('../../study/read-plan.ts'),
    ]);
    const planned = await readPlan(place.cwd, {
      diagnostic: diagnostic && (await insidePath(place, diagnostic)),
      config: config && (await insidePath(place, config)),
      project: place.project,
    });
    return { document: { ...planJson(planned) } };
  },
});
