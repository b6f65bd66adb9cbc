import { z } from 'zod';
import { begin, begunSchema, dryRun } from '../begin.ts';
import { insidePath } from '../place.ts';
import { defineTool } from '../tool.ts';
import { Words } from '../words.ts';
import { diagnostic, evidence, fresh, hours, iteration, path, resume, slots } from './fields.ts';

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
    diagnostic,
    iteration,
    evidence,
    slots,
    resume,
    fresh,
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
  async run(place, args, call) {
    const words = new Words()
      .put('space', args.space && (await insidePath(place, args.space)))
      .put('method', args.method)
      .put('trials', args.trials)
      .put('epochs', args.epochs)
      .put('hours', args.hours)
      .put('pruner', args.pruner)
      .put('confirm', args.confirm)
      .off('early-stop', args.earlyStop)
      .on('retry-failed', args.retryFailed)
      .put('import', args.import && (await insidePath(place, args.import)))
      .put('diagnostic', args.diagnostic && (await insidePath(place, args.diagnostic)))
      .put('iteration', args.iteration)
      .put('evidence', args.evidence)
      .put('slots', args.slots)
      .on('resume', args.resume)
      .on('fresh', args.fresh)
      .on('force', args.force);
    return begin(place, 'sweep', words.list, args.dryRun, call);
  },
});
