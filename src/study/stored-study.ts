import type { DiagnosedRun } from '../diagnosis/diagnose.ts';
import type { Project } from '../project/load.ts';
import { teach, type Taught } from './iterate/history.ts';
import { runsOf } from './iterate/own-report.ts';
import { latestStudy, readStore } from './open-store.ts';

/** The best config of the newest study by its own runs, and what its iterations have taught. */
export interface StoredStudy extends Taught {
  trial: string;
  /** The last concluded iteration; 0 where there is none. */
  iteration: number;
  /** Relative to the project. */
  config: string;
  runs: DiagnosedRun[];
}

/** undefined without a study that has a trained trial: the incumbent after a concluded iteration, else the baseline. */
export function storedStudy(project: Project): Promise<StoredStudy | undefined> {
  return readStore(project.root, async (store) => {
    const record = await latestStudy(store);
    if (!record) return undefined;
    const last = record.iterations.findLast(({ outcome }) => outcome);
    const incumbent = last?.outcome?.incumbent;
    const baseline = [...record.trials.values()].find(({ kind }) => kind === 'baseline');
    const trial = incumbent === undefined ? baseline : (record.trials.get(incumbent) ?? baseline);
    if (!trial) return undefined;
    const runs = await runsOf(record, trial.id, (run) => store.curve(record.id, run));
    if (runs.length === 0) return undefined;
    return { trial: trial.id, iteration: last?.iteration ?? 0, config: trial.config, runs, ...teach(record) };
  });
}
