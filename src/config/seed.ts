import type { ConfigDocument } from './_contract.ts';
import { allPaths, getAt } from './lookup.ts';
import { formatPath } from './path.ts';
import type { ConfigPath } from './path.ts';

/** Names of the key that seeds a whole training, without case, dashes and underscores. */
const SEED_NAMES = new Set([
  'seed',
  'randomseed',
  'randomstate',
  'randseed',
  'rngseed',
  'prngseed',
  'seedeverything',
  'manualseed',
  'globalseed',
  'baseseed',
  'masterseed',
  'mainseed',
  'trainseed',
  'trainingseed',
  'randomnumberseed',
]);

/** Sections whose seed is the training's rather than that of the data or the sampler. */
const MAIN_SECTIONS = new Set([
  'train',
  'training',
  'trainer',
  'experiment',
  'run',
  'general',
  'global',
  'common',
  'runtime',
  'reproducibility',
  'setup',
  'base',
  'system',
]);

/**
 * The one key by which each run can be given its own seed. Of several, the outermost counts, then the one in a section
 * about training; where that does not decide, all are named.
 */
export function findSeedPath(
  document: Pick<ConfigDocument, 'value'>,
): ConfigPath | undefined | { ambiguous: string[] } {
  const paths = allPaths(document.value).filter((path) => isSeed(path, getAt(document.value, path)));
  const best = Math.min(...paths.map(rankOf));
  const candidates = paths.filter((path) => rankOf(path) === best);
  return candidates.length > 1 ? { ambiguous: candidates.map(formatPath) } : candidates[0];
}

function isSeed(path: ConfigPath, value: unknown): boolean {
  if (path.some((key) => typeof key === 'number')) return false;
  const isSeedValue = value === null || typeof value === 'boolean' || Number.isSafeInteger(value);
  return isSeedValue && SEED_NAMES.has(normalized(path.at(-1)));
}

/** 0: at the top; 1: in a section about training; 2: elsewhere. */
function rankOf(path: ConfigPath): number {
  if (path.length === 1) return 0;
  return path.slice(0, -1).every((key) => MAIN_SECTIONS.has(normalized(key))) ? 1 : 2;
}

function normalized(key: string | number | undefined): string {
  return String(key).toLowerCase().replace(/[-_]/g, '');
}
