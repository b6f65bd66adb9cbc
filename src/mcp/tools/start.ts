import { z } from 'zod';
import { begin, begunSchema, dryRun } from '../begin.ts';
import { insidePath } from '../place.ts';
import { defineTool } from '../tool.ts';
import { wordsOf } from '../words.ts';
import { hours, seeds, study } from './fields.ts';

const budget = z.strictObject({ runs: z.int().min(1).max(1_000_000).optional(), hours }).optional();

export const start = defineTool({
  name: 'start',
  title: 'Start an optimization',
  description:
    'Starts `pawl optimize` in the background and returns its id as soon as it works: checks, trainings, comparison, report, decision. Follow it with status or wait. Refused while another study runs on the project. With dryRun: the changes and the cost, at once.',
  input: z.strictObject({
    auto: z
      .boolean()
      .optional()
      .describe('iterate by itself until the target is confirmed or nothing is left to gain'),
    ...study,
    seeds,
    budget: budget.describe('over all rounds with auto'),
    attribute: z.boolean().optional().describe('also find out which change helped: more trainings'),
    without: z.array(z.string().min(1).max(500)).max(100).optional().describe('planned changes to leave out'),
    smoke: z.boolean().optional().describe('false skips the short check runs'),
    extend: z.boolean().optional().describe('false never raises the epoch limit'),
    earlyKill: z.boolean().optional().describe('false never stops a run that looks hopeless'),
    force: z
      .boolean()
      .optional()
      .describe(
        'pass the gate or the iteration limit; only when the user asked for it, and the report says so',
      ),
    dryRun,
  }),
  output: begunSchema,
  isReadOnly: false,
  async run(place, { dryRun: isDryRun, ...args }, call) {
    const options = {
      ...args,
      diagnostic: args.diagnostic && (await insidePath(place, args.diagnostic)),
      budget: budgetText(args.budget),
    };
    return begin(place, 'optimize', wordsOf(options, ['smoke', 'extend', 'earlyKill']), isDryRun, call);
  },
});

function budgetText(wanted: z.output<typeof budget>): string | undefined {
  const parts = [
    wanted?.runs === undefined ? '' : String(wanted.runs),
    wanted?.hours === undefined ? '' : `${wanted.hours}h`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(',');
}
