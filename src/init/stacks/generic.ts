import { formatCommand } from '../../execution/command.ts';
import { fillFromFlags, fillFromObserved, type FilledCommand } from '../command-line.ts';
import { stemOf, type Folder } from '../folder.ts';
import { launcherOf } from '../launcher.ts';
import { findResume, type Role } from '../role.ts';
import { rolesIn, type Missing, type Start } from '../start.ts';
import type { Script } from '../scripts.ts';
import { spellingOf, type Flag } from '../python/flag.ts';
import type { PythonModule } from '../python/module.ts';
import type { Stack } from './_contract.ts';

/** Any script with flags, positional arguments, `key=value` or nothing at all. */
export const generic: Stack = ({ script, folder, observed }) => {
  const { module, flags } = script;
  const isConfig = (word: string): boolean =>
    folder.configs.some(({ path }) => path === word.replace(/^\.\//, ''));
  for (const { command, args, launcher } of observed) {
    const filled = fillFromObserved(args, flags, isConfig);
    if (!filled || (filled.open.length > 0 && filled.open.some(({ isRequired }) => isRequired))) continue;
    if (filled.words.length === 0 && flags.length > 0) continue;
    const why = `${command.file}:${command.line} runs \`${formatCommand(command.words)}\``;
    return toStart(script, [...launcher, ...filled.words], filled, why, folder, command.environment);
  }
  const command = chooseCommand(flags);
  const keyValue = keyValueArguments(script);
  const filled: FilledCommand =
    flags.length > 0
      ? fillFromFlags(flags, command)
      : { words: [...argvArguments(script), ...keyValue], open: [], replaced: [] };
  const shown = flags.length > 0 ? 'its command-line flags were read' : 'its use of sys.argv was read';
  const why =
    filled.words.length > 0 ? `${module.path}: ${shown}` : `${module.path} looks like the training script`;
  return toStart(script, [...launcherOf(module, folder), ...filled.words], filled, why, folder, {});
};

function toStart(
  script: Script,
  words: readonly string[],
  filled: FilledCommand,
  why: string,
  folder: Folder,
  environment: Readonly<Record<string, string>>,
): Start {
  const { module, flags, uses } = script;
  const all = [module, ...uses];
  const roles = rolesIn(words);
  const readsConfig = all.some(({ environment }) => environment.has('PAWL_CONFIG'));
  const writesOutput = all.some(({ environment }) => environment.has('PAWL_OUTPUT'));
  const takes = { ...roles, config: roles.config || readsConfig, output: roles.output || writesOutput };
  const declared = configDefaults(flags);
  const fixed = all.flatMap(({ fixedConfigs }) => fixedConfigs);
  return {
    script: module.path,
    stack: stackName(script),
    words,
    shell: false,
    takes,
    why,
    configs: [
      ...new Set([...filled.replaced, ...declared, ...fixed].map((path) => path.replace(/^\.\//, ''))),
    ],
    accepts: [],
    environment,
    resume: resumeHint(script),
    missing: lacking(script, takes, filled.open, fixed, folder),
    logged: [...new Set(all.flatMap(({ logged }) => logged))],
    score: script.score,
  };
}

function lacking(
  { module, flags }: Script,
  takes: Record<Role, boolean>,
  open: readonly Flag[],
  fixed: readonly string[],
  folder: Folder,
): Missing[] {
  const missing: Missing[] = [];
  for (const flag of open) {
    const name = spellingOf(flag);
    missing.push({
      key: 'train',
      message: `${module.path} requires ${name}${flag.help === '' ? '' : ` (${flag.help.slice(0, 80)})`}, and what to give it was found nowhere.`,
      write: `Add ${flag.isPositional ? `a value for ${name}` : `\`${name} VALUE\``} to the command.`,
    });
  }
  if (!takes.config) {
    const [path] = fixed;
    const isPythonConfig = folder.files.some(({ path }) =>
      /(?:^|\/)configs?\/.*\.py$|(?:^|\/)config\.py$/.test(path),
    );
    missing.push({
      key: 'train',
      message:
        path === undefined
          ? `${module.path} takes no config file${flags.length > 0 ? ', only flags' : ''}${isPythonConfig ? ' (its settings are Python code)' : ''}, and Pawl brings changes to a training by its config file.`
          : `${module.path} always reads ${path}; Pawl gives each training a config file of its own.`,
      write:
        path === undefined
          ? 'Let the script read its settings from a YAML, JSON or TOML file named by a flag such as --config, and write `--config {config}` into the command.'
          : `Let it take another path: \`os.environ.get("PAWL_CONFIG", "${path}")\` instead of "${path}", or a flag --config.`,
    });
  }
  return missing;
}

/** The sub-command that trains, where there are any. */
function chooseCommand(flags: readonly Flag[]): string | null {
  const commands = [...new Set(flags.flatMap(({ command }) => command ?? []))];
  return (
    commands.find((name) => /^(?:train|fit|run)$/.test(name)) ??
    commands.find((name) => /train|fit|run/.test(name)) ??
    commands[0] ??
    null
  );
}

/** `path = sys.argv[1]`: the roles are told by the names of the variables. */
function argvArguments({ module }: Script): string[] {
  const words: string[] = [];
  for (const { index, target } of module.argv) {
    if (index !== words.length + 1) continue;
    if (/config|cfg|conf|yaml|params|settings/i.test(target)) words.push('{config}');
    else if (/seed/i.test(target)) words.push('{seed}');
    else if (/out|result|dir|folder|dest|save|log/i.test(target)) words.push('{output}');
    else if (index === 1 && module.fixedConfigs.length === 0 && /path|file|^$/i.test(target))
      words.push('{config}');
    else break;
  }
  return words;
}

/** `OmegaConf.from_cli()`: `config=… output=…`. */
function keyValueArguments({ module }: Script): string[] {
  if (!module.names.has('from_cli')) return [];
  const pick = (names: readonly string[]): string | undefined => names.find((name) => module.names.has(name));
  const config = pick(['config', 'config_file', 'config_path', 'cfg']);
  const output = pick(['output_dir', 'out_dir', 'output', 'save_dir', 'log_dir']);
  return [
    ...(config === undefined ? [] : [`${config}={config}`]),
    ...(output === undefined ? [] : [`${output}={output}`]),
    ...(module.names.has('seed') ? ['seed={seed}'] : []),
  ];
}

/** Configs that the script takes where none is named. */
function configDefaults(flags: readonly Flag[]): string[] {
  return flags.flatMap(({ default: value }) =>
    typeof value === 'string' && /\.(?:ya?ml|toml|jsonc?)$/i.test(value) ? [value] : [],
  );
}

function resumeHint({ flags, module, uses }: Script): string | null {
  const flag = findResume(flags);
  if (!flag || flag.isPositional) return null;
  if (flag.isSwitch) return spellingOf(flag);
  const names = [module, ...uses].flatMap(({ checkpointNames }) => checkpointNames);
  const last =
    names.find((name) => stemOf(name).includes('last')) ??
    names.find((name) => /latest|checkpoint/.test(name));
  return last === undefined ? null : `${spellingOf(flag)} {checkpoints}/${last}`;
}

const LIBRARIES: readonly [name: string, shown: string][] = [
  ['lightning', 'Lightning'],
  ['pytorch_lightning', 'Lightning'],
  ['transformers', 'Hugging Face'],
  ['ultralytics', 'Ultralytics'],
  ['keras', 'Keras'],
  ['tensorflow', 'TensorFlow'],
  ['xgboost', 'XGBoost'],
  ['lightgbm', 'LightGBM'],
  ['catboost', 'CatBoost'],
  ['torch', 'PyTorch'],
  ['jax', 'JAX'],
  ['sklearn', 'scikit-learn'],
];

function stackName({ module, uses }: Script): string {
  const of = (modules: readonly PythonModule[]): string | undefined =>
    LIBRARIES.find(([name]) => modules.some(({ packages }) => packages.has(name)))?.[1];
  return of([module]) ?? of(uses) ?? 'Python';
}
