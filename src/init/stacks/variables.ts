import { isSetting } from '../configs.ts';
import { deriveConfig, derivedPath, type DerivedSetting } from '../derived.ts';
import { launcherOf } from '../launcher.ts';
import { positionals, textOf } from '../python/calls.ts';
import { evaluate } from '../python/literal.ts';
import { NO_ROLES } from '../start.ts';
import { stackName } from './library.ts';
import type { Stack } from './_contract.ts';

const ENOUGH = 2;

/** A script that takes its settings from environment variables: `float(os.environ.get("LR", "0.1"))`. */
export const variables: Stack = (input) => {
  const { script, folder } = input;
  const { module, flags } = script;
  if (flags.length > 0 || module.argv.length > 0) return undefined;
  const settings: DerivedSetting[] = [];
  for (const call of module.calls) {
    if (!/(?:^|\.)(?:environ\.get|getenv)$/.test(call.callee)) continue;
    const [name, fallback] = positionals(call).map((tokens) => evaluate(tokens, module.constants));
    if (typeof name !== 'string' || !isSetting(name) || fallback === undefined || Array.isArray(fallback))
      continue;
    const reader = module.calls.find(
      ({ start, end, callee }) => start < call.start && end > call.end && /^(?:float|int)$/.test(callee),
    );
    const isNumber =
      reader !== undefined || (typeof fallback === 'string' && /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(fallback));
    const value = isNumber && fallback !== null ? Number(fallback) : fallback;
    if (/^seed$/i.test(name)) continue;
    settings.push({
      key: name.toLowerCase(),
      value,
      isFloat: reader?.callee === 'float' || /[.e]/i.test(textOf(positionals(call)[1] ?? [])),
      from: `${name}, ${module.path}:${call.line}`,
    });
  }
  const names = Object.fromEntries(
    settings.flatMap(({ key, from }) => {
      const name = from.slice(0, from.indexOf(','));
      return name === key.toUpperCase() ? [] : [[key, name]];
    }),
  );
  if (settings.length < ENOUGH) return undefined;
  return {
    script: module.path,
    stack: stackName(script),
    words: launcherOf(module, folder),
    shell: false,
    takes: {
      ...NO_ROLES,
      output: module.environment.has('PAWL_OUTPUT'),
      seed: module.environment.has('PAWL_SEED'),
    },
    why: `${module.path} takes its settings from environment variables`,
    configs: [],
    accepts: [],
    environment: {},
    overrides: { style: 'env', ...(Object.keys(names).length > 0 ? { names } : {}) },
    derived: deriveConfig(
      derivedPath(folder),
      `what ${module.path} takes where no variable is set`,
      settings,
    ),
    resume: null,
    missing: [],
    logged: module.logged,
    score: script.score,
  };
};
