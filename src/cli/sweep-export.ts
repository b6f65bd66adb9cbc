import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { storageUrl, writeOptunaStudy } from '../optuna/write.ts';
import type { Project } from '../project/load.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { plural } from '../report/table.ts';
import { storeFile } from '../study/session.ts';
import { sweepError } from '../study/sweep/errors.ts';
import { toOptunaStudy } from '../study/sweep/export.ts';
import type { Context } from './context.ts';

/** Writes the newest sweep as an Optuna storage and says how to open it. */
export async function exportSweep(
  context: Pick<Context, 'cwd' | 'isJson' | 'json' | 'out'>,
  project: Project,
  target: string,
): Promise<number> {
  const file = resolve(context.cwd, target);
  const store = existsSync(storeFile(project.root))
    ? await openSqliteStore(storeFile(project.root))
    : undefined;
  try {
    for (const id of store ? await store.list() : []) {
      const record = await (store as NonNullable<typeof store>).load(id);
      const iteration = record.iterations.findLast(({ sweep }) => sweep !== undefined);
      if (!store || !iteration) continue;
      const study = await toOptunaStudy(store, record, iteration.iteration);
      writeOptunaStudy(file, study);
      const url = storageUrl(file);
      if (context.isJson)
        context.json({
          schemaVersion: 1,
          exported: { file, storage: url, study: study.name, trials: study.trials.length },
        });
      else
        context.out(
          `${plural(study.trials.length, 'trial')} written to ${target}.\n  Python: optuna.load_study(study_name="${study.name}", storage="${url}")\n  Web:    optuna-dashboard ${url}\n`,
        );
      return 0;
    }
  } finally {
    await store?.close();
  }
  throw sweepError('SWEEP_NONE', 'This project has no sweep yet that could be exported.', {
    file: project.file,
    remedy: 'Run `pawl sweep` first.',
  });
}
