import { isMapping } from '../../config/lookup.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import { deriveConfig, derivedPath } from '../derived.ts';
import { folderOf, normalize, type Folder } from '../folder.ts';
import { launcherOf } from '../launcher.ts';
import { readAssignments } from '../python/config-file.ts';
import { NO_ROLES } from '../start.ts';
import type { Stack } from './_contract.ts';

const DEPTH = 6;

/** mmengine's tools/train.py: a config in Python, changed by `--cfg-options`. */
export const mmengine: Stack = ({ script, folder, observed }) => {
  const { module, flags } = script;
  const takesOptions = flags.some(({ names }) => names.includes('--cfg-options'));
  if (!takesOptions || !module.names.has('DictAction')) return undefined;
  const configs = [
    ...observed.flatMap(({ args }) => args.filter((word) => folder.texts.has(word) && word.endsWith('.py'))),
    ...[...folder.texts.keys()].filter(
      (path) => /(?:^|\/)configs?\/.*\.py$/.test(path) && !path.includes('_base_') && path.endsWith('.py'),
    ),
  ];
  const [config] = configs;
  const value = config === undefined ? undefined : readPythonConfig(config, folder, 0);
  const words = [
    ...launcherOf(module, folder),
    config ?? 'configs/CONFIG.py',
    '--work-dir',
    '{output}',
    '--cfg-options',
    'randomness.seed={seed}',
  ];
  const settings = Object.entries(value ?? {}).map(([key, each]) => ({
    key,
    value: each,
    isFloat: false,
    from: '',
  }));
  return {
    script: module.path,
    stack: 'mmengine',
    words,
    shell: false,
    takes: { ...NO_ROLES, output: true, seed: true },
    why: `${module.path} takes --cfg-options`,
    configs: [],
    accepts: [],
    environment: {},
    overrides: { style: 'mmengine' },
    ...(settings.length > 0 && config !== undefined
      ? {
          derived: deriveConfig(
            derivedPath(folder),
            `${config} and its _base_ files, as far as they can be read`,
            settings,
          ),
        }
      : {}),
    resume: flags.some(({ names }) => names.includes('--resume')) ? '--resume' : null,
    missing:
      config === undefined
        ? [
            {
              key: 'train',
              message: `${module.path} takes a config in Python, and none was found.`,
              write: 'Name it in the command.',
            },
          ]
        : [],
    logged: ['accuracy/top1'],
    score: script.score + 1,
  };
};

/** A Python config over the files that `_base_` names; undefined where it cannot be found. */
function readPythonConfig(path: string, folder: Folder, depth: number): ConfigMapping | undefined {
  const source = folder.texts.get(path);
  if (source === undefined || depth > DEPTH) return undefined;
  const assigned = readAssignments(source);
  const base = assigned.find(({ name }) => name === '_base_')?.value ?? [];
  const result = Object.create(null) as ConfigMapping;
  for (const each of Array.isArray(base) ? base : [base]) {
    if (typeof each !== 'string') continue;
    const other = normalize(`${folderOf(path)}/${each}`);
    merge(result, (other !== undefined && readPythonConfig(other, folder, depth + 1)) || {});
  }
  const own = Object.create(null) as ConfigMapping;
  for (const { name, value } of assigned) if (!name.startsWith('_')) own[name] = value;
  merge(result, own);
  return result;
}

/** As mmengine does it: mappings into mappings, unless `_delete_` says otherwise. */
function merge(into: ConfigMapping, from: ConfigMapping): void {
  for (const [key, value] of Object.entries(from)) {
    if (key === '_delete_') continue;
    const own = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isMapping(value) && isMapping(own) && value['_delete_'] !== true) merge(own, value);
    else into[key] = fresh(value);
  }
}

function fresh(value: ConfigValue): ConfigValue {
  if (!isMapping(value)) return value;
  const result = Object.create(null) as ConfigMapping;
  merge(result, value);
  return result;
}
