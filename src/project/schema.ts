import * as z from 'zod';
import { diagnoseSchema } from './diagnose-schema.ts';
import { parseDurationMs } from './duration.ts';
import { finalizeSchema } from './finalize.ts';
import { overridesSchema } from './overrides.ts';
import { sweepSchema } from './sweep-schema.ts';
import { trackingSchema } from './tracking-schema.ts';

const duration = z.union([z.string(), z.number()]).refine((value) => parseDurationMs(value) !== undefined, {
  error: 'must be a duration such as 90s, 30m or 2h',
});

const metric = z.union([
  z.string().min(1),
  z.strictObject({
    name: z.string().min(1).describe('Name of the metric as the training logs it (matched forgivingly).'),
    goal: z
      .enum(['max', 'min'])
      .optional()
      .describe('Which way is better; inferred from the name when absent.'),
    select: z.enum(['best', 'last']).default('best').describe('Which value of a curve stands for the run.'),
    train: z
      .string()
      .min(1)
      .optional()
      .describe('The training side of the metric, for the train–val gap; found by name when absent.'),
  }),
]);

/** Schema of pawl.yaml. The descriptions become the configuration reference and the editor's completion. */
export const projectSchema = z
  .strictObject({
    train: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .describe(
        'The training command as an argv template: {config}, {output}, {seed}, {checkpoints}, {overrides}. Never run through a shell unless `shell: true`.',
      ),
    shell: z.boolean().default(false).describe('Run `train` through sh.'),
    workdir: z
      .string()
      .min(1)
      .default('.')
      .describe('Working directory of the training, relative to pawl.yaml.'),
    environment: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Environment variables for the training.'),
    baseline: z
      .strictObject({
        config: z
          .string()
          .min(1)
          .describe('The baseline config (YAML, JSON or TOML), relative to pawl.yaml.'),
        results: z
          .string()
          .min(1)
          .optional()
          .describe('An existing baseline run to adopt: its metrics file or folder.'),
        seed: z.int().optional().describe('The seed of the existing run, where its config does not say it.'),
      })
      .describe('What is to be beaten.'),
    metric: metric.describe('The validation metric that decides.'),
    target: z
      .union([
        z.number(),
        z.string().regex(/^\s*[<>≥≤=]*\s*-?\d+(\.\d+)?\s*%?\s*$/u, 'must be a number such as 80% or 0.8'),
      ])
      .optional()
      .describe('The value to reach; may also come from the report.'),
    diagnostic: z
      .string()
      .min(1)
      .optional()
      .describe('The diagnostic report; default: diagnostic_report.md.'),
    checklist: z
      .string()
      .min(1)
      .optional()
      .describe('The diagnostics checklist; default: diagnostics_complete.md.'),
    out: z.string().min(1).default('results/optimization').describe('Folder for the report, plots and JSON.'),
    seeds: z
      .array(z.int().min(0))
      .min(1)
      .optional()
      .describe('Seeds of the runs; default: counted up from the baseline seed.'),
    evidence: z
      .enum(['quick', 'standard', 'thorough'])
      .default('standard')
      .describe('How much evidence a verdict needs.'),
    budget: z
      .strictObject({
        runs: z.int().min(1).optional().describe('Trainings at most, baseline and optimized together.'),
        hours: z.number().positive().optional().describe('Wall-clock hours at most.'),
      })
      .default({})
      .describe('What a study may cost; the seeds are planned to fit.'),
    sweep: sweepSchema.optional(),
    finalize: finalizeSchema.prefault({}).describe('How `pawl finalize` makes the final model.'),
    slots: z
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe(
        'Trainings at a time; default: GPUs / gpusPerRun, which is also the most where there are GPUs, else half of the cores.',
      ),
    gpusPerRun: z
      .int()
      .min(0)
      .optional()
      .describe('GPUs each training gets; default: 1 where there are GPUs.'),
    executor: z.enum(['local']).default('local').describe('Where trainings run.'),
    overrides: overridesSchema,
    effectiveConfig: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Name of the file, in the output folder, in which the training writes down the config it really used; found when absent.',
      ),
    metrics: z
      .strictObject({
        source: z
          .string()
          .min(1)
          .optional()
          .describe(
            'Where the training logs: `stdout`, or a file or folder ({output}/metrics.csv); found when absent.',
          ),
        format: z.string().min(1).optional().describe('The format, where it is not recognised.'),
      })
      .default({})
      .describe('How the log of a training is found and read, where that needs help.'),
    limits: z
      .strictObject({
        run: duration.optional().describe('Longest wall time of one training.'),
        silence: duration
          .optional()
          .describe('Longest time without output before a training counts as hung.'),
        grace: duration.default('10s').describe('Time between SIGTERM and SIGKILL.'),
      })
      .default({ grace: '10s' })
      .describe('How long a training may take.'),
    smoke: z
      .union([
        z.literal(false),
        z.strictObject({
          overrides: z
            .record(z.string(), z.unknown())
            .default({})
            .describe('Config values for the short check runs.'),
        }),
      ])
      .optional()
      .describe(
        'Short runs before the long ones; false turns them off. Default: the epoch limit is set to 1.',
      ),
    resume: z
      .string()
      .min(1)
      .optional()
      .describe('Arguments appended when a run continues after an interruption.'),
    checkpoints: z
      .string()
      .min(1)
      .default('checkpoints')
      .describe('Folder for checkpoints ({checkpoints}), or a glob of where the training writes them.'),
    extend: z
      .union([z.boolean(), z.number().gt(1)])
      .default(true)
      .describe('Raise the epoch limit where learning gets slower (factor, default 2.5); false: never.'),
    confirm: z
      .string()
      .min(1)
      .optional()
      .describe('A metric on a split that no decision looks at; opened once, at the end.'),
    confirmSize: z
      .int()
      .min(1)
      .optional()
      .describe('Number of examples behind the confirm metric, so that it can confirm a target.'),
    validationSize: z
      .int()
      .min(1)
      .optional()
      .describe('Number of validation examples, for intervals of accuracies.'),
    guards: z
      .strictObject({
        nan: z.boolean().default(true).describe('Stop a run at its first NaN or infinite value.'),
      })
      .default({ nan: true })
      .describe('What ends a run by itself.'),
    tracking: trackingSchema,
    diagnose: diagnoseSchema,
    thresholds: z
      .strictObject({
        significant: z.number().min(0).default(3).describe('Points (or %) that count as a large gain.'),
        diminishing: z
          .number()
          .min(0)
          .default(2)
          .describe('Points (or %) under which a gain counts as diminishing.'),
        maxIterations: z
          .int()
          .min(1)
          .default(3)
          .describe('Iterations of a study; a further one needs --force.'),
      })
      .default({ significant: 3, diminishing: 2, maxIterations: 3 })
      .describe('Where the decision draws its lines.'),
  })
  .describe('pawl.yaml');

export type ProjectFile = z.output<typeof projectSchema>;
