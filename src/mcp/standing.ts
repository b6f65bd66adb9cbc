import { z } from 'zod';

const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

/** How the newest study of a project stands. */
export const standingSchema = z.looseObject({
  schemaVersion: z.literal(1),
  state: z
    .enum(['none', 'starting', 'running', 'concluded', 'failed', 'interrupted'])
    .describe('starting and running: call again later; interrupted: start the same again with resume'),
  kind: z
    .enum(['optimization', 'sweep', 'finalization'])
    .nullable()
    .describe('what state speaks of: the newest work of the study'),
  study: z.string().nullable(),
  metric: z.string().nullable(),
  iteration: z.int().nullable(),
  verdict: z.string().nullable(),
  decision: z.string().nullable(),
  reason: z.string().nullable(),
  next: z.string().nullable().describe('what to do next, as a command'),
  failure: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
  counts: z.record(z.string(), z.int()).describe('runs by status'),
  runs: z
    .array(
      z.object({
        id: z.string(),
        trial: z.string(),
        seed: z.int().nullable(),
        status: z.string(),
        epoch: z.number().nullable(),
        value: number.nullable().describe("of the study's metric: final, or so far"),
        failure: z.string().nullable(),
      }),
    )
    .describe('those under way and the last that ended'),
  sweep: z
    .looseObject({
      trials: z.int(),
      counts: z.record(z.string(), z.int()).describe('trials by state'),
      best: z.looseObject({ trial: z.int(), value: number.nullable() }).nullable(),
      epochsSpent: z.number(),
      epochsSaved: z.number(),
      stopped: z.string().nullable().describe('why the search ended'),
    })
    .nullable()
    .describe('of a sweep: how far the search is, and the best so far'),
  final: z
    .looseObject({
      number: z.int(),
      validation: number.nullable(),
      test: z.looseObject({ metric: z.string(), mean: number, looks: z.int() }).nullable(),
      missing: z.string().nullable(),
    })
    .nullable()
    .describe('of a finalization: validation and the one look at the test data'),
  job: z
    .looseObject({ id: z.string(), command: z.string(), running: z.boolean(), messages: z.array(z.string()) })
    .nullable()
    .describe('the command that was started for an agent, and its last messages'),
});
export type Standing = z.output<typeof standingSchema>;
