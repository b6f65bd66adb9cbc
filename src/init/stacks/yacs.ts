import { fillFromFlags } from '../command-line.ts';
import { launcherOf } from '../launcher.ts';
import { spellingOf } from '../python/flag.ts';
import { NO_ROLES, rolesIn } from '../start.ts';
import type { Stack } from './_contract.ts';

/** yacs and detectron2: a YAML file with keys in capitals, and pairs of key and value behind everything else. */
export const yacs: Stack = ({ script, folder, observed }) => {
  const { module, flags } = script;
  const all = [module, ...script.uses];
  const has = (name: string): boolean => all.some(({ names }) => names.has(name));
  const isDetectron =
    all.some(({ packages }) => packages.has('detectron2')) && has('default_argument_parser');
  if (!isDetectron && !has('merge_from_list')) return undefined;
  const rest = flags.find(
    ({ isRest, kind, names }) =>
      (isRest === true || kind === 'words') && names.some((name) => /(?:^|-)opts$/.test(name)),
  );
  if (!isDetectron && !rest) return undefined;
  const own = flags.filter((flag) => flag !== rest);
  const filled = fillFromFlags(own, null);
  const start = [
    ...launcherOf(module, folder),
    ...(isDetectron && !filled.words.includes('{config}') ? ['--config-file', '{config}'] : []),
    ...filled.words,
  ];
  const roles = rolesIn(start);
  const key = (names: readonly string[]): string | undefined =>
    names.find(
      (name) =>
        has(name) || folder.configs.some(({ value }) => name in value) || (isDetectron && name === names[0]),
    );
  const output = roles.output ? undefined : key(['OUTPUT_DIR', 'OUT_DIR', 'OUTPUT', 'LOG_DIR', 'SAVE_DIR']);
  const seed = roles.seed ? undefined : key(['SEED', 'RNG_SEED', 'RANDOM_SEED', 'MANUAL_SEED']);
  const pairs = output !== undefined || seed !== undefined;
  // With nargs="+" the flag needs at least one pair behind it.
  if (rest && !rest.isPositional && rest.isRest !== true && !pairs) return undefined;
  const words = [
    ...start,
    ...(rest && !rest.isPositional ? [spellingOf(rest)] : []),
    ...(output === undefined ? [] : [output, '{output}']),
    ...(seed === undefined ? [] : [seed, '{seed}']),
  ];
  const fitting = folder.configs.filter(
    ({ value }) => Object.keys(value).filter((name) => /^_?[A-Z][A-Z_\d]+_?$/.test(name)).length >= 2,
  );
  const used = observed.flatMap(({ args }) =>
    args.filter((word) => fitting.some(({ path }) => path === word)),
  );
  return {
    script: module.path,
    stack: isDetectron ? 'detectron2' : 'yacs',
    words,
    shell: false,
    takes: { ...NO_ROLES, ...rolesIn(words) },
    why: `${module.path} takes a config file and pairs of key and value behind it`,
    configs: [...used, ...fitting.map(({ path }) => path)],
    accepts: ['.yaml', '.yml'],
    environment: {},
    overrides: { style: 'yacs' },
    resume: isDetectron ? '--resume' : null,
    missing: [],
    logged: all.flatMap(({ logged }) => logged),
    score: script.score + (isDetectron ? 1 : 0),
  };
};
