import { getAt, leafPaths } from '../config/lookup.ts';
import { chooseMetric } from '../metrics/choose.ts';
import { goalOf } from '../metrics/goal.ts';
import { identify } from '../metrics/identity.ts';
import { decidingMetric } from './deciding-metric.ts';
import type { FoundConfig, FoundReport, FoundRun } from './folder.ts';

export interface MetricProposal {
  name: string;
  why: string;
  /** Whether anything at all speaks for it. */
  isFound: boolean;
}

export interface MetricSources {
  wish: string | undefined;
  report: FoundReport | undefined;
  config: FoundConfig | undefined;
  /** The baseline run, else any earlier one. */
  run: FoundRun | undefined;
  /** Names that the script seems to log. */
  logged: readonly string[];
  /** Names that other sources of the folder seem to log. */
  elsewhere: () => readonly string[];
}

/** The metric that decides: as wished, as the report's target names it, as the config watches it, as it is logged. */
export function proposeMetric({
  wish,
  report,
  config,
  run,
  logged,
  elsewhere,
}: MetricSources): MetricProposal {
  const names = run?.metrics ?? logged;
  if (wish !== undefined)
    return { name: match(wish, names) ?? wish, why: 'given with --metric', isFound: true };
  const target = report?.target?.metric;
  const wanted = [
    ...(report && typeof target === 'string'
      ? [{ name: target, why: `${report.path} sets its target for it` }]
      : []),
    ...watched(config),
  ];
  for (const { name, why } of wanted) {
    const found = match(name, names);
    if (found !== undefined && identify(found).phase !== 'train') return { name: found, why, isFound: true };
  }
  for (const [found, who] of [
    [() => run?.metrics ?? [], `${run?.path} holds`],
    [() => logged, 'the script seems to log'],
    [elsewhere, 'other sources in the folder seem to log'],
  ] as const) {
    const decided = decidingMetric(found());
    if (decided) return { name: decided.name, why: `the ${decided.why} that ${who}`, isFound: true };
  }
  const [unseen] = wanted.filter(({ name }) => identify(name).phase !== 'train');
  if (unseen && names.length === 0) return { ...unseen, isFound: true };
  return {
    name: 'val_loss',
    why: 'only the usual name: nothing here names a metric of validation data',
    isFound: false,
  };
}

function match(wanted: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  try {
    return chooseMetric(wanted, names).name;
  } catch {
    return undefined;
  }
}

const WATCH =
  /^(?:monitor|metric_for_best_model|best_metric|eval_metric|(?:main|primary|target|selection|early_stopping)_metric|metric)$/;

/** Metrics that the config selects by. A loss is watched by habit even where an accuracy decides, so it does not count. */
function watched(config: FoundConfig | undefined): { name: string; why: string }[] {
  if (!config) return [];
  return leafPaths(config.value).flatMap((path) => {
    const key = String(path.at(-1));
    const value = getAt(config.value, path);
    if (!WATCH.test(key) || typeof value !== 'string' || value.length > 60) return [];
    return goalOf(value) === 'min'
      ? []
      : [{ name: value, why: `${config.path} selects by it (${path.join('.')})` }];
  });
}
