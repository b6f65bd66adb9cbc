import { existsSync } from 'node:fs';
import type { DiagnosedRun } from '../diagnosis/diagnose.ts';
import type { Curve } from '../metrics/_contract.ts';
import type { Project } from '../project/load.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { standingRuns } from './results.ts';
import { storeFile } from './session.ts';

/** The baseline's runs of the newest study, with their curves and what was sampled of the hardware; none without a study. */
export async function storedBaseline(project: Project): Promise<DiagnosedRun[]> {
  const file = storeFile(project.root);
  if (!existsSync(file)) return [];
  const store = await openSqliteStore(file);
  try {
    const id = await store.latest();
    if (id === undefined) return [];
    const record = await store.load(id);
    const baseline = [...record.trials.values()].find(({ kind }) => kind === 'baseline');
    if (!baseline) return [];
    const runs: DiagnosedRun[] = [];
    for (const run of standingRuns(record, baseline.id)) {
      if (!['finished', 'adopted', 'diverged'].includes(run.status)) continue;
      const points = await store.curve(id, run.id);
      const metrics = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
      const curve: Curve = {
        format: run.metricsFormat ?? 'store',
        file: run.metricsFile ?? run.id,
        points,
        metrics,
        warnings: [],
      };
      if (points.length > 0)
        runs.push({
          label: run.id,
          seed: run.seed,
          curve,
          gpuUtilization: run.resources?.gpuUtilization ?? null,
        });
    }
    return runs;
  } finally {
    await store.close();
  }
}
