import { formatCommand } from '../../execution/command.ts';
import { fillFromFlags, fillFromObserved, type FilledCommand } from '../command-line.ts';
import { isSetting } from '../configs.ts';
import { deriveConfig, derivedPath } from '../derived.ts';
import { settingsOfFlags } from '../flag-settings.ts';
import { stemOf, type Folder } from '../folder.ts';
import { launcherOf } from '../launcher.ts';
import { assignRoles, findResume } from '../role.ts';
import { rolesIn, type Start } from '../start.ts';
import type { Script } from '../scripts.ts';
import { spellingOf, type Flag } from '../python/flag.ts';
import type { Stack } from './_contract.ts';
import { boostedNames } from './boosted-names.ts';
import { lacking } from './lacking.ts';
import { stackName } from './library.ts';
import { argvArguments, keyValueArguments } from './words.ts';

/** Any script with flags, positional arguments, `key=value` or nothing at all. */
export const generic: Stack = ({ script, folder, observed }) => {
  const { module, flags } = script;
  const isConfig = (word: string): boolean =>
    folder.configs.some(({ path }) => path === word.replace(/^\.\//, ''));
  for (const { command, args, launcher } of observed) {
    const filled = fillFromObserved(args, flags, isConfig);
    if (!filled || (filled.open.length > 0 && filled.open.some(({ isRequired }) => isRequired))) continue;
    if (filled.words.length === 0 && flags.length > 0) continue;
    // `train.py params.yaml` where the script also takes `sys.argv[2]`, a seed.
    const declared = flags.length === 0 ? argvArguments(script) : [];
    if (filled.words.every((word, at) => word === declared[at]))
      filled.words.push(...declared.slice(filled.words.length));
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
  const config = roles.config || readsConfig;
  const isOfFlags =
    all.some(({ names }) => names.has('set_defaults')) ||
    flags.some(({ isFromConfig }) => isFromConfig === true);
  const overridden = config && !isOfFlags ? undefined : byFlags(script, words, folder, config);
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
    ...overridden,
    resume: resumeHint(script),
    missing: lacking(
      script,
      { ...takes, config: takes.config || overridden?.overrides !== undefined },
      filled.open,
      fixed,
      folder,
    ),
    logged: [...new Set([...all.flatMap(({ logged }) => logged), ...boostedNames(all, folder)])],
    score: script.score,
  };
}

/** A script that takes its settings by flags alone: their defaults are the baseline's config. */
function byFlags(
  { module, flags }: Script,
  words: readonly string[],
  folder: Folder,
  takesFile: boolean,
): Pick<Start, 'overrides' | 'derived' | 'fallback'> | undefined {
  const command =
    flags.find((flag) => flag.command !== null && words.includes(flag.command))?.command ?? null;
  const own = flags.filter((flag) => flag.command === null || flag.command === command);
  const roles = [...assignRoles(own)].filter(([role]) => role !== 'seed').map(([, { flag }]) => flag);
  const settings = settingsOfFlags(own, words, module.path, (flag) => roles.includes(flag));
  const isTraining = settings.some(({ key }) => isSetting(key));
  if (!isTraining) return undefined;
  const why = `the defaults of the flags of ${module.path}`;
  // timm's way: a config file stands for the defaults of the flags.
  if (takesFile) return { fallback: deriveConfig(derivedPath(folder), why, settings, true) };
  return { overrides: { style: 'argparse' }, derived: deriveConfig(derivedPath(folder), why, settings) };
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
