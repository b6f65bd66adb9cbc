import { deriveConfig, derivedPath } from '../derived.ts';
import { launcherOf } from '../launcher.ts';
import { readAssignments } from '../python/config-file.ts';
import { NO_ROLES } from '../start.ts';
import { stackName } from './library.ts';
import type { Stack } from './_contract.ts';

/** Sacred: settings in functions below `@ex.config`, changed by `with key=value`. */
export const sacred: Stack = ({ script, folder }) => {
  const { module } = script;
  const source = folder.texts.get(module.path);
  if (!module.packages.has('sacred') || source === undefined) return undefined;
  const settings = configFunctions(source).flatMap(({ body, line }) =>
    readAssignments(body).map(({ name, value, isFloat, line: own }) => ({
      key: name,
      value,
      isFloat,
      from: `${module.path}:${line + own - 1}`,
    })),
  );
  const files = folder.configs.filter(
    ({ path }) => module.strings.has(path) && module.names.has('add_config'),
  );
  if (settings.length === 0 && files.length === 0) return undefined;
  return {
    script: module.path,
    stack: `Sacred, ${stackName(script)}`,
    // Sacred always has a seed, under `seed`.
    words: [...launcherOf(module, folder), '-F', '{output}', 'with', 'seed={seed}'],
    shell: false,
    takes: { ...NO_ROLES, output: true, seed: true },
    why: `${module.path} is an experiment of Sacred`,
    configs: files.map(({ path }) => path),
    accepts: [],
    environment: {},
    overrides: { style: 'key-value', values: 'python' },
    ...(settings.length > 0
      ? { derived: deriveConfig(derivedPath(folder), `what ${module.path} sets below @ex.config`, settings) }
      : {}),
    resume: null,
    missing: [],
    logged: module.logged,
    score: script.score + 1,
  };
};

/** Bodies of functions below `@….config`, without their indentation. */
function configFunctions(source: string): { body: string; line: number }[] {
  const lines = source.split(/\r?\n/);
  return lines.flatMap((text, at) => {
    if (!/^@\w+\.config\s*$/.test(text) || !/^def \w+\(.*\):\s*$/.test(lines[at + 1] ?? '')) return [];
    const rest = lines.slice(at + 2);
    const end = rest.findIndex((line) => /^\S/.test(line));
    const body = end < 0 ? rest : rest.slice(0, end);
    const indent = /^\s+/.exec(body.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
    return [
      {
        body: body.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n'),
        line: at + 3,
      },
    ];
  });
}
