import { isMapping } from '../../config/lookup.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import { deriveConfig, derivedPath, type DerivedConfig } from '../derived.ts';
import { folderOf, normalize, type Folder, type FoundConfig } from '../folder.ts';
import { composeHydra } from '../hydra-defaults.ts';
import { launcherOf } from '../launcher.ts';
import { seedPathOf } from '../seed.ts';
import { NO_ROLES, type Missing } from '../start.ts';
import type { Stack } from './_contract.ts';

/**
 * Hydra takes changes as overrides. The baseline's config is the composed one: put together from the defaults list, or
 * what Hydra wrote into `.hydra/` of an earlier run.
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
  const launcher = launcherOf(module, folder);
  const { config, derived, missing } = baselineOf(primary, configFolder, folder, launcher);
  const seed = seedKey(derived?.value ?? config?.value);
  return {
    script: module.path,
    stack: 'Hydra',
    words: [...launcher, 'hydra.run.dir={output}', ...(seed === undefined ? [] : [`${seed}={seed}`])],
    shell: false,
    takes: { ...NO_ROLES, output: true, seed: seed !== undefined },
    why: `${module.path} starts with @hydra.main`,
    configs: config ? [config.path] : [],
    accepts: ['.yaml', '.yml'],
    environment: {},
    overrides: { style: 'hydra' },
    ...(derived ? { derived } : {}),
    resume: null,
    missing,
    logged: [module, ...script.uses].flatMap(({ logged }) => logged),
    score: script.score,
  };
};

interface Baseline {
  config: FoundConfig | undefined;
  derived: DerivedConfig | undefined;
  missing: Missing[];
}

function baselineOf(
  primary: FoundConfig | undefined,
  configFolder: string,
  folder: Folder,
  launcher: readonly string[],
): Baseline {
  if (!primary) return { config: undefined, derived: undefined, missing: [] };
  if (!('defaults' in primary.value)) return { config: primary, derived: undefined, missing: [] };
  const composed = composeHydra(primary, configFolder, folder);
  if (composed) {
    const groups = groupsOf(primary.value['defaults']);
    const settings = [
      ...(groups.length === 0 ? [] : [{ key: 'defaults', value: groups, from: 'the choices of its groups' }]),
      ...Object.entries(composed.value).map(([key, value]) => ({ key, value, from: '' })),
    ].map((setting) => ({ ...setting, isFloat: false }));
    const why = `${primary.path} with ${composed.files.length === 0 ? 'nothing else' : composed.files.join(', ')}, put together by its defaults list`;
    return { config: undefined, derived: deriveConfig(derivedPath(folder), why, settings), missing: [] };
  }
  const written = folder.configs.filter(({ path }) => path.endsWith('.hydra/config.yaml'));
  const [first] = written;
  if (first && written.length === 1) return { config: first, derived: undefined, missing: [] };
  return {
    config: primary,
    derived: undefined,
    missing: [
      {
        key: 'baseline.config',
        message: `${primary.path} is composed of other files by its defaults list, in a way that only Hydra can follow. Pawl sees only keys that stand in ${primary.path} itself.`,
        write: `For all keys write the composed config once, \`${launcher.join(' ')} --cfg job > composed.yaml\`, and name that as baseline.config${
          written.length > 1
            ? `; or name the one of the baseline's run (${written
                .map(({ path }) => path)
                .slice(0, 4)
                .join(', ')})`
            : ''
        }.`,
      },
    ],
  };
}

/** The choices of a defaults list, so that a report can ask for another one. */
function groupsOf(defaults: ConfigValue | undefined): ConfigMapping[] {
  return (Array.isArray(defaults) ? defaults : []).filter(
    (entry): entry is ConfigMapping =>
      isMapping(entry) &&
      Object.entries(entry).every(
        ([group, choice]) => /^[A-Za-z_][\w/-]*$/.test(group) && typeof choice === 'string',
      ) &&
      !Object.keys(entry).some((group) => /^hydra(?:\/|$)/.test(group)),
  );
}

function seedKey(value: FoundConfig['value'] | undefined): string | undefined {
  const path = value && seedPathOf(value);
  const key = path && formatPath(path);
  return key !== undefined && /^[\w.]+$/.test(key) ? key : undefined;
}
