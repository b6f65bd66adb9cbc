import { goalOf } from '../metrics/goal.ts';
import type { Sides } from './sides.ts';
import { compareError } from './errors.ts';
import { judge, type JudgedComparison, type JudgedGroup } from './judge.ts';
import { alignScales } from './scale.ts';
import { readValues, refuseMixedScales } from './values.ts';
import type { Wish } from './wish.ts';

/** Bare numbers, paired by position where there are equally many. */
export function compareValues(sides: Sides, bare: string, wish: Wish): JudgedComparison {
  if (wish.plot !== undefined) {
    throw compareError('COMPARE_PLOT', 'Bare numbers have no curves to plot.', {
      remedy: 'Leave out --plot, or name runs.',
    });
  }
  // Without `--` the second list is the only argument.
  const before = sides.isSplit ? sides.baseline : [];
  const behind = sides.isSplit ? sides.optimized : [...sides.baseline, ...sides.optimized];
  const baseline = readValues([bare, ...before], 'baseline');
  const optimized = readValues(behind, 'optimized');
  const name = wish.metric ?? 'value';
  const notes: string[] = [];
  if (wish.metric === undefined) refuseMixedScales(baseline, optimized);
  const { factors, scale } = alignScales(
    [
      { label: 'the baseline', name, values: baseline },
      { label: 'the optimized group', name, values: optimized },
    ],
    (note) => notes.push(note),
  );
  const goal = wish.goal ?? (wish.metric === undefined ? 'max' : goalOf(wish.metric));
  if (wish.goal === undefined) {
    notes.push(
      wish.metric === undefined
        ? 'More is taken to be better; --goal min says otherwise.'
        : `${goal === 'max' ? 'More' : 'Less'} is better, by the name ${name}.`,
    );
  }
  const group = (label: string, values: readonly number[], factor = 1): JudgedGroup => ({
    label,
    runs: values.map((value, index) => ({
      label: `${label} ${index + 1}`,
      seed: null,
      value: value * factor,
    })),
  });
  const groups = [
    group('baseline', baseline, factors[0]),
    group('optimized', optimized, factors[1]),
  ] as const;
  const isPaired = baseline.length === optimized.length;
  if (!isPaired) notes.push(`${baseline.length} and ${optimized.length} numbers: they are not paired.`);
  else if (baseline.length > 1) notes.push('Paired by position: the first with the first, and so on.');
  return judge({ name, goal, scale }, ...groups, isPaired ? 'position' : 'none', notes);
}
