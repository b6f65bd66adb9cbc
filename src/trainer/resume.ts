import { join } from 'node:path';
import { findCheckpoint, LAST, readCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import { InputError } from './error.ts';
import type { TrainerConfig } from './schema.ts';

export interface Resumed {
  file: string;
  checkpoint: Checkpoint;
  /** What differs from the config of the checkpoint, each as `path (was X, now Y)`. */
  differences: string[];
}

/** These may differ without making it another training. */
const FREE = new Set(['experiment', 'evaluation']);
const FREE_KEYS = new Set([
  'training.epochs',
  'training.checkpoint_every',
  'early_stopping.enabled',
  'early_stopping.patience',
]);

/** The checkpoint to continue from; undefined where `auto` finds none. Another seed or network is refused. */
export function resumeFrom(
  request: string,
  folder: string,
  config: TrainerConfig,
  widths: number[],
): Resumed | undefined {
  const file = findCheckpoint(request === 'auto' ? folder : request);
  if (file === undefined) {
    if (request === 'auto') return undefined;
    throw new InputError(`No checkpoint at ${request} (looked for ${join(request, LAST)} too).`);
  }
  const checkpoint = readCheckpoint(file);
  const { state, arrays } = checkpoint;
  if (!('best' in arrays)) throw new InputError(`${file} holds weights only; resume from ${LAST}.`);
  if (state.seed !== config.experiment.seed) {
    throw new InputError(
      `${file} was trained with seed ${state.seed}, not ${config.experiment.seed}; use that seed or another checkpoints folder.`,
    );
  }
  if (state.widths.join() !== widths.join()) {
    throw new InputError(
      `${file} holds a network of widths ${state.widths.join('-')}; the config asks for ${widths.join('-')}.`,
    );
  }
  return { file, checkpoint, differences: differences(state.config, config) };
}

function differences(before: TrainerConfig, now: TrainerConfig): string[] {
  return Object.entries(now).flatMap(([section, keys]) => {
    if (FREE.has(section)) return [];
    const old = before[section as keyof TrainerConfig] as Record<string, unknown>;
    return Object.entries(keys as Record<string, unknown>)
      .filter(
        ([key, value]) =>
          !FREE_KEYS.has(`${section}.${key}`) && JSON.stringify(old[key]) !== JSON.stringify(value),
      )
      .map(
        ([key, value]) => `${section}.${key} (was ${JSON.stringify(old[key])}, now ${JSON.stringify(value)})`,
      );
  });
}
