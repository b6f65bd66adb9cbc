import { leafPaths } from '../../config/lookup.ts';
import { formatPath } from '../../config/path.ts';
import type { FoundConfig } from '../folder.ts';
import { launcherOf } from '../launcher.ts';
import { assignRoles } from '../role.ts';
import { seedPathOf } from '../seed.ts';
import { NO_ROLES } from '../start.ts';
import { stackName } from './library.ts';
import type { Stack } from './_contract.ts';

/** `OmegaConf.merge(OmegaConf.load("config.yaml"), OmegaConf.from_cli())`: one fixed file, changed by `a.b=value`. */
export const omegaconf: Stack = ({ script, folder }) => {
  const { module, flags } = script;
  const all = [module, ...script.uses];
  const isMerged = all.some(({ names }) => names.has('from_cli') || names.has('from_dotlist'));
  if (!isMerged || flags.length > 0) return undefined;
  const fixed = all.flatMap(({ fixedConfigs }) => fixedConfigs);
  const config = folder.configs.find(({ path }) => fixed.includes(path));
  if (!config) return undefined;
  const output = outputKey(config);
  const seed = seedPathOf(config.value);
  const words = [
    ...launcherOf(module, folder),
    ...(output === undefined ? [] : [`${output}={output}`]),
    ...(seed ? [`${formatPath(seed)}={seed}`] : []),
  ];
  return {
    script: module.path,
    stack: stackName(script),
    words,
    shell: false,
    takes: { ...NO_ROLES, output: output !== undefined, seed: seed !== undefined },
    why: `${module.path} reads ${config.path} and takes key=value (OmegaConf)`,
    configs: [config.path],
    accepts: [],
    environment: {},
    overrides: { style: 'key-value' },
    resume: null,
    missing: [],
    logged: all.flatMap(({ logged }) => logged),
    score: script.score,
  };
};

/** The key of a config that names the folder to write to. */
function outputKey({ value }: FoundConfig): string | undefined {
  const paths = leafPaths(value).filter((path) => path.every((key) => typeof key === 'string'));
  const flags = paths.map((path) => ({
    names: [`--${String(path.at(-1))}`],
    isPositional: false,
    isSwitch: false,
    isRequired: false,
    default: undefined,
    help: '',
    destination: formatPath(path),
    kind: 'value' as const,
    command: null,
    line: 0,
  }));
  const found = assignRoles(flags).get('output');
  return found?.value === '{output}' ? found.flag.destination : undefined;
}
