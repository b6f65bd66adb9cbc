import { z } from 'zod';
import { startJob } from '../jobs.ts';
import { insidePath, projectOf, type Place } from '../place.ts';
import { readStanding, standingSchema } from '../standing.ts';
import { defineTool } from '../tool.ts';
import { path } from './fields.ts';

const input = z.strictObject({
  auto: z
    .boolean()
    .optional()
    .describe('iterate by itself until the target is confirmed or nothing is left to gain'),
  diagnostic: path.optional().describe("the report; the project's where left out"),
  iteration: z.int().min(1).max(99).optional().describe('2 and 3 start from the best config so far'),
  evidence: z.enum(['quick', 'standard', 'thorough']).optional(),
  seeds: z.array(z.int().min(0)).min(1).max(1000).optional(),
  budget: z
    .strictObject({ runs: z.int().min(1).optional(), hours: z.number().positive().max(100_000).optional() })
    .optional(),
  slots: z.int().min(1).max(1024).optional().describe('trainings at a time'),
  attribute: z.boolean().optional().describe('also find out which change helped: more trainings'),
  without: z.array(z.string().min(1).max(500)).max(100).optional().describe('planned changes to leave out'),
  smoke: z.boolean().optional().describe('false skips the short check runs'),
  extend: z.boolean().optional().describe('false never raises the epoch limit'),
  earlyKill: z.boolean().optional().describe('false never stops a run that looks hopeless'),
  resume: z.boolean().optional().describe('continue an interrupted study'),
  fresh: z.boolean().optional().describe('a new study even where one could be continued'),
  force: z
    .boolean()
    .optional()
    .describe(
      'pass the gate or the iteration limit; only when the user asked for it, and the report says so',
    ),
});

export const start = defineTool({
  name: 'start',
  title: 'Start an optimization',
  description:
    'Starts `pawl optimize` in the background and returns its id as soon as it works: checks, trainings, comparison, report, decision. Follow it with status or wait. Refused while another study runs on the project.',
  input,
  output: standingSchema.extend({ id: z.string() }),
  isReadOnly: false,
  async run(place, args, { signal }) {
    const { root } = await projectOf(place);
    const argv = ['optimize', '--json', '--no-color', `--project=${root}`, ...(await optionsOf(place, args))];
    const job = await startJob(place, root, argv, signal);
    return { document: { id: job.id, ...(await readStanding(root, { job: job.id, runs: 12 })) } };
  },
});

/** Always `--name=value`, so that no value can be taken for an option. */
async function optionsOf(place: Place, args: z.output<typeof input>): Promise<string[]> {
  const { diagnostic, iteration, evidence, seeds, budget, slots, without } = args;
  const words: string[] = [];
  const put = (flag: string, value: string | number | undefined): void => {
    if (value !== undefined) words.push(`--${flag}=${value}`);
  };
  put('diagnostic', diagnostic && (await insidePath(place, diagnostic)));
  put('iteration', iteration);
  put('evidence', evidence);
  put('seeds', seeds?.join(','));
  put('budget', budgetText(budget));
  put('slots', slots);
  put('without', without && without.length > 0 ? without.join(',') : undefined);
  if (args.smoke === false) words.push('--no-smoke');
  if (args.extend === false) words.push('--no-extend');
  if (args.earlyKill === false) words.push('--no-early-kill');
  for (const flag of ['auto', 'attribute', 'resume', 'fresh', 'force'] as const) {
    if (args[flag] === true) words.push(`--${flag}`);
  }
  return words;
}

function budgetText(budget: z.output<typeof input>['budget']): string | undefined {
  const parts = [
    budget?.runs === undefined ? '' : String(budget.runs),
    budget?.hours === undefined ? '' : `${budget.hours}h`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(',');
}
