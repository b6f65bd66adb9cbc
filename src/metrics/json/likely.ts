import { findAxes } from '../axis.ts';
import { phaseOf } from '../phase.ts';
import { metricStrength } from '../words.ts';
import type { RecordList, Series } from './collect.ts';

/** The list that most looks like a log; with it the lists beside it that hold the other phases. */
export function bestLists(lists: readonly RecordList[]): RecordList[] {
  let best: RecordList | undefined;
  for (const list of lists) {
    if (!best || scoreList(list) > scoreList(best)) best = list;
  }
  if (!best || scoreList(best) === 0) return [];
  const at = best.path.findIndex((part) => phaseOf(part) !== undefined);
  if (at < 0) return [best];
  return lists.filter(
    ({ path }) => path.length === best.path.length && phaseOf(path[at] ?? '') !== undefined,
  );
}

function scoreList({ path, records }: RecordList): number {
  const names = [...new Set(records.slice(0, 20).flatMap(({ record }) => numericKeys(record)))];
  if (names.length === 0) return 0;
  const { epoch, step } = findAxes(names);
  const metrics = names.filter((name) => metricStrength(name) !== 'none').length;
  const isNamed = /^(?:epochs?|history|log_history|logs?|metrics|results|records|curve|training)$/i.test(
    path.at(-1) ?? '',
  );
  return (
    1 +
    (epoch || step ? 4 : 0) +
    3 * Math.min(metrics, 3) +
    (isNamed ? 2 : 0) +
    Math.min(records.length, 99) / 100
  );
}

function numericKeys(record: object): string[] {
  return Object.entries(record).flatMap(([key, item]: [string, unknown]) => {
    if (typeof item === 'number' || typeof item === 'string') return [key];
    return item !== null && typeof item === 'object'
      ? numericKeys(item).map((inner) => `${key}/${inner}`)
      : [];
  });
}

export function scoreLists(lists: readonly RecordList[]): number {
  return Math.max(0, ...lists.map(scoreList));
}

/** Arrays of the length that most metrics have. */
export function bestSeries(series: readonly Series[]): Series[] {
  const groups = new Map<string, Series[]>();
  for (const entry of series) {
    const key = entry.keys ? 'keyed' : String(entry.values.length);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  let best: Series[] = [];
  for (const group of groups.values()) if (scoreSeries(group) > scoreSeries(best)) best = group;
  return best;
}

export function scoreSeries(series: readonly Series[]): number {
  if (series.length === 0) return 0;
  const metrics = series.filter(
    ({ path }) => metricStrength(path.at(-1) ?? '') !== 'none' || metricStrength(path.join('/')) === 'strong',
  );
  const length = Math.max(...series.map(({ values }) => values.length));
  return 3 * metrics.length + Math.min(series.length, 9) / 10 + Math.min(length, 99) / 1000;
}
