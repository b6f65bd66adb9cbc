import { z } from 'zod';
import { begin, begunSchema, dryRun } from '../begin.ts';
import { insidePath } from '../place.ts';
import { defineTool } from '../tool.ts';
import { wordsOf } from '../words.ts';
import { hours, path, study } from './fields.ts';

const count = z.int().min(1).max(10_000_000).optional();

export const startSweep = defineTool({
  name: 'start_sweep',
  title: 'Start a hyperparameter search',
  description:
    'Starts `pawl sweep` in the background and returns its id as soon as it works: a search that begins with the baseline and the recommended values, then a test of the best on fresh seeds. Follow it with status or wait. With dryRun: the space, the budget and the first trials, at once.',
  input: z.strictObject({
    space: path
      .optional()
      .describe('file of the search space; else sweep.space of pawl.yaml, else from the diagnosis'),
    method: z.enum(['auto', 'grid', 'random', 'sobol', 'tpe', 'gp', 'cma-es']).optional(),
    trials: count.describe('configurations at most; of a finished sweep: so many more'),
    epochs: count.describe('epochs at most over the whole search'),
    hours: hours.describe('wall-clock hours at most, with the confirmation'),
    pruner: z.enum(['forecast', 'asha', 'asha-promotion', 'median', 'none']).optional(),
    confirm: z
      .int()
      .min(0)
      .max(1000)
      .optional()
      .describe('configurations in the final round on fresh seeds; 0: no test'),
    earlyStop: z.boolean().optional().describe('false searches to the end of the budget'),
    retryFailed: z.boolean().optional().describe('train the failed trials again, nothing else'),
    import: path.optional().describe('finished trials to start from: an Optuna storage or a CSV'),
    ...study,
    force: z
      .boolean()
      .optional()
      .describe(
        'take parameters that the config lacks as new keys; pass the iteration limit; only when the user asked for it',
      ),
    dryRun,
  }),
  output: begunSchema,
  isReadOnly: false,
  async run(place, { dryRun: isDryRun, ...args }, call) {
    const options = {
      ...args,
      space: args.space && (await insidePath(place, args.space)),
      import: args.import && (await insidePath(place, args.import)),
      diagnostic: args.diagnostic && (await insidePath(place, args.diagnostic)),
    };
    return begin(place, 'sweep', wordsOf(options, ['earlyStop']), isDryRun, call);
  },
});
