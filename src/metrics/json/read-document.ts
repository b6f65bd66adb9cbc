import type { Sink } from '../_contract.ts';
import { findAxes } from '../axis.ts';
import { phaseOf } from '../phase.ts';
import { phaseSink } from '../phase-sink.ts';
import { RecordReader } from '../record.ts';
import { metricStrength } from '../words.ts';
import { collect, type Collected, type RecordList, type Series } from './collect.ts';
import { bestLists, bestSeries, scoreLists, scoreSeries } from './likely.ts';

/** Puts whatever a JSON document holds of a curve into the sink. False where it holds nothing of the kind. */
export function readDocument(value: unknown, sink: Sink): boolean {
  const collected = collect(value);
  readTotal(collected, sink);
  const lists = bestLists(collected.lists);
  const series = bestSeries(collected.series);
  if (lists.length > 0 && scoreLists(lists) >= scoreSeries(series)) readLists(lists, sink);
  else if (series.length > 0) readSeries(series, collected.series, sink);
  else return readScalars(collected, sink);
  return true;
}

/** `epochs: 20` beside the curve. */
function readTotal({ scalars }: Collected, sink: Sink): void {
  const shallow = scalars.filter(({ path }) => path.length === 1);
  const { epoch, total } = findAxes(shallow.map(({ path }) => path[0] as string));
  const name = total ?? (epoch?.toLowerCase() === 'epochs' ? epoch : undefined);
  const found = shallow.find(({ path }) => path[0] === name);
  if (found) sink.total(found.value);
}

function readLists(lists: readonly RecordList[], sink: Sink): void {
  for (const { path, axis, records } of lists) {
    const reader = new RecordReader(lists.length > 1 ? phaseSink(sink, phaseIn(path)) : sink);
    // A list called `epochs` counts them, even where its entries do not.
    const counts = /epoch|history/i.test(path.at(-1) ?? '');
    records.forEach(({ record, key }, i) => {
      const at = key ?? (counts ? i + 1 : undefined);
      reader.read(record, at === undefined ? {} : { [axis]: at });
    });
  }
}

function phaseIn(path: readonly string[]): string | undefined {
  return path.map(phaseOf).find((phase) => phase !== undefined);
}

function readSeries(series: readonly Series[], all: readonly Series[], sink: Sink): void {
  const names = shortNames(series.map(({ path }) => path));
  const { epoch, step } = findAxes(names);
  const axisOf = (name: string | undefined): Series | undefined =>
    name === undefined ? undefined : series[names.indexOf(name)];
  const epochs = axisOf(epoch);
  const steps = axisOf(step);
  series.forEach((entry, i) => {
    if (entry === epochs || entry === steps) return;
    const column = sink.column(names[i] as string);
    entry.values.forEach((value, at) => {
      if (value === undefined) return;
      const key = entry.keys?.[at];
      const implied = steps || (key !== undefined && entry.axis === 'step') ? Number.NaN : (key ?? at + 1);
      const step = entry.axis === 'step' ? key : undefined;
      sink.row(epochs?.values[at] ?? implied, steps?.values[at] ?? step ?? Number.NaN);
      sink.set(column, value);
    });
  });
  const left = all.filter((entry) => !series.includes(entry) && entry.values.length > 1);
  if (left.length === 0) return;
  const examples = left.slice(0, 3).map(({ path, values }) => `${path.join('/')} (${values.length})`);
  sink.warn({
    kind: 'other-lengths',
    message: `left out, for they have another length than the ${series[0]?.values.length ?? 0} points read: ${examples.join(', ')}`,
  });
}

/** Paths without what they all begin with, phases excepted: `history/loss`, `history/val_loss` are `loss`, `val_loss`. */
function shortNames(paths: readonly (readonly string[])[]): string[] {
  const first = paths[0] ?? [];
  let common = 0;
  while (
    common < first.length - 1 &&
    phaseOf(first[common] as string) === undefined &&
    paths.every((path) => path.length > common + 1 && path[common] === first[common])
  ) {
    common++;
  }
  return paths.map((path) => path.slice(common).join('/'));
}

/** Final results only: one point. */
function readScalars({ scalars }: Collected, sink: Sink): boolean {
  const names = shortNames(scalars.map(({ path }) => path));
  if (!names.some((name) => metricStrength(name) !== 'none')) return false;
  const record = Object.create(null) as Record<string, number>;
  scalars.forEach(({ value }, i) => (record[names[i] as string] = value));
  return new RecordReader(sink).read(record) > 0;
}
