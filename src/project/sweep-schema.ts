import * as z from 'zod';

const pruner = z.strictObject({
  name: z.string().min(1).describe('forecast, asha, asha-promotion or median.'),
  grace: z.int().min(1).optional().describe('Epochs before which no run is ended.'),
  eta: z.number().gt(1).optional().describe('asha: one of how many goes on at each rung.'),
  minTrials: z.int().min(1).optional().describe('Trials that must have come as far before any is ended.'),
});

/** `sweep:` of pawl.yaml. The space itself is read by the search, which knows both of its written forms. */
export const sweepSchema = z
  .strictObject({
    method: z
      .string()
      .min(1)
      .optional()
      .describe('How configurations are chosen: auto (bayesian), grid, random, sobol, tpe, gp, cma-es.'),
    space: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(
        'What is searched: config keys with a list of values, or {type, low, high, step, log, if}. Absent: derived from the diagnosis.',
      ),
    search_space: z.record(z.string(), z.unknown()).optional().describe('The same as `space`.'),
    n_trials: z.int().min(1).optional().describe('The same as `budget.trials`.'),
    budget: z
      .strictObject({
        trials: z.int().min(1).optional().describe('Configurations at most, the baseline among them.'),
        epochs: z.int().min(1).optional().describe('Epochs at most, over all trainings of the search.'),
        hours: z.number().positive().optional().describe('Wall-clock hours at most, with the confirmation.'),
      })
      .optional()
      .describe('What a search may cost; it ends at the first limit.'),
    pruner: z
      .union([z.string().min(1), z.literal(false), pruner])
      .optional()
      .describe(
        'Ends hopeless trainings early: forecast, asha, asha-promotion, median, or false; default: forecast where epochs are known.',
      ),
    seeds: z
      .int()
      .min(1)
      .max(20)
      .optional()
      .describe('Seeds that a promising configuration earns at most while the search lasts (default 3).'),
    confirm: z
      .union([z.literal(false), z.int().min(1).max(10)])
      .optional()
      .describe(
        'Configurations that go into the final round on fresh seeds before the best one is tested against the baseline (default 5); false: no test, the result is unverified.',
      ),
    patience: z
      .union([z.literal(false), z.int().min(1)])
      .optional()
      .describe('Trials without a better one after which the search ends; false: never.'),
    seed: z.int().min(0).optional().describe('Seed of the suggestions (default 0).'),
  })
  .describe('How `pawl sweep` searches.');

export type SweepSettings = z.output<typeof sweepSchema>;
