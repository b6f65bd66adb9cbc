import { formatPath, type ConfigPath } from '../config/path.ts';
import type { ConfigMapping, ConfigValue } from '../config/value.ts';

const EPOCH_KEY =
  /^(?:max|n|num|nb|total|train)?_?(?:train)?_?epochs?$|^num_boost_round$|^n_estimators$|^num_iterations$|^iterations$|^max_(?:steps|iters?|iterations)$|^total_(?:steps|iterations)$|^nrounds$/i;
const STEP_KEY = /steps|iter/i;
const STOPPING_KEY = /early_?stop/i;

export interface EpochLimit {
  path: ConfigPath;
  value: number;
}

/** The key that limits the length of a training; undefined where there is none or more than one could be meant. */
export function findEpochLimit(config: ConfigMapping): EpochLimit | undefined {
  const found = [...leaves(config)].flatMap(({ path, value }): EpochLimit[] => {
    const key = path.at(-1);
    const parent = path.at(-2);
    const isLimit = typeof key === 'string' && EPOCH_KEY.test(key.replaceAll('-', '_'));
    const isElsewhere = path
      .slice(0, -1)
      .some((part) => /sched|warm|early|lr|augment|optim/i.test(String(part)));
    if (!isLimit || isElsewhere || typeof parent === 'number') return [];
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? [{ path, value }] : [];
  });
  const epochs = found.filter(({ path }) => !STEP_KEY.test(String(path.at(-1))));
  const candidates = epochs.length > 0 ? epochs : found;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Whether the config has early stopping switched on, and where; undefined where it has none or it is off. */
export function findEarlyStopping(
  config: ConfigMapping,
): { path: string; patience: number | null } | undefined {
  for (const { path, value } of nodes(config)) {
    const key = path.at(-1);
    if (typeof key !== 'string' || !STOPPING_KEY.test(key)) continue;
    if (isMapping(value)) {
      const enabled = value['enabled'] ?? value['enable'] ?? value['use'] ?? value['active'] ?? true;
      const patience = value['patience'] ?? null;
      if (enabled !== false && patience !== 0) {
        return { path: formatPath(path), patience: typeof patience === 'number' ? patience : null };
      }
    } else if (typeof value === 'number' && value > 0) {
      return { path: formatPath(path), patience: value };
    } else if (value === true) {
      return { path: formatPath(path), patience: null };
    }
  }
  return undefined;
}

const REGULARIZING =
  /drop_?(?:out|path|connect|rate)|weight_?decay|label_?smooth|augment|mixup|cutmix|cutout|rand_?aug|stochastic_?depth|l2|l1|noise|shift|flip|crop|rotat|jitter|erasing|transforms?/i;

/** Whether a change slows learning down by regularizing: more dropout, decay, smoothing or augmentation. */
export function isRegularizing(change: { path: string; from: ConfigValue; to: ConfigValue }): boolean {
  if (!REGULARIZING.test(change.path)) return false;
  const amount = (value: ConfigValue): number =>
    typeof value === 'number'
      ? value
      : value === true
        ? 1
        : typeof value === 'string' || isObject(value)
          ? 1
          : 0;
  return amount(change.to) > amount(change.from) || (isObject(change.to) && change.from !== change.to);
}

function isObject(value: ConfigValue): value is ConfigMapping | ConfigValue[] {
  return typeof value === 'object' && value !== null;
}

function isMapping(value: ConfigValue): value is ConfigMapping {
  return isObject(value) && !Array.isArray(value);
}

function* nodes(
  value: ConfigValue,
  path: ConfigPath = [],
): Generator<{ path: ConfigPath; value: ConfigValue }> {
  if (path.length > 0) yield { path, value };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* nodes(item, [...path, index]);
  } else if (isMapping(value)) {
    for (const [key, item] of Object.entries(value)) yield* nodes(item, [...path, key]);
  }
}

function* leaves(config: ConfigMapping) {
  for (const node of nodes(config)) if (!isObject(node.value)) yield node;
}
