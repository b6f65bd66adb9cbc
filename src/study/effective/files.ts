import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { ConfigDocument } from '../../config/_contract.ts';
import { readConfig } from '../../config/document.ts';

/** Names under which trainers write down the config they really used, most telling first. */
const NAMES = [
  '.hydra/config.yaml',
  ...named('hparams', 'args', 'config'),
  ...named('train_config', 'training_config', 'run_config', 'resolved_config', 'full_config'),
  'opt.yaml',
  'hyp.yaml',
  'cfg.yaml',
  ...named('params', 'hyperparameters', 'training_args'),
];
const DEPTH = 3;
const MOST_ENTRIES = 2000;
const SKIPPED = /^(?:checkpoints?|ckpts?|weights|wandb|mlruns|node_modules|__pycache__|checkpoint-\d+)$/;

function named(...stems: string[]): string[] {
  return stems.flatMap((stem) => ['yaml', 'yml', 'json', 'toml'].map((extension) => `${stem}.${extension}`));
}

export interface EffectiveConfig {
  /** Relative to the output folder, with forward slashes. */
  name: string;
  document: ConfigDocument;
}

/** The trainer's own records of its config in an output folder, the most telling first. Unreadable ones are passed over. */
export async function findEffectiveConfigs(folder: string, named?: string): Promise<EffectiveConfig[]> {
  const files = await list(folder);
  const wanted = named === undefined ? NAMES : [named.replace(/^\.\//, ''), ...NAMES];
  const rank = (file: string): number =>
    wanted.findIndex((name) => file === name || file.endsWith(`/${name}`));
  const ranked = files
    .filter((file) => rank(file) >= 0)
    .sort((a, b) => rank(a) - rank(b) || a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  const found: EffectiveConfig[] = [];
  for (const name of ranked) {
    const document = await readConfig(join(folder, name)).catch(() => undefined);
    if (document && !isModelCard(name, document)) found.push({ name, document });
  }
  return found;
}

/** Hugging Face and Keras write the shape of a model, not the settings of a training, into config.json. */
function isModelCard(name: string, { value }: ConfigDocument): boolean {
  return (
    basename(name) === 'config.json' &&
    ['architectures', 'transformers_version', 'class_name', '_class_name'].some((key) => key in value)
  );
}

async function list(root: string): Promise<string[]> {
  const files: string[] = [];
  let level = [root];
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (files.length >= MOST_ENTRIES) return files;
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !SKIPPED.test(entry.name)) next.push(path);
        else if (entry.isFile()) files.push(relative(root, path).replaceAll('\\', '/'));
      }
    }
    level = next;
  }
  return files;
}
