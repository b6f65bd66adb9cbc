/** What `pawl-train` does with its arguments: read config and data, make the folders, train, conclude. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arguments } from './arguments.ts';
import { loadConfig } from './config.ts';
import { loadDataset } from './dataset.ts';
import { InputError, messageOf } from './error.ts';
import { effectiveConfig } from './hparams.ts';
import { Session } from './session.ts';
import type { Surroundings } from './session.ts';

export async function runTraining(options: Arguments, surroundings: Surroundings): Promise<void> {
  const { config, warnings } = loadConfig(options.config);
  for (const warning of warnings) surroundings.warn(`warning: ${warning}`);
  config.training.epochs = options.epochs ?? config.training.epochs;
  config.experiment.seed = options.seed ?? config.experiment.seed;
  const data = loadDataset(config.data, options.config);
  if (options.test && data.test.labels.length === 0)
    throw new InputError('--test needs data.test_samples above 0.');

  const checkpoints = options.checkpoints ?? join(options.out, 'checkpoints');
  for (const folder of [options.out, checkpoints]) makeFolder(folder);
  writeFileSync(join(options.out, 'hparams.yaml'), effectiveConfig(config));

  const session = new Session(config, data, options.out, checkpoints);
  if (options.resume !== undefined) session.resume(options.resume, surroundings);
  await session.train(surroundings);
  session.conclude(options.test, surroundings);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new InputError(`Cannot make the folder ${path}: ${messageOf(error)}`);
  }
}
