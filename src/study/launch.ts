import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editConfig, readConfig } from '../config/document.ts';
import { getAt } from '../config/lookup.ts';
import { parsePath } from '../config/path.ts';
import type { Passed } from '../config/overrides/_contract.ts';
import type { ConfigMapping } from '../config/value.ts';
import {
  expandCommand,
  expandShellCommand,
  formatCommand,
  parseCommand,
  placeholdersOf,
} from '../execution/command.ts';
import type { RunSpec } from '../execution/_contract.ts';
import { parseDurationMs } from '../project/duration.ts';
import { inProject, toProjectPath, type Project } from '../project/load.ts';
import { studyError } from './errors.ts';
import { newRun } from './new-run.ts';
import { isFileStyle, openPassing, type Passing } from './passing.ts';
import type { StudyRecord } from './record.ts';
import type { RunRequest } from './strategies/_contract.ts';
import type { Run, Trial } from './types.ts';

/** How a seed reaches the training. */
export type SeedRoute = 'argument' | 'config' | 'environment';

export interface Launcher {
  seedRoute: SeedRoute;
  /** Makes the folders and files of a new run and says how to start it. `proposed`: its trial, where that is not in the record yet. */
  prepare: (
    record: StudyRecord,
    request: RunRequest,
    proposed?: Trial,
  ) => Promise<{ run: Run; spec: RunSpec }>;
  /** The spec of a run that an earlier session prepared. */
  specOf: (record: StudyRecord, run: Run) => RunSpec;
  /** The plain command for one config, for people to type. */
  commandFor: (config: string, seed: number | null) => Promise<string[]>;
  /** The same for a config that is not written yet. */
  preview: (config: string, target: ConfigMapping, run: PreviewRun) => Promise<string[]>;
  /** A command other than the training, on the files of a finished run. */
  evaluation: (record: StudyRecord, run: Run, template: string) => RunSpec;
}

/** The places that a previewed command names. */
export type PreviewRun = Pick<Run, 'seed' | 'output' | 'checkpoints' | 'id'>;

export interface LauncherOptions {
  project: Project;
  /** Path of the seed in the config, where the command takes no {seed}; null where there is none. */
  seedPath: string | null;
  gpusPerRun: number;
  /** Appended to every training command. */
  arguments?: readonly string[];
}

const BIN = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin');

