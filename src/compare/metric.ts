import { PawlError } from '../errors.ts';
import { decidingMetric } from '../init/deciding-metric.ts';
import type { Goal } from '../metrics/_contract.ts';
import { chooseMetric } from '../metrics/choose.ts';
import { goalOf } from '../metrics/goal.ts';
import { metricStrength } from '../metrics/words.ts';
import { compareError } from './errors.ts';
import type { ReadRun } from './runs.ts';

export interface SharedMetric {
  /** As the first run logs it. */
  name: string;
  goal: Goal;
  /** The name in each run. */
  nameIn: ReadonlyMap<ReadRun, string>;
  notes: string[];
}

/** The metric to compare by, under its name in every run. */
export function shareMetric(
  baseline: readonly ReadRun[],
  optimized: readonly ReadRun[],
  wish: { metric: string | undefined; goal: Goal | undefined },
): SharedMetric {
  const runs = [...baseline, ...optimized];
  const notes: string[] = [];
  const wanted = wish.metric ?? chooseShared(runs, notes);
  const nameIn = new Map(runs.map((run) => [run, nameOf(run, wanted, runs)]));
  const name = nameIn.get(runs[0] as ReadRun) ?? wanted;
  const others = [...new Set(nameIn.values())].filter((other) => other !== name);
  if (wish.metric !== undefined && name !== wanted) notes.push(`'${wanted}' is logged as ${name}.`);
  if (others.length > 0) notes.push(`${name} is called ${others.join(', ')} in other runs.`);
  const named = goalOf(name);
  const opposed = others.find((other) => goalOf(other) !== named);
  if (opposed !== undefined && wish.goal === undefined) {
    throw compareError(
      'COMPARE_GOALS',
      `Of ${name} ${way(named)} is better by its name, and of ${opposed} ${way(goalOf(opposed))}.`,
      {
        remedy: 'Say which way is better with --goal max or --goal min.',
      },
    );
  }
  if (wish.goal !== undefined && wish.goal !== named)
    notes.push(`Of ${name} usually ${way(named)} is better; --goal ${wish.goal} says otherwise and counts.`);
  return { name, goal: wish.goal ?? named, nameIn, notes };
}

const way = (goal: Goal): string => (goal === 'max' ? 'more' : 'less');

function find(wanted: string, run: ReadRun): string | undefined {
  try {
    return chooseMetric(wanted, run.curve.metrics).name;
  } catch {
    return undefined;
  }
}

function nameOf(run: ReadRun, wanted: string, runs: readonly ReadRun[]): string {
  try {
    return chooseMetric(wanted, run.curve.metrics).name;
  } catch (error) {
    if (!(error instanceof PawlError) || error.code !== 'METRIC_NOT_FOUND') throw error;
    const others = runs.filter((other) => find(wanted, other) !== undefined);
    const where =
      others.length === 0
        ? 'in any run'
        : `in ${run.label}, but in ${others[0]?.label}${others.length > 1 ? ` and ${others.length - 1} more` : ''}`;
    throw compareError(
      'COMPARE_NO_SHARED_METRIC',
      `There is no metric '${wanted}' ${where}. ${run.label} holds ${listed(run.curve.metrics)}.`,
      {
        file: run.curve.file,
        remedy:
          others.length === 0
            ? (error.remedy ?? 'Name one of them with --metric.')
            : 'Name a metric with --metric that all runs log.',
        cause: error,
      },
    );
  }
}

/** Of the metrics that every run logs the one that people would decide by. */
function chooseShared(runs: readonly ReadRun[], notes: string[]): string {
  const [first, ...others] = runs as [ReadRun, ...ReadRun[]];
  const shared = first.curve.metrics.filter((name) => others.every((run) => find(name, run) !== undefined));
  const decided = decidingMetric(shared);
  const left = runs
    .map((run) => ({ run, name: decidingMetric(run.curve.metrics)?.name }))
    .find(({ name }) => name !== undefined && runs.some((run) => find(name, run) === undefined));
  if (decided) {
    notes.push(`Compared by ${decided.name}, the ${decided.why}; another metric is named with --metric.`);
    if (left) notes.push(`${left.name}, which ${left.run.label} holds, is not in all runs.`);
    return decided.name;
  }
  const [trained] = shared.filter((name) => metricStrength(name) === 'strong');
  if (trained !== undefined && !left) {
    notes.push(
      `Compared by ${trained}: no run holds a metric of validation data, and this one says nothing of new data.`,
    );
    return trained;
  }
  const odd =
    others.find((run) => !run.curve.metrics.some((name) => first.curve.metrics.includes(name))) ?? others[0];
  throw compareError(
    'COMPARE_NO_SHARED_METRIC',
    `The runs share no metric${trained === undefined ? '' : ' of validation data'}: ${first.label} holds ${listed(first.curve.metrics)}; ${odd?.label} holds ${listed(odd?.curve.metrics ?? [])}.`,
    {
      remedy: `Name runs that log the same metric${trained === undefined ? '.' : `, or say --metric ${trained} to compare by that.`}`,
    },
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0
    ? 'none'
    : names.slice(0, 12).join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '');
}
