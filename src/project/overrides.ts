import * as z from 'zod';
import { styleNames } from '../config/overrides/registry.ts';

const style = z.enum(styleNames);

/** `overrides:` of pawl.yaml: a style, or a style with what the trainer calls its settings. */
export const overridesSchema = z
  .union([
    style,
    z.strictObject({
      style: style.describe('How changes reach the training.'),
      names: z
        .record(z.string(), z.string().min(1))
        .default({})
        .describe(
          'Config path → what the trainer calls it: a flag (`--learning-rate`, `--amp/--no-amp`), a key or a variable.',
        ),
      values: z
        .enum(['yaml', 'python'])
        .optional()
        .describe(
          'How the trainer reads values: as YAML (default), or as Python literals (Ultralytics, Sacred, nanoGPT).',
        ),
      prefix: z.string().default('').describe('Before the names of environment variables, such as `APP_`.'),
      separator: z
        .string()
        .min(1)
        .default('_')
        .describe('Between the keys in the name of an environment variable, such as `__`.'),
    }),
  ])
  .default('file')
  .describe(
    'How changes reach the training: by the config file, or as arguments where {overrides} stands in `train` (default: at its end).',
  );
