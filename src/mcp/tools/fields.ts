import { z } from 'zod';

/** A file below the project. */
export const path = z.string().min(1).max(4096);
export const name = z.string().min(1).max(200);
/** A document with its schema's number, whose further fields are those of the command's `--json`. */
export const versioned = z.looseObject({ schemaVersion: z.literal(1) });

export const seeds = z.array(z.int().min(0)).min(1).max(1000).optional();
export const slots = z.int().min(1).max(1024).optional().describe('trainings at a time');
export const hours = z.number().positive().max(100_000).optional();

/** What every study takes. */
export const study = {
  diagnostic: path.optional().describe("the report; the project's where left out"),
  iteration: z.int().min(1).max(99).optional().describe('2 and 3 start from the best config so far'),
  evidence: z
    .enum(['quick', 'standard', 'thorough'])
    .optional()
    .describe('how much evidence a verdict needs; quick trains once and proves nothing'),
  slots,
  resume: z.boolean().optional().describe('continue what was interrupted'),
  fresh: z.boolean().optional().describe('a new study even where one could be continued'),
};
