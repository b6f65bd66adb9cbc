import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Curve } from '../metrics/_contract.ts';
import { findCandidates } from '../metrics/candidates.ts';
import { metricsError } from '../metrics/errors.ts';
import { readCurve } from '../metrics/read.ts';
import { findSeed, seedOfPath, type FoundSeed } from './seed.ts';

/** One run of a group, as it was read. */
export interface ReadRun {
  /** As the user named it, or the log found below that. */
  label: string;
  curve: Curve;
  seed: FoundSeed | undefined;
}

/** Reads the runs of one group. A folder that holds one run a seed stands for all of them. */
export async function readGroup(names: readonly string[], note: (text: string) => void): Promise<ReadRun[]> {
  const runs: ReadRun[] = [];
  for (const name of names) {
    const inner = await runsBelow(name);
    if (inner.length > 0)
      note(
        `${name} holds ${inner.length} runs: ${inner
          .slice(0, 6)
          .map((path) => path.slice(name.length).replace(/^[\\/]/, ''))
          .join(', ')}${inner.length > 6 ? ', …' : ''}.`,
      );
    for (const path of inner.length > 0 ? inner : [name]) {
      const curve = await readCurve(path);
      if (curve.points.length === 0) {
        throw metricsError('METRIC_NOT_FOUND', `${curve.file} holds no metrics.`, {
          file: curve.file,
          remedy: 'Name a run that has logged something.',
        });
      }
      for (const warning of curve.warnings) note(`${path}: ${warning}`);
      const seed = await findSeed(curve, path);
      if (seed?.contradicted !== undefined)
        note(`${path}: the seed is ${seed.seed} by ${seed.source}, although ${seed.contradicted}.`);
      runs.push({ label: path, curve, seed });
    }
  }
  return runs;
}

/** The logs in a folder without a log of its own whose folders or files are told apart by their seeds. */
async function runsBelow(name: string): Promise<string[]> {
  const status = await stat(name).catch(() => undefined);
  if (!status?.isDirectory()) return [];
  const { ranked } = await findCandidates(name);
  const paths = ranked.map(({ path }) => path);
  const own = paths.filter((path) => dirname(path) === dirname(`${name.replace(/\/+$/, '')}/x`));
  const seeded = (path: string): number | undefined => {
    const found = seedOfPath(path, name);
    // The seed must stand below the folder, else it is that of all of them.
    return found?.certainty === 'stated' && seedOfPath(name, name)?.seed !== found.seed
      ? found.seed
      : undefined;
  };
  if (own.length > 0) {
    const seeds = own.map(seeded);
    const isOneEach =
      own.length > 1 && seeds.every((seed) => seed !== undefined) && new Set(seeds).size === own.length;
    return isOneEach ? [...own].sort() : [];
  }
  const folders = new Map<string, string>();
  for (const path of paths) {
    const seed = seeded(path);
    if (seed === undefined) return [];
    // The first is the likeliest log of its run.
    if (![...folders.values()].some((known) => seeded(known) === seed)) folders.set(dirname(path), path);
  }
  const logs = [...folders.values()];
  const isAlike = new Set(logs.map((path) => basename(path))).size === 1;
  return logs.length > 1 && isAlike ? logs.sort() : [];
}
