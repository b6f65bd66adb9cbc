import { deriveConfig, derivedPath } from '../derived.ts';
import { launcherOf } from '../launcher.ts';
import { readAssignments, type Assignment } from '../python/config-file.ts';
import { NO_ROLES } from '../start.ts';
import type { Stack } from './_contract.ts';

/** nanoGPT's configurator: names at the top of the script, which `--name=value` and config files in Python replace. */
export const nanogpt: Stack = ({ script, folder, observed }) => {
  const { module } = script;
  const at = module.calls.find(
    ({ callee, args }) => callee === 'open' && args[0]?.tokens[0]?.text === 'configurator.py',
  );
  const source = folder.texts.get(module.path);
  if (!at || source === undefined) return undefined;
  const used = observed.find(({ args }) => args.length > 0);
  const files = (used?.args ?? []).filter((word) => word.endsWith('.py') && folder.texts.has(word));
  const settings = new Map<string, Assignment & { file: string }>();
  for (const each of readAssignments(source, new Map(), at.line))
    settings.set(each.name, { ...each, file: module.path });
  const own = new Set(settings.keys());
  for (const file of files) {
    for (const each of readAssignments(folder.texts.get(file) ?? ''))
      if (own.has(each.name)) settings.set(each.name, { ...each, file });
  }
  const output = ['out_dir', 'output_dir', 'log_dir'].find((name) => own.has(name));
  const seed = ['seed', 'random_seed'].find((name) => own.has(name));
  const kept = (used?.args ?? []).filter((word) => {
    const name = /^--(\w+)=/.exec(word)?.[1];
    return name === undefined ? files.includes(word) : name !== output && name !== seed && own.has(name);
  });
  const listed = [...settings.values()]
    .filter(({ name, value }) => name !== output && (value === null || typeof value !== 'object'))
    .map(({ name, value, isFloat, file, line }) => {
      const given = kept.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
      const [typed] = given === undefined ? [] : readAssignments(`value = ${given}`);
      return {
        key: name,
        value: given === undefined ? value : (typed?.value ?? given),
        isFloat,
        from: given === undefined ? `${file}:${line}` : 'as the command gives it',
      };
    });
  return {
    script: module.path,
    stack: 'nanoGPT configurator',
    words: [
      ...(used?.launcher ?? launcherOf(module, folder)),
      ...kept,
      ...(output === undefined ? [] : [`--${output}={output}`]),
      ...(seed === undefined ? [] : [`--${seed}={seed}`]),
    ],
    shell: false,
    takes: { ...NO_ROLES, output: output !== undefined, seed: seed !== undefined },
    why: `${module.path} reads --name=value through configurator.py`,
    configs: [],
    accepts: [],
    environment: {},
    overrides: { style: 'dotted', values: 'python' },
    derived: deriveConfig(
      derivedPath(folder),
      `the settings at the top of ${[module.path, ...files].join(' and ')}`,
      listed,
    ),
    resume: null,
    missing: [],
    logged: module.logged.length > 0 ? module.logged : ['val_loss'],
    score: script.score + 1,
  };
};
