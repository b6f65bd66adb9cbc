import { formatPath } from '../../config/path.ts';
import { folderOf, normalize, type FoundConfig } from '../folder.ts';
import { launcherOf } from '../launcher.ts';
import { quoteForShell } from '../../execution/command.ts';
import { seedPathOf } from '../seed.ts';
import { NO_ROLES, type Missing } from '../start.ts';
import type { Stack } from './_contract.ts';

/**
 * Hydra takes no file but a folder and a name, so the command goes through a shell that splits the path. The project's
 * own config folder stays on the search path for the groups that a config is composed of.
 */
export const hydra: Stack = ({ script, folder }) => {
  const { module } = script;
  const main = module.hydra ?? script.uses.find((each) => each.hydra !== null)?.hydra ?? null;
  if (!main && !module.packages.has('hydra_zen')) return undefined;
  const own = folderOf(module.path);
  const configFolder = normalize(`${own === '.' ? '' : `${own}/`}${main?.configPath ?? 'conf'}`) ?? 'conf';
  const name = (main?.configName ?? 'config').replace(/\.ya?ml$/, '');
  const primary = folder.configs.find(
    ({ path }) => path === `${configFolder}/${name}.yaml` || path === `${configFolder}/${name}.yml`,
  );
  const missing: Missing[] = [];
  const groups = primary ? groupsOf(primary) : [];
  const starter = launcherOf(module, folder)
    .map((word) => quoteForShell(word))
    .join(' ');
  if (primary && groups.length > 0) {
    missing.push({
      key: 'baseline.config',
      message: `${primary.path} is composed of other files by its defaults list (${groups.slice(0, 4).join(', ')}). Pawl sees and changes only keys that stand in ${primary.path} itself.`,
      write: `For all keys write the composed config once, \`${starter} --cfg job > ${configFolder}/composed.yaml\`, and name that as baseline.config.`,
    });
  }
  const seed = primary && seedKey(primary);
  const line = [
    starter,
    '--config-path "$(dirname "$PAWL_CONFIG")" --config-name "$(basename "$PAWL_CONFIG")"',
    `--config-dir "$PWD/${quoteForShell(configFolder, '"')}"`,
    `"hydra.run.dir='$PAWL_OUTPUT'"`,
    ...(seed === undefined ? [] : [`${seed}={seed}`]),
  ].join(' ');
  return {
    script: module.path,
    stack: 'Hydra',
    words: [line],
    shell: true,
    takes: { ...NO_ROLES, config: true, output: true, seed: seed !== undefined },
    why: `${module.path} starts with @hydra.main; a config file is handed over by --config-path and --config-name`,
    configs: primary ? [primary.path] : [],
    accepts: ['.yaml', '.yml'],
    environment: {},
    resume: null,
    missing,
    logged: module.logged,
    score: script.score,
  };
};

/** Files that a defaults list brings in. */
function groupsOf({ value }: FoundConfig): string[] {
  const { defaults } = value;
  if (!Array.isArray(defaults)) return [];
  return defaults.flatMap((entry) => {
    if (typeof entry === 'string') return entry === '_self_' ? [] : [entry];
    return typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.entries(entry).flatMap(([group, choice]) =>
          /^override\b|^hydra\//.test(group)
            ? []
            : [`${group}/${JSON.stringify(choice).replaceAll('"', '')}`],
        )
      : [];
  });
}

function seedKey({ value }: FoundConfig): string | undefined {
  const path = seedPathOf(value);
  const key = path && formatPath(path);
  return key !== undefined && /^[\w.]+$/.test(key) ? key : undefined;
}
