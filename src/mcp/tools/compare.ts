import { z } from 'zod';
import type { Wish } from '../../compare/wish.ts';
import { insidePath, type Place } from '../place.ts';
import { defineTool } from '../tool.ts';
import { name, path, versioned } from './fields.ts';

const MOST = 1000;
const side = z.union([z.array(path).min(1).max(MOST), z.array(z.number()).min(1).max(MOST)]);

export const compare = defineTool({
  name: 'compare',
  title: 'Compare runs',
  description:
    'Two groups of runs, by their logs in any format or by bare numbers: effect with interval, and the verdict. Runs are paired by seed where that is known, numbers by position.',
  input: z.strictObject({
    baseline: side.describe('files or folders of runs, or bare numbers'),
    optimized: side.describe('the same kind as baseline'),
    metric: name.optional(),
    goal: z.enum(['max', 'min']).optional(),
    select: z.enum(['best', 'last']).default('best').describe('which value of a curve stands for the run'),
  }),
  output: versioned.extend({
    metric: z.looseObject({ name: z.string(), goal: z.enum(['max', 'min']) }),
    effect: z.looseObject({}),
    verdict: z.string(),
  }),
  isReadOnly: true,
  async run(place, { baseline, optimized, metric, goal, select }) {
    const [{ compareRuns }, { compareValues }, { compareDocument }, { compareError }] = await Promise.all([
      import('../../compare/compare-runs.ts'),
      import('../../compare/compare-values.ts'),
      import('../../compare/document.ts'),
      import('../../compare/errors.ts'),
    ]);
    const wish: Wish = { metric, goal, select, plot: undefined };
    if (isNumbers(baseline) && isNumbers(optimized)) {
      const sides = { baseline: [], optimized: optimized.map(String), isSplit: true };
      return { document: { ...compareDocument(compareValues(sides, baseline.join(','), wish), wish) } };
    }
    if (isNumbers(baseline) || isNumbers(optimized)) {
      throw compareError('COMPARE_GROUPS', 'One group holds numbers and the other holds paths.', {
        remedy: 'Give two lists of paths, or two lists of numbers.',
      });
    }
    const sides = {
      baseline: await paths(place, baseline),
      optimized: await paths(place, optimized),
      isSplit: true,
    };
    return { document: { ...compareDocument(await compareRuns(sides, wish), wish) } };
  },
});

const isNumbers = (values: readonly string[] | readonly number[]): values is readonly number[] =>
  typeof values[0] === 'number';

async function paths(place: Place, named: readonly string[]): Promise<string[]> {
  return Promise.all(named.map(async (each) => insidePath(place, each)));
}
