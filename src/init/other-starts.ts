import { formatCommand } from '../execution/command.ts';
import { SCHEMA } from '../trainer/schema.ts';
import { fillFromObserved } from './command-line.ts';
import { folderOf, nameOf, type Folder, type FoundConfig } from './folder.ts';
import type { Observed } from './observed.ts';
import { NO_ROLES, rolesIn, type Start } from './start.ts';

/** Ways to train without a Python script of one's own. */
export function otherStarts(folder: Folder, observed: readonly Observed[]): Start[] {
  return [
    embedded(folder),
    ultralytics(folder),
    ...entryPoints(folder),
    ...targets(folder, observed),
  ].flatMap((start) => start ?? []);
}

const INSTALLED: Omit<Start, 'stack' | 'words' | 'takes' | 'why' | 'configs' | 'score'> = {
  script: null,
  shell: false,
  accepts: [],
  environment: {},
  resume: null,
  missing: [],
  logged: [],
};

/** A config of `pawl-train`, the trainer that comes with Pawl. */
function embedded(folder: Folder): Start | undefined {
  const sections = Object.keys(SCHEMA);
  const fitting = folder.configs.filter(({ value }) => {
    const keys = Object.keys(value);
    const { data } = value;
    const isDigits = typeof data === 'object' && data !== null && 'images' in data && 'labels' in data;
    return isDigits && keys.filter((key) => sections.includes(key)).length >= Math.max(3, keys.length * 0.6);
  });
  if (fitting.length === 0) return undefined;
  const words = [
    'pawl-train',
    '--config',
    '{config}',
    '--out',
    '{output}',
    '--seed',
    '{seed}',
    '--checkpoints',
    '{checkpoints}',
  ];
  return {
    ...INSTALLED,
    stack: 'pawl-train',
    words,
    takes: { ...NO_ROLES, ...rolesIn(words) },
    why: `${(fitting[0] as FoundConfig).path} is a config of pawl-train, the trainer that comes with Pawl`,
    configs: fitting.map(({ path }) => path),
    accepts: ['.yaml', '.yml', '.json'],
    resume: '--resume auto',
    logged: ['val_acc', 'val_loss'],
    score: 7,
  };
}

/** Ultralytics is started by its own command with one flat config. */
function ultralytics(folder: Folder): Start | undefined {
  const fitting = folder.configs.filter(
    ({ path, value }) => 'task' in value && 'mode' in value && 'data' in value && !isRunCopy(path, folder),
  );
  const imports = [...folder.texts].some(
    ([path, text]) => path.endsWith('.py') && /^\s*from ultralytics import/m.test(text),
  );
  if (
    fitting.length === 0 ||
    (!imports && !fitting.some(({ value }) => 'model' in value && 'epochs' in value))
  )
    return undefined;
  const words = ['yolo', 'cfg={config}', 'project={output}', 'name=run', 'seed={seed}'];
  return {
    ...INSTALLED,
    stack: 'Ultralytics',
    words,
    takes: { ...NO_ROLES, ...rolesIn(words) },
    why: `${(fitting[0] as FoundConfig).path} is a config of Ultralytics`,
    configs: fitting.map(({ path }) => path),
    accepts: ['.yaml', '.yml'],
    logged: ['metrics/mAP50-95(B)'],
    score: 6.5,
  };
}

function isRunCopy(path: string, folder: Folder): boolean {
  return folder.runs.some((run) => folderOf(run.path) === folderOf(path));
}

/** `[project.scripts] train = "pkg.train:main"`: what pyproject.toml installs. Its flags are those of the module. */
function entryPoints(folder: Folder): Start[] {
  const text = folder.texts.get('pyproject.toml') ?? '';
  const section =
    /^\[(?:project\.scripts|tool\.poetry\.scripts)\]\s*\n([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(text)?.[1] ?? '';
  return [...section.matchAll(/^([\w-]+)\s*=\s*"([\w.]+):\w+"/gm)].flatMap(([, name = '', module = '']) => {
    if (!/(?:^|[-_])(?:train|fit|pretrain|finetune)/.test(name)) return [];
    const path = module.replaceAll('.', '/');
    const file = folder.files.find((each) => each.path === `${path}.py` || each.path === `src/${path}.py`);
    // The module itself is found as a script, with its flags; this is for modules that are not.
    if (file) return [];
    return [
      {
        ...INSTALLED,
        stack: 'installed command',
        words: [name],
        takes: NO_ROLES,
        why: `pyproject.toml installs the command ${name}`,
        configs: [],
        missing: [flagsUnknown(name)],
        score: 4,
      },
    ];
  });
}

/** Targets named `train` whose command is in another language than Python. */
function targets(folder: Folder, observed: readonly Observed[]): Start[] {
  const isConfig = (word: string): boolean =>
    folder.configs.some(({ path }) => path === word.replace(/^\.\//, ''));
  return observed.flatMap((command) => {
    const isNamed = command.name !== null && /^(?:train|fit|baseline)(?:$|[:_-])/.test(command.name);
    const file = command.words.find((word) =>
      /(?:^|[/_-])(?:train|fit|main)[\w-]*\.(?:R|jl|js|ts|mjs|sh|rs|go|rb)$/.test(word),
    );
    const isPython = command.words.some((word) => word.endsWith('.py')) || command.words.includes('-m');
    if ((!isNamed && file === undefined) || isPython) return [];
    const [program = '', ...rest] = command.words;
    const filled = fillFromObserved(rest, [], isConfig);
    if (!filled) return [];
    const words = [program, ...filled.words];
    const takes = { ...NO_ROLES, ...rolesIn(words) };
    return [
      {
        ...INSTALLED,
        script: file ?? null,
        stack: nameOf(program),
        words,
        takes,
        why: `${command.file}:${command.line} runs \`${formatCommand(command.words)}\``,
        configs: filled.replaced,
        environment: command.environment,
        missing: takes.config ? [] : [flagsUnknown(formatCommand(command.words))],
        score: 4 + (isNamed ? 1 : 0) + (takes.config ? 1 : 0),
      },
    ];
  });
}

function flagsUnknown(command: string): Start['missing'][number] {
  return {
    key: 'train',
    message: `How \`${command}\` takes its config file could not be read.`,
    write: 'Write its flags into the command, such as `--config {config} --out {output} --seed {seed}`.',
  };
}
