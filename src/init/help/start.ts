import { isMapping } from '../../config/lookup.ts';
import type { ConfigMapping } from '../../config/value.ts';
import { isSetting } from '../configs.ts';
import { deriveConfig, derivedPath, type DerivedSetting } from '../derived.ts';
import { settingsOfFlags } from '../flag-settings.ts';
import type { Folder } from '../folder.ts';
import { plainName, spellingOf, type Flag } from '../python/flag.ts';
import { assignRoles } from '../role.ts';
import { rolesIn, type Missing, type ProposedOverrides, type Start } from '../start.ts';
import type { HelpCommand } from './help-command.ts';

/** What a program's `--help` told. */
export interface Help {
  command: HelpCommand;
  flags: readonly Flag[];
}

/** Kinds of flags that pawl.yaml cannot name where the script's source does not declare them. */
const UNNAMED = new Set<Flag['kind']>(['on', 'off', 'repeat', 'data', 'truthy']);

/** A start completed by what `--help` told. `declared`: the flags that the script's source declares, which go first. */
export function startFromHelp(
  start: Start,
  { command, flags }: Help,
  declared: readonly Flag[],
  folder: Folder,
): Start {
  const merged = flags.map((flag) => declaredAs(flag, declared) ?? flag);
  const { words, filled } = fillWords(command, merged);
  const takes = rolesIn(words);
  const settings = nest([
    ...settingsOfFlags(
      merged.filter((flag) => declared.includes(flag)),
      words,
      command.label,
      (flag) => filled.has(flag),
    ),
    ...settingsOfFlags(
      merged.filter((flag) => !declared.includes(flag) && (takes.config || !UNNAMED.has(flag.kind))),
      words,
      `${command.label} --help`,
      (flag) => filled.has(flag),
    ),
  ]);
  const missing = merged
    .filter((flag) => flag.isRequired && !filled.has(flag) && !isGiven(flag, command.args))
    .map((flag) => required(command.label, flag));
  const isTraining = settings.some(
    ({ key, value }) => isSetting(key) || (isMapping(value) && Object.keys(value).some(isSetting)),
  );
  const why = `the defaults that ${command.label} --help tells`;
  const own = isTraining
    ? takes.config
      ? { fallback: deriveConfig(derivedPath(folder), why, settings, true) }
      : {
          overrides: overridesFor(settings, merged, declared),
          derived: deriveConfig(derivedPath(folder), why, settings),
        }
    : {};
  const { overrides: _, derived: __, fallback: ___, ...rest } = start;
  return {
    ...rest,
    words,
    takes,
    why: `${start.why}; ${command.label} --help was run and read`,
    missing,
    ...own,
  };
}

function declaredAs(flag: Flag, declared: readonly Flag[]): Flag | undefined {
  const found = declared.find(({ destination }) => plainName(destination) === plainName(flag.destination));
  return found !== undefined && (found.default !== undefined || flag.default === undefined)
    ? found
    : undefined;
}

/** The command with a flag for every role that the program has one for. */
function fillWords(
  { base, args }: HelpCommand,
  flags: readonly Flag[],
): { words: string[]; filled: Set<Flag> } {
  const words = [...base, ...args];
  const filled = new Set<Flag>();
  for (const [role, { flag, value }] of assignRoles(flags)) {
    const isThere = rolesIn(words)[role];
    if (isThere || isGiven(flag, args)) {
      if (isThere && role !== 'seed') filled.add(flag);
      continue;
    }
    if (flag.isPositional && args.length > 0) continue;
    words.push(...(flag.isPositional ? [value] : [spellingOf(flag), value]));
    filled.add(flag);
  }
  return { words, filled };
}

/** Whether a command gives a flag a value; a positional one counts as given where there are any arguments. */
function isGiven({ names, isPositional }: Flag, args: readonly string[]): boolean {
  if (isPositional) return args.some((word) => !word.startsWith('-'));
  return args.some((word) => names.includes(/^(--?[\w.-]+)/.exec(word)?.[1] ?? ''));
}

function required(label: string, flag: Flag): Missing {
  const name = spellingOf(flag);
  const about = flag.help === '' ? '' : ` (${flag.help.slice(0, 80)})`;
  return {
    key: 'train',
    message: `${label} requires ${name}${about}, and what to give it was found nowhere.`,
    write: `Add ${flag.isPositional ? `a value for ${name}` : `\`${name} VALUE\``} to the command.`,
  };
}

/** `optimizer.lr` as `lr` below `optimizer`. */
function nest(settings: readonly DerivedSetting[]): DerivedSetting[] {
  const found: DerivedSetting[] = [];
  for (const setting of settings) {
    const [first = '', ...rest] = setting.key.split('.');
    if (
      rest.length === 0 ||
      [first, ...rest].some((part) => part === '' || /^(?:__proto__|constructor|prototype)$/.test(part))
    ) {
      found.push(setting);
      continue;
    }
    let group = found.find(({ key, value }) => key === first && isMapping(value));
    if (!group) {
      group = { key: first, value: Object.create(null) as ConfigMapping, isFloat: false, from: setting.from };
      found.push(group);
    }
    let mapping = group.value as ConfigMapping;
    for (const part of rest.slice(0, -1)) {
      const next = mapping[part];
      const inner = isMapping(next) ? next : (Object.create(null) as ConfigMapping);
      mapping[part] = inner;
      mapping = inner;
    }
    mapping[rest.at(-1) as string] = setting.value;
  }
  return found;
}

/** The flags that cannot be told from their settings' names, or that the source does not declare beside others. */
function overridesFor(
  settings: readonly DerivedSetting[],
  flags: readonly Flag[],
  declared: readonly Flag[],
): ProposedOverrides {
  const names: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const flag of flags) {
    if (flag.isPositional || declared.includes(flag) || !hasSetting(settings, flag.destination)) continue;
    const spelling = spellingOf(flag);
    const text = flag.opposite === undefined ? spelling : `${spelling}/${flag.opposite}`;
    if (declared.length > 0 || text !== `--${flag.destination}`) names[flag.destination] = text;
  }
  return { style: 'argparse', ...(Object.keys(names).length > 0 ? { names } : {}) };
}

function hasSetting(settings: readonly DerivedSetting[], destination: string): boolean {
  const [first] = destination.split('.');
  return settings.some(({ key }) => key === destination || key === first);
}
