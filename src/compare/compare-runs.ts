import { createHash } from 'node:crypto';
import type { Select } from '../metrics/_contract.ts';
import { summarizeCurve } from '../metrics/summary.ts';
import { needBoth, type Sides } from './sides.ts';
import { judge, type JudgedComparison, type JudgedGroup, type JudgedRun } from './judge.ts';
import { shareMetric, type SharedMetric } from './metric.ts';
import { describePairing, pairingOf } from './pairing.ts';
import { writePlot } from './plot.ts';
import { readGroup, type ReadRun } from './runs.ts';
import { describeLengths } from './lengths.ts';
import { alignScales } from './scale.ts';
import type { Wish } from './wish.ts';

/** Two groups of logged runs, by the metric they share. */
export async function compareRuns(sides: Sides, wish: Wish): Promise<JudgedComparison> {
  needBoth(sides);
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const baseline = await readGroup(sides.baseline, note);
  const optimized = await readGroup(sides.optimized, note);
  const all = [...baseline, ...optimized];
  const shared = shareMetric(baseline, optimized, wish);
  notes.unshift(...shared.notes);
  const series = all.map((run) => {
    const name = shared.nameIn.get(run) ?? shared.name;
    return { label: run.label, name, values: run.curve.points.flatMap(({ values }) => values[name] ?? []) };
  });
  const { factors, scale } = alignScales(series, note);
  const factorOf = new Map(all.map((run, index) => [run, factors[index] ?? 1]));
  const pairing = pairingOf(baseline, optimized);
  const group = (runs: readonly ReadRun[], names: readonly string[]): JudgedGroup => ({
    label: labelOf(names),
    runs: runs.map((run) =>
      toJudged(run, shared, wish.select, factorOf.get(run) ?? 1, pairing.isBySeed, note),
    ),
  });
  const comparison = judge(
    { name: shared.name, goal: shared.goal, scale },
    group(baseline, sides.baseline),
    group(optimized, sides.optimized),
    'auto',
    notes,
  );
  const lengths = describeLengths({
    baseline: baseline.map(({ curve }) => curve.points),
    optimized: optimized.map(({ curve }) => curve.points),
    metricIn: (points) => {
      const run = all.find(({ curve }) => curve.points === points);
      return (run && shared.nameIn.get(run)) ?? shared.name;
    },
    select: wish.select,
  });
  const described = {
    ...comparison,
    notes: [
      ...comparison.notes,
      ...(lengths === undefined ? [] : [lengths]),
      ...describePairing(pairing, baseline, optimized, comparison.pairing),
    ],
  };
  if (wish.plot !== undefined)
    await writePlot(wish.plot, described, { baseline, optimized }, shared, factorOf, wish.select);
  return described;
}

function toJudged(
  run: ReadRun,
  shared: SharedMetric,
  select: Select,
  factor: number,
  isBySeed: boolean,
  note: (text: string) => void,
): JudgedRun {
  const name = shared.nameIn.get(run) ?? shared.name;
  const { value, last, hasNonFinite } = summarizeCurve(run.curve, {
    metric: name,
    goal: shared.goal,
    select,
  });
  const series = run.curve.points.flatMap(({ values }) => values[name] ?? []);
  const isDiverged = !Number.isFinite(last);
  if (isDiverged && Number.isFinite(value))
    note(`${run.label} ends in ${last}: it counts as diverged, whatever it reached before.`);
  else if (hasNonFinite && !isDiverged)
    note(`${run.label} logs NaN or infinite values in between; they are passed over.`);
  return {
    label: run.label,
    seed: isBySeed ? (run.seed?.seed ?? null) : null,
    value: isDiverged ? last : value * factor,
    print:
      series.length >= PRINTED
        ? createHash('sha256').update(JSON.stringify(series)).digest('hex')
        : undefined,
  };
}

/** Two runs whose curves agree in fewer values may do so by chance. */
const PRINTED = 5;

/** What a group is called: its path, or what its paths begin with. */
function labelOf(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return first.replace(/\/+$/, '');
  let length = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, length))) length--;
  const common = first.slice(0, length).replace(/\d+$/, '');
  return common === '' ? `${first} and ${others.length} more` : `${common}*`;
}
