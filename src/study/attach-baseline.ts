import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConfigDocument } from '../config/_contract.ts';
import { findSeedPath } from '../config/seed.ts';
import { diffValues } from '../config/diff.ts';
import { readConfig } from '../config/document.ts';
import { getAt } from '../config/lookup.ts';
import type { Curve } from '../metrics/_contract.ts';
import { readCurve } from '../metrics/read.ts';
import { inProject, toProjectPath, type Project } from '../project/load.ts';
import { newRun } from './new-run.ts';
import { MATCHED_NOTE } from './results.ts';
import type { Run } from './types.ts';

/** An existing baseline run as Pawl found it. */
export interface AdoptedBaseline {
  curve: Curve;
  run: Run;
}

/** Reads the existing baseline run that pawl.yaml names; undefined where it names none. */
export async function adoptBaseline(
  project: Project,
  config: ConfigDocument,
  trial: string,
): Promise<AdoptedBaseline | undefined> {
  const { results, seed: statedSeed } = project.settings.baseline;
  if (results === undefined) return undefined;
  const curve = await readCurve(inProject(project, results), { format: project.settings.metrics.format });
  const seedPath = uniqueSeedPath(config);
  const configSeed = seedPath === undefined ? undefined : getAt(config.value, seedPath);
  const match = await findMatch(project, dirname(curve.file), config);
  const seed = statedSeed ?? match?.seed ?? (typeof configSeed === 'number' ? configSeed : null);
  const notes = [`adopted from ${results}`];
  if (match && seed !== null) notes.push(MATCHED_NOTE);
  const run = newRun({
    id: 'baseline-adopted',
    trial,
    seed,
    status: 'adopted',
    directory: toProjectPath(project, dirname(curve.file)),
    output: toProjectPath(project, dirname(curve.file)),
    metricsFile: toProjectPath(project, curve.file),
    metricsFormat: curve.format,
    notes,
  });
  return { curve, run };
}

/** The one place of the seed in a config; undefined where there is none or several. */
export function uniqueSeedPath(config: ConfigDocument) {
  const found = findSeedPath(config);
  return found && 'ambiguous' in found ? undefined : found;
}

/**
 * Whether the run's own folder proves that it was trained with this config: a copy of the config in it agrees in every
 * value, apart from the seed. The seed that it names comes back.
 */
async function findMatch(
  project: Project,
  folder: string,
  config: ConfigDocument,
): Promise<{ seed: number | null } | undefined> {
  const own = inProject(project, project.settings.baseline.config);
  const seedPath = uniqueSeedPath(config);
  const entries = await readdir(folder).catch(() => []);
  for (const name of entries.filter((entry) => /\.(ya?ml|json|toml)$/i.test(entry)).sort()) {
    const file = join(folder, name);
    if (file === own) continue;
    const copy = await readConfig(file).catch(() => undefined);
    if (!copy) continue;
    const differences = diffValues(config.value, copy.value).filter(
      ({ path, kind }) => kind !== 'new' && JSON.stringify(path) !== JSON.stringify(seedPath),
    );
    const stated = seedPath === undefined ? copy.value['seed'] : getAt(copy.value, seedPath);
    if (differences.length === 0) return { seed: typeof stated === 'number' ? stated : null };
  }
  return undefined;
}
