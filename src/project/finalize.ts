import { z } from 'zod';

/** The `finalize:` key: how the best config becomes the final model. */
export const finalizeSchema = z.strictObject({
  test: z
    .string()
    .min(1)
    .optional()
    .describe('The test metric as it is logged; default: the metric with `test` for `val`.'),
  arguments: z
    .string()
    .min(1)
    .optional()
    .describe('Appended to the training command of the final runs, such as --test.'),
  evaluate: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A command that reads the test data after each final training: {config}, {checkpoints}, {output}, {seed}.',
    ),
  testSize: z.int().min(1).optional().describe('Number of test examples, for intervals of accuracies.'),
  epochs: z
    .number()
    .min(1)
    .default(1.5)
    .describe('Factor on the epoch limit, where early stopping ends the training.'),
  patience: z.number().min(1).default(2).describe('Factor on the patience of early stopping.'),
  seeds: z
    .array(z.int().min(0))
    .min(1)
    .max(100)
    .optional()
    .describe('Seeds of the final runs; default: the first of the study.'),
  out: z.string().min(1).default('results/final').describe('Folder for test_results.md and the model card.'),
});
