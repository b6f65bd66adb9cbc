import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editConfig, readConfig } from '../config/document.ts';
import { getAt } from '../config/lookup.ts';
import { parsePath } from '../config/path.ts';
import { expandCommand, expandShellCommand, parseCommand, placeholdersOf } from '../execution/command.ts';
import type { RunSpec } from '../execution/_contract.ts';
import { parseDurationMs } from '../project/duration.ts';
import { inProject, toProjectPath, type Project } from '../project/load.ts';
import type { StudyRecord } from './record.ts';
import type { RunRequest } from './strategies/_contract.ts';
import type { Run, Trial } from './types.ts';

/** How a seed reaches the training. */
export type SeedRoute = 'argument' | 'config' | 'environment';

export interface Launcher {
  seedRoute: SeedRoute;
  /** Makes the folders and files of a new run and says how to start it. */
  prepare: (record: StudyRecord, request: RunRequest) => Promise<{ run: Run; spec: RunSpec }>;
  /** The spec of a run that an earlier session prepared. */
  specOf: (record: StudyRecord, run: Run) => RunSpec;
  /** The plain command for one config, for people to type. */
  commandFor: (config: string, seed: number | null) => string[];
}

export interface LauncherOptions {
  project: Project;
  /** Path of the seed in the config, where the command takes no {seed}; null where there is none. */
  seedPath: string | null;
  gpusPerRun: number;
}

const BIN = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin');

/** A run's place on disk and its command, from the project file. Nothing of a report gets into either but the config's path. */
export function createLauncher({ project, seedPath, gpusPerRun }: LauncherOptions): Launcher {
  const { settings, root } = project;
  const train = settings.train;
  const template = typeof train === 'string' ? (settings.shell ? [train] : parseCommand(train)) : [...train];
  const resume = settings.resume === undefined ? [] : parseCommand(settings.resume);
  const takesSeed = placeholdersOf([...template, ...resume]).includes('seed');
  const seedRoute: SeedRoute = takesSeed ? 'argument' : seedPath === null ? 'environment' : 'config';

  const build = (
    run: Pick<Run, 'seed' | 'output' | 'checkpoints' | 'id'>,
    config: string,
    extra: readonly string[] = [],
  ): [string, ...string[]] => {
    const values = {
      config,
      output: inProject(project, run.output),
      seed: run.seed ?? undefined,
      checkpoints: run.checkpoints === null ? undefined : inProject(project, run.checkpoints),
      run: run.id,
    };
    const words = [...template, ...extra];
    if (settings.shell) return [words.map((word) => expandShellCommand(word, values)).join(' ')];
    return expandCommand(words, values);
  };

  const toSpec = (record: StudyRecord, run: Run, config: string, argv: RunSpec['argv']): RunSpec => ({
    runId: `${record.id}.${run.id}`,
    argv,
    shell: settings.shell,
    cwd: inProject(project, settings.workdir),
    env: {
      ...Object.fromEntries(Object.entries(settings.environment).map(([key, value]) => [key, String(value)])),
      PATH: `${BIN}:${settings.environment['PATH'] ?? process.env['PATH'] ?? ''}`,
      ...(run.seed === null ? {} : { PAWL_SEED: String(run.seed) }),
      PAWL_CONFIG: config,
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

  return {
    seedRoute,
    async prepare(record, request) {
      const trial = record.trials.get(request.trial);
      if (!trial) throw new Error(`no trial ${request.trial}`);
      const before = [...record.runs.values()].filter(
        (run) => run.trial === trial.id && run.seed === request.seed && run.status !== 'adopted',
      );
      const attempt = before.length + 1;
      const name = `${trial.id}${request.seed === null ? '' : `-s${request.seed}`}`;
      const first = before[0];
      const directory = `.pawl/runs/${record.id}/${name}${attempt === 1 ? '' : `.${attempt}`}`;
      const continues = attempt > 1 && resume.length > 0 && first !== undefined;
      const run: Run = {
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
        metricsFile: null,
        metricsFormat: null,
        argv: [],
        gpus: [],
        ticket: null,
        startedAt: null,
        endedAt: null,
        exitCode: null,
        value: null,
        failure: null,
        resources: null,
        notes: [],
      };
      await mkdir(inProject(project, run.output), { recursive: true });
      if (run.checkpoints !== null) await mkdir(inProject(project, run.checkpoints), { recursive: true });
      const config = configOf(trial, run);
      if (config !== inProject(project, trial.config) && run.seed !== null && seedPath !== null) {
        await writeSeeded(inProject(project, trial.config), config, seedPath, run.seed);
      }
      const argv = build(run, config, continues ? resume : []);
      return { run: { ...run, argv: [...argv] }, spec: toSpec(record, run, config, argv) };
    },
    specOf(record, run) {
      const trial = record.trials.get(run.trial);
      if (!trial) throw new Error(`no trial ${run.trial}`);
      const [program, ...rest] = run.argv;
      if (program === undefined) throw new Error(`run ${run.id} has no command`);
      return toSpec(record, run, configOf(trial, run), [program, ...rest]);
    },
    commandFor(config, seed) {
      return build(
        { seed: seed ?? 42, output: 'results/final', checkpoints: 'checkpoints/final', id: 'final' },
        toProjectPath({ root }, inProject(project, config)),
      ).map((word) => word.replace(`${root}/`, ''));
    },
  };
}

/** Checkpoints never share a folder between studies: a trainer that resumes by itself would start from another config's. */
function checkpointsOf(setting: string, trial: Trial, study: string, run: string, attempt: number): string {
  const base = /[*?[\]{}]/.test(setting) ? 'checkpoints' : setting;
  const name = attempt === 1 ? run : `${run}.${attempt}`;
  if (trial.kind === 'smoke') return `.pawl/runs/${study}/${name}/checkpoints`;
  return `${base}/${trial.kind === 'baseline' ? 'baseline' : 'optimization'}/${study}/${name}`;
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
