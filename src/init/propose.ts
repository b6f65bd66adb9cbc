import { goalOf } from '../metrics/goal.ts';
import { rankConfigs, rivalsOf, type RankedConfig } from './configs.ts';
import { folderOf, type Folder } from './folder.ts';
import { proposeMetric } from './metric.ts';
import { findObserved } from './observed.ts';
import { otherStarts } from './other-starts.ts';
import { findBaseline } from './runs.ts';
import { Modules } from './modules.ts';
import { isTest, likelyScripts, rankScripts } from './scripts.ts';
import { seedPathOf } from './seed.ts';
import { startOf } from './stacks.ts';
import type { Missing, Start } from './start.ts';
import { startFromWish, type Wishes } from './wishes.ts';

/** The keys of a proposed pawl.yaml. */
export interface Settings {
  train: string;
  shell?: true;
  environment?: Record<string, string>;
  baseline: { config: string; results?: string };
  metric: string;
  target?: string | number;
  diagnostic?: string;
  metrics?: { source: string };
  slots?: number;
}

export interface Guess {
  key: string;
  value: string | number;
  why: string;
  /** What it could be as well. */
  alternatives: string[];
}

export interface Proposal {
  /** As far as it goes: `train` and `baseline.config` are null where they were not found. */
  settings: Omit<Settings, 'train' | 'baseline'> & {
    train: string | null;
    baseline: { config: string | null; results?: string };
  };
  stack: string | null;
  guesses: Guess[];
  missing: Missing[];
  /** Whether it can work as it is. */
  isComplete: boolean;
  /** Arguments that continue a run, to be shown as a comment. */
  resume: string | null;
}

/** Sources that are read for the names of metrics where nothing nearer says any. */
const MOST_READ = 60;

/** Proposes a project file from what lies in a folder; undefined where there is nothing to go by. Pure. */
export function propose(folder: Folder, wishes: Wishes): Proposal | undefined {
  const modules = new Modules(folder);
  const likely = likelyScripts(modules);
  const observed = findObserved(folder, likely);
  const starts = [
    ...rankScripts(likely, modules).flatMap((script) => startOf(script, folder, observed) ?? []),
    ...otherStarts(folder, observed),
  ].sort((a, b) => rank(b) - rank(a));
  const start = wishes.train === undefined ? starts[0] : startFromWish(wishes.train);
  const ranked = rankConfigs(folder, start);
  const config = wishes.config ? { ...wishes.config, score: 0, why: 'given with --config' } : ranked[0];
  const isEmpty =
    !start &&
    !config &&
    folder.runs.length === 0 &&
    folder.reports.length === 0 &&
    notebooks(folder).length === 0;
  if (isEmpty) return undefined;

  const baseline = findBaseline(folder, config);
  const report = folder.reports.find(({ isDiagnosis }) => isDiagnosis) ?? folder.reports[0];
  const metric = proposeMetric({
    wish: wishes.metric,
    report,
    config,
    run: baseline?.run ?? folder.runs[0],
    logged: start?.logged ?? [],
    elsewhere: () =>
      modules
        .where((path, text) => /val|eval/.test(text) && !isTest(path), MOST_READ)
        .flatMap(({ logged }) => logged),
  });
  const guesses: Guess[] = [];
  const guess = (
    key: string,
    value: string | number,
    why: string,
    alternatives: readonly string[] = [],
  ): void => {
    guesses.push({ key, value, why, alternatives: alternatives.slice(0, 5) });
  };
  const train = start ? showCommand(start) : null;
  if (start && train !== null) {
    const others = wishes.train === undefined ? starts.slice(1).filter(({ takes }) => takes.config) : [];
    guess('train', train, start.why, others.map(showCommand));
  }
  if (config)
    guess(
      'baseline.config',
      config.path,
      config.why,
      wishes.config ? [] : rivalsOf(ranked).map(({ path }) => path),
    );
  if (baseline) guess('baseline.results', baseline.results, baseline.why);
  guess('metric', metric.name, `${metric.why}; ${goalOf(metric.name) === 'max' ? 'more' : 'less'} is better`);
  const target = wishes.target ?? targetOf(report, metric.name, wishes.metric);
  if (target !== undefined) {
    const line = report?.target?.line;
    guess(
      'target',
      target,
      wishes.target === undefined ? `${report?.path}${line ? `:${line}` : ''}` : 'given with --target',
    );
  }
  const overwrites = start !== undefined && !start.takes.output && wishes.train === undefined;
  const environment = Object.fromEntries(
    Object.entries(start?.environment ?? {}).filter(([name]) => name !== 'CUDA_VISIBLE_DEVICES'),
  );
  const missing = findMissing({
    folder,
    start,
    config,
    metric,
    hasRuns: folder.runs.length > 0,
    hasBaseline: baseline !== undefined,
    wishes,
  });
  return {
    settings: {
      train,
      ...(start?.shell ? { shell: true as const } : {}),
      ...(Object.keys(environment).length > 0 ? { environment } : {}),
      baseline: { config: config?.path ?? null, ...(baseline ? { results: baseline.results } : {}) },
      metric: metric.name,
      ...(target === undefined ? {} : { target }),
      ...(report && report.path !== 'diagnostic_report.md' ? { diagnostic: report.path } : {}),
      ...(overwrites ? { metrics: { source: 'stdout' }, slots: 1 } : {}),
    },
    stack: start?.stack ?? null,
    guesses,
    missing,
    isComplete:
      start !== undefined && config !== undefined && (start.takes.config || wishes.train !== undefined),
    resume: start?.resume ?? null,
  };
}

/** A command that takes a config file goes before one that does not, among scripts that are about as likely. */
function rank({ score, takes, missing }: Start): number {
  return score + (takes.config ? 2 : 0) - (missing.some(({ key }) => key === 'train') ? 0.5 : 0);
}

interface Found {
  folder: Folder;
  start: Start | undefined;
  config: RankedConfig | undefined;
  metric: { name: string; isFound: boolean };
  hasRuns: boolean;
  hasBaseline: boolean;
  wishes: Wishes;
}

function findMissing({ folder, start, config, metric, hasRuns, hasBaseline, wishes }: Found): Missing[] {
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
    if (wishes.train !== undefined && !start.takes.config) {
      missing.push({
        key: 'train',
        message:
          'The command has no {config}; it must read the path of its config from the environment variable PAWL_CONFIG.',
        write: 'Write {config} where the path of the config belongs.',
      });
    }
    if (
      start.takes.config &&
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
    if (start.takes.config && !start.takes.seed && !(config && seedPathOf(config.value))) {
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

function notebooks(folder: Folder): string[] {
  return folder.files.flatMap(({ path }) =>
    path.endsWith('.ipynb') && !path.includes('.ipynb_checkpoints') ? [path] : [],
  );
}

function targetOf(
  report: Folder['reports'][number] | undefined,
  metric: string,
  wish: string | undefined,
): string | number | undefined {
  const target = report?.target;
  if (!target || (wish !== undefined && target.metric !== null && target.metric !== metric)) return undefined;
  return target.unit === null ? target.value : `${target.value}${target.unit}`;
}

/** As it is written into pawl.yaml. */
export function showCommand({ words, shell }: Pick<Start, 'words' | 'shell'>): string {
  if (shell) return words[0] ?? '';
  return words.map((word) => (/^[\w@%+=:,./{}-]+$/u.test(word) ? word : quote(word))).join(' ');
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
