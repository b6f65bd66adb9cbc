import { expect, test } from 'vitest';
import type { SweepSummary, SweepTrial } from '../../../study/sweep/summary.ts';
import type { MetricChoice } from '../../../study/types.ts';
import { shownOf, thinned } from './thinned.ts';

const metric = { goal: 'max' } as MetricChoice;
const summaryOf = (count: number): SweepSummary => {
  const trials = Array.from(
    { length: count },
    (_, number) =>
      ({
        number,
        origin: number === 0 ? 'baseline' : 'sampled',
        value: number % 3 === 2 ? null : (number * 7919) % count,
      }) as SweepTrial,
  );
  return { trials, best: 500 } as SweepSummary;
};

test('ten thousand trials become as many as a plot can show, the best, the chosen and the baseline among them', () => {
  const summary = summaryOf(10_000);
  const shown = thinned(summary, metric, 600);
  expect(shown).toHaveLength(600);
  expect(shown.map(({ number }) => number)).toEqual(
    shown.map(({ number }) => number).toSorted((a, b) => a - b),
  );
  const best = summary.trials
    .filter(({ value }) => value !== null)
    .toSorted((a, b) => (b.value as number) - (a.value as number))
    .slice(0, 200);
  for (const trial of [...best, summary.trials[0], summary.trials[500]]) expect(shown).toContain(trial);
  // No stretch of the search is left out.
  for (let from = 0; from < 10_000; from += 500)
    expect(shown.some(({ number }) => number >= from && number < from + 500)).toBe(true);
  expect(shownOf(summary, 600)).toBe(' · the best and an even selection of 10,000 trials');
});

test('what fits is shown whole', () => {
  const summary = summaryOf(40);
  expect(thinned(summary, metric, 600)).toBe(summary.trials);
  expect(shownOf(summary, 600)).toBe('');
});