/** A run's place on disk and its command, from the project file. Nothing of a report gets into either but the config's path. */
export function createLauncher({
  project,
  seedPath,
  gpusPerRun,
  arguments: appended = [],
}: LauncherOptions): Launcher {
  const { settings, root } = project;
  const train = settings.train;
  const template = typeof train === 'string' ? (settings.shell ? [train] : parseCommand(train)) : [...train];
  const resume = settings.resume === undefined ? [] : parseCommand(settings.resume);
  const opened = { passing: undefined as Promise<Passing> | undefined };
  const isFile = isFileStyle(settings);
  const takesSeed = placeholdersOf([...template, ...resume]).includes('seed');
  const seedRoute: SeedRoute = takesSeed ? 'argument' : seedPath === null ? 'environment' : 'config';

  const build = (
    run: Pick<Run, 'seed' | 'output' | 'checkpoints' | 'id'>,
    config: string,
    overrides: readonly string[],
    extra: readonly string[] = [],
  ): [string, ...string[]] => {
    const values = {
      config,
      output: inProject(project, run.output),
      seed: run.seed ?? undefined,
      checkpoints: run.checkpoints === null ? undefined : inProject(project, run.checkpoints),
      run: run.id,
      overrides,
    };
    const words = withOverrides([...template, ...appended, ...extra], settings.shell, overrides);
    if (settings.shell) return [words.map((word) => expandShellCommand(word, values)).join(' ')];
    return expandCommand(words, values);
  };

  /** What the training is given beside its config file, so that it trains with `target`. */
  const passedFor = async (target: ConfigMapping | string): Promise<Passed> => {
    if (isFile) return { argv: [], environment: {} };
    const { pass } = await (opened.passing ??= openPassing(project, template));
    const base = await readConfig(inProject(project, settings.baseline.config));
    return pass(base, typeof target === 'string' ? (await readConfig(target)).value : target);
  };
  /** The file that `{config}` names: the baseline's where arguments bring the changes. */
  const handedOver = (config: string): string =>
    isFile ? config : inProject(project, settings.baseline.config);

  const toSpec = (
    record: StudyRecord,
    run: Run,
    config: string,
    argv: RunSpec['argv'],
    environment: Readonly<Record<string, string>> = {},
  ): RunSpec => ({
    runId: `${record.id}.${run.id}`,
    argv,
    shell: settings.shell,
    cwd: inProject(project, settings.workdir),
    env: {
      ...Object.fromEntries(Object.entries(settings.environment).map(([key, value]) => [key, String(value)])),
      PATH: `${BIN}:${settings.environment['PATH'] ?? process.env['PATH'] ?? ''}`,
      ...(run.seed === null ? {} : { PAWL_SEED: String(run.seed) }),
      ...environment,
      PAWL_CONFIG: handedOver(config),
      PAWL_OUTPUT: inProject(project, run.output),
    },
    directory: inProject(project, run.directory),
    limits: {
      timeMs: settings.limits.run === undefined ? null : (parseDurationMs(settings.limits.run) ?? null),
      silenceMs:
        settings.limits.silence === undefined ? null : (parseDurationMs(settings.limits.silence) ?? null),
      graceMs: parseDurationMs(settings.limits.grace) ?? 10_000,
    },
    gpus: gpusPerRun,
  });

  const configOf = (trial: Trial, run: Pick<Run, 'seed' | 'directory'>): string =>
    seedRoute === 'config' && run.seed !== null
      ? inProject(project, join(run.directory, `config${extname(trial.config)}`))
      : inProject(project, trial.config);

  const typed = (config: string, passed: Passed, run: PreviewRun): string[] => {
    const variables = Object.entries(passed.environment).map(([name, value]) => `${name}=${value}`);
    const file = toProjectPath({ root }, handedOver(inProject(project, config)));
    const argv = build(run, file, passed.argv).map((word) => word.replace(`${root}/`, ''));
    return variables.length === 0 ? argv : ['env', ...variables, ...argv];
  };

  return {
    seedRoute,
    async prepare(record, request, proposed) {
      const trial = proposed ?? record.trials.get(request.trial);
      if (!trial) throw new Error(`no trial ${request.trial}`);
      const before = proposed
        ? []
        : [...record.runs.values()].filter(
            (run) => run.trial === trial.id && run.seed === request.seed && run.status !== 'adopted',
          );
      const attempt = before.length + 1;
      const name = `${trial.id}${request.seed === null ? '' : `-s${request.seed}`}`;
      const first = before[0];
      const directory = `.pawl/runs/${record.id}/${name}${attempt === 1 ? '' : `.${attempt}`}`;
      const continues = attempt > 1 && resume.length > 0 && first !== undefined;
      const run = newRun({
        id: attempt === 1 ? name : `${name}.${attempt}`,
        trial: trial.id,
        seed: request.seed,
        attempt,
        status: 'starting',
        directory,
        output: continues ? first.output : `${directory}/output`,
        checkpoints: continues
          ? first.checkpoints
          : checkpointsOf(settings.checkpoints, trial, record.id, name, attempt),
      });
      mkdirSync(inProject(project, run.directory), { recursive: true });
      mkdirSync(inProject(project, run.output), { recursive: true });
      if (run.checkpoints !== null) mkdirSync(inProject(project, run.checkpoints), { recursive: true });
      const config = configOf(trial, run);
      if (config !== inProject(project, trial.config) && run.seed !== null && seedPath !== null) {
        await writeSeeded(inProject(project, trial.config), config, seedPath, run.seed);
      }
      const passed = await passedFor(config);
      const argv = build(run, handedOver(config), passed.argv, continues ? resume : []);
      const variables = Object.entries(passed.environment).map(([name, value]) => `${name}=${value}`);
      const notes = variables.length === 0 ? [] : [`Started with ${formatCommand(variables)}.`];
      return {
        run: { ...run, argv: [...argv], notes },
        spec: toSpec(record, run, config, argv, passed.environment),
      };
    },
    specOf(record, run) {
      const trial = record.trials.get(run.trial);
      if (!trial) throw new Error(`no trial ${run.trial}`);
      const [program, ...rest] = run.argv;
      if (program === undefined) throw new Error(`run ${run.id} has no command`);
      return toSpec(record, run, configOf(trial, run), [program, ...rest]);
    },
    async commandFor(config, seed) {
      const run = {
        seed: seed ?? 42,
        output: 'results/final',
        checkpoints: 'checkpoints/final',
        id: 'final',
      };
      return typed(config, await passedFor(inProject(project, config)), run);
    },
    async preview(config, target, run) {
      return typed(config, await passedFor(target), run);
    },
    evaluation(record, run, command) {
      const trial = record.trials.get(run.trial);
      if (!trial) throw new Error(`no trial ${run.trial}`);
      const config = configOf(trial, run);
      const values = {
        config,
        output: inProject(project, run.output),
        seed: run.seed ?? undefined,
        checkpoints: run.checkpoints === null ? undefined : inProject(project, run.checkpoints),
        run: run.id,
        overrides: [],
      };
      const argv: RunSpec['argv'] = settings.shell
        ? [expandShellCommand(command, values)]
        : expandCommand(parseCommand(command), values);
      const spec = toSpec(record, run, config, argv);
      return {
        ...spec,
        runId: `${spec.runId}.evaluate`,
        directory: join(spec.directory, 'evaluate'),
        limits: { ...spec.limits, timeMs: null },
      };
    },
  };
}

/** Puts `{overrides}` at the end where the command does not say where they go. */
function withOverrides(
  words: readonly string[],
  isShell: boolean,
  overrides: readonly string[],
): readonly string[] {
  if (overrides.length === 0 || placeholdersOf(words).includes('overrides')) return words;
  if (isShell && words.some((word) => /[|;&<>\n#]/.test(word))) {
    throw studyError(
      'OVERRIDES_UNPLACED',
      'Where the changed settings go in a shell command with several parts is not clear.',
      {
        remedy: 'Write {overrides} into `train:` in pawl.yaml, behind the arguments of the training.',
      },
    );
  }
  return [...words, '{overrides}'];
}

/** Checkpoints never share a folder between studies: a trainer that resumes by itself would start from another config's. */
function checkpointsOf(setting: string, trial: Trial, study: string, run: string, attempt: number): string {
  const base = /[*?[\]{}]/.test(setting) ? 'checkpoints' : setting;
  const name = attempt === 1 ? run : `${run}.${attempt}`;
  if (trial.kind === 'smoke') return `.pawl/runs/${study}/${name}/checkpoints`;
  const use = trial.kind === 'baseline' || trial.kind === 'final' ? trial.kind : 'optimization';
  return `${base}/${use}/${study}/${name}`;
}

async function writeSeeded(source: string, target: string, seedPath: string, seed: number): Promise<void> {
  const document = await readConfig(source);
  const path = parsePath(seedPath);
  if (!path) throw new Error(`not a path: ${seedPath}`);
  if (getAt(document.value, path) === seed) {
    await writeFile(target, document.text);
    return;
  }
  const edited = editConfig(document, [{ path, kind: 'changed', value: seed, why: 'seed of this run' }]);
  await writeFile(target, edited.text);
}
