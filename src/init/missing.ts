import type { RankedConfig } from './configs.ts';
import { folderOf, type Folder } from './folder.ts';
import { seedPathOf } from './seed.ts';
import { takesChanges, type Missing, type Start } from './start.ts';
import type { Wishes } from './wishes.ts';

interface Found {
  folder: Folder;
  start: Start | undefined;
  config: RankedConfig | undefined;
  metric: { name: string; isFound: boolean };
  hasRuns: boolean;
  hasBaseline: boolean;
  wishes: Wishes;
}

/** What a proposal lacks, each with what to write there. */
export function findMissing({
  folder,
  start,
  config,
  metric,
  hasRuns,
  hasBaseline,
  wishes,
}: Found): Missing[] {
  const missing: Missing[] = [];
  if (!start) {
    const [notebook] = notebooks(folder);
    missing.push({
      key: 'train',
      message:
        notebook === undefined
          ? 'No training script was found.'
          : `The training is in a notebook (${notebook}); Pawl needs a command that it can start.`,
      write:
        notebook === undefined
          ? 'The command that trains, such as `python train.py --config {config} --out {output} --seed {seed}`.'
          : `Turn it into a script, \`jupyter nbconvert --to script ${notebook}\`, and let that read its settings from a config file and take an output folder; then write the command.`,
    });
  } else {
    missing.push(...start.missing);
    if (wishes.train !== undefined && !takesChanges(start)) {
      missing.push({
        key: 'train',
        message:
          'The command has no {config}; it must read the path of its config from the environment variable PAWL_CONFIG.',
        write:
          'Write {config} where the path of the config belongs, or let Pawl read the flags of the command: --run-help.',
      });
    }
    if (
      takesChanges(start) &&
      !start.takes.output &&
      start.missing.every(({ message }) => !message.includes('{output}'))
    ) {
      missing.push({
        key: 'train',
        message:
          'The command has no flag for the folder it writes to, so every run writes where the last one did. Runs therefore go one at a time (slots: 1), and their printed output is read.',
        write:
          'Let the script take its output folder by a flag (then write {output} there, and remove metrics.source and slots), or from the environment variable PAWL_OUTPUT.',
      });
    }
    if (takesChanges(start) && !start.takes.seed && !(config && seedPathOf(config.value))) {
      missing.push({
        key: 'train',
        message:
          'Neither the command nor the config has a seed, and runs on several seeds are what tells a gain from luck.',
        write:
          'Let the script take a seed by a flag (then write {seed} there), from its config, or from the environment variable PAWL_SEED.',
      });
    }
  }
  if (!config) {
    missing.push({
      key: 'baseline.config',
      message: `No config file (YAML, JSON, TOML) with training settings was found${start && start.script !== null ? ` for ${start.script}` : ''}.`,
      write: 'The path of the config that the baseline was trained with.',
    });
  }
  if (!metric.isFound) {
    missing.push({
      key: 'metric',
      message: 'No log, config or script names a metric of validation data.',
      write: `The name under which the training logs it; ${metric.name} is written for now.`,
    });
  }
  if (start && takesChanges(start) && !start.takes.output && hasBaseline && wishes.train === undefined) {
    missing.push({
      key: 'baseline.results',
      message: 'The training writes to a place of its own, so the next run may overwrite this log.',
      write: 'Copy it aside, such as into results/baseline/, and name the copy.',
    });
  }
  if (hasRuns && !hasBaseline) {
    const places = [...new Set(folder.runs.map(({ path }) => folderOf(path)))].slice(0, 5);
    missing.push({
      key: 'baseline.results',
      message: `Of the earlier runs none stands out as the baseline (${places.join(', ')}).`,
      write: 'The folder or log of the baseline run; without it Pawl trains the baseline itself.',
    });
  }
  return missing;
}

export function notebooks(folder: Folder): string[] {
  return folder.files.flatMap(({ path }) =>
    path.endsWith('.ipynb') && !path.includes('.ipynb_checkpoints') ? [path] : [],
  );
}
