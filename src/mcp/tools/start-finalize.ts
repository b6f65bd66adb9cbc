import { z } from 'zod';
import { begin, begunSchema, dryRun } from '../begin.ts';
import { defineTool } from '../tool.ts';
import { wordsOf } from '../words.ts';
import { seeds, slots } from './fields.ts';

export const startFinalize = defineTool({
  name: 'start_finalize',
  title: 'Start the last training',
  description:
    'Starts `pawl finalize` in the background: the accepted config is trained a last time and the test data is read, once. Only after a decision finalize or accept. What was interrupted goes on by the same call. With dryRun: config, seeds and test metric, at once.',
  input: z.strictObject({
    seeds: seeds.describe('of the final runs; else finalize.seeds of pawl.yaml, else the first of the study'),
    slots,
    extend: z.boolean().optional().describe('false trains exactly as it was tested'),
    force: z
      .boolean()
      .optional()
      .describe(
        'pass the gate, also for a second look at the test data; only when the user asked for it, and the results say so',
      ),
    dryRun,
  }),
  output: begunSchema,
  isReadOnly: false,
  async run(place, { dryRun: isDryRun, ...args }, call) {
    return begin(place, 'finalize', wordsOf(args, ['extend']), isDryRun, call);
  },
});
