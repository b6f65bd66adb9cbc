import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Names under which trainers write down the config they really used, most telling first. */
const NAMES = [
  '.hydra/config.yaml',
  'hparams.yaml',
  'args.yaml',
  'config.yaml',
  'config.yml',
  'config.json',
  'args.json',
];

/** The trainer's own record of its config in an output folder; undefined where it writes none. */
export async function findEffectiveConfig(folder: string): Promise<string | undefined> {
  for (const name of NAMES) {
    const file = join(folder, name);
    if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  }
  return undefined;
}
