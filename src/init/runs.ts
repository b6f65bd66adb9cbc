import { copiesOf, covers } from './configs.ts';
import { folderOf, type Folder, type FoundConfig, type FoundRun } from './folder.ts';

export interface BaselineRun {
  run: FoundRun;
  /** What to write: its folder where the log is the only one there, else the log. */
  results: string;
  why: string;
}

const BASELINE = /(?:^|[/_.-])base(?:line)?(?:[/_.-]|$)/i;
const DERIVED =
  /(?:^|[/_.-])(?:optimi[sz](?:ed|ation)|opt|sweep|trial|smoke|debug|test|eval|ablation)\d*(?:[/_.-]|$)/i;

/** The run that is the baseline, where one stands out: by its config, by its name, or by being the only one. */
export function findBaseline(folder: Folder, config: FoundConfig | undefined): BaselineRun | undefined {
  const runs = folder.runs.filter(({ path }) => !DERIVED.test(path));
  const places = [...new Set(runs.map(({ path }) => folderOf(path)))];
  const place = (run: FoundRun): string => {
    const own = folderOf(run.path);
    const isAlone = own !== '.' && folder.runs.filter(({ path }) => folderOf(path) === own).length === 1;
    return isAlone ? own : run.path;
  };
  const take = (run: FoundRun | undefined, why: string): BaselineRun | undefined =>
    run && { run, results: place(run), why };
  const same = config
    ? runs.filter(({ path }) => copiesOf(path, folder).some((copy) => covers(copy, config.value)))
    : [];
  const named = runs.filter(({ path }) => BASELINE.test(path));
  const both = named.filter((run) => same.includes(run));
  if (both.length > 0 && new Set(both.map(({ path }) => folderOf(path))).size === 1)
    return take(both[0], 'its name, and the config beside it is the same');
  if (new Set(named.map(({ path }) => folderOf(path))).size === 1) return take(named[0], 'its name');
  if (new Set(same.map(({ path }) => folderOf(path))).size === 1 && named.length === 0)
    return take(same[0], 'the config beside it is the same');
  return places.length === 1 && named.length === 0 ? take(runs[0], 'it is the only earlier run') : undefined;
}
