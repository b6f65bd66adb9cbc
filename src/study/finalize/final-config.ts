import { dirname, extname, join } from 'node:path';
import type { ConfigDocument } from '../../config/_contract.ts';
import { getAt } from '../../config/lookup.ts';
import { formatPath, parsePath } from '../../config/path.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import type { Change } from '../../diagnosis/types.ts';
import { isInside, writableInProject, type Project } from '../../project/load.ts';
import { findEarlyStopping, findEpochLimit } from '../epochs.ts';

/**
 * Longer training of the final model: more epochs and more patience, where early stopping ends it. Without early stopping
 * the length is part of what was tested and stays.
 */
export function extendFinal(
  base: ConfigDocument,
  factors: { epochs: number; patience: number },
  isExtended: boolean,
): Change[] {
  const stopping = findEarlyStopping(base.value);
  if (!isExtended || !stopping) return [];
  const changes: Change[] = [];
  const limit = findEpochLimit(base.value);
  if (limit && factors.epochs > 1) {
    const to = Math.ceil(limit.value * factors.epochs);
    changes.push(change(formatPath(limit.path), limit.value, to, 'final training: early stopping ends it'));
  }
  const patience = patiencePath(base.value, stopping.path);
  if (patience && stopping.patience !== null && factors.patience > 1) {
    const to = Math.ceil(stopping.patience * factors.patience);
    changes.push(change(patience, stopping.patience, to, 'final training: extended patience'));
  }
  return changes;
}

function change(path: string, from: number, to: number, why: string): Change {
  return { path, kind: 'changed', from, to, recommendation: null, line: null, why };
}

/** `early_stopping.patience`, or the key itself where it holds the number. */
function patiencePath(config: ConfigMapping, stopping: string): string | undefined {
  const path = parsePath(stopping);
  const value = path && getAt(config, path);
  if (!path || value === undefined) return undefined;
  if (typeof value === 'number') return stopping;
  const inner = [...path, 'patience'];
  return typeof getAt(config, inner) === 'number' ? formatPath(inner) : undefined;
}

/** `final_config.yaml`, beside the config it is made from, so that relative paths in it still hold. */
export function finalConfigName(project: Project, config: string): string {
  const folder = dirname(config);
  const name = `final_config${extname(config)}`;
  return isInside(project.root, folder)
    ? join(folder, name)
    : writableInProject(project, join(project.settings.finalize.out, name));
}

const DATA_SECTION = /^(?:data|dataset|datasets|data_?module|data_?config)$/i;
const DATA_KEY =
  /^(?:(?:train|val|valid|validation|test|eval)_?)?(?:data|dataset|images|labels|corpus)(?:_?(?:path|dir|file|root|name|set|version|url|config))?$|^(?:train|val|valid|validation|test)_?(?:path|dir|file|set|split)$/i;
const MOST = 40;

/** What a config says of the data: its data section, or the keys that name data elsewhere. */
export function dataOf(config: ConfigMapping): { path: string; value: ConfigValue }[] {
  const found: { path: string; value: ConfigValue }[] = [];
  const visit = (value: ConfigValue, path: (string | number)[], isData: boolean): void => {
    if (found.length >= MOST) return;
    if (Array.isArray(value)) {
      if (isData) found.push({ path: formatPath(path), value });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value))
        visit(child, [...path, key], isData || DATA_SECTION.test(key) || DATA_KEY.test(key));
    } else if (isData) found.push({ path: formatPath(path), value });
  };
  visit(config, [], false);
  return found;
}
