import { resolve } from 'node:path';
import type { Goal, Select } from '../../metrics/_contract.ts';
import { compareRuns } from '../../compare/compare-runs.ts';
import { compareValues } from '../../compare/compare-values.ts';
import { compareDocument } from '../../compare/document.ts';
import { checkPlot } from '../../compare/plot.ts';
import type { Sides } from '../../compare/sides.ts';
import { renderComparisonTable } from '../../report/comparison.ts';
import { splitSides } from '../compare-arguments.ts';
import { createContext, type Context } from '../context.ts';
import { describeFailure, failureJson } from '../../failure.ts';
import { failureText } from '../fail.ts';
import { textOption } from '../read-option.ts';
import type { CommandRun, Options } from '../run.ts';

export const run: CommandRun = async (context, args, options) => {
  const sides = splitSides(args, process.argv.slice(2));
  // Options behind `--` are the parser's arguments; they count like those before it.
  const all: Options = { ...options, ...sides.late };
  const own = Object.keys(sides.late).length === 0 ? context : createContext(all);
  if (own.isJson === context.isJson) return compare(own, sides, all);
  try {
    return await compare(own, sides, all);
  } catch (error) {
    const failure = describeFailure(error);
    own.json(failureJson(failure));
    process.stderr.write(failureText(failure, (text) => text));
    return failure.exit;
  }
};

async function compare(context: Context, sides: Sides, options: Options): Promise<number> {
  const plot = textOption(options, 'plot');
  if (plot !== undefined) checkPlot(plot);
  const wish = {
    metric: textOption(options, 'metric'),
    goal: textOption(options, 'goal') as Goal | undefined,
    select: (textOption(options, 'select') ?? 'best') as Select,
    plot: plot === undefined ? undefined : resolve(context.cwd, plot),
  };
  const bare = textOption(options, 'values');
  const comparison = bare === undefined ? await compareRuns(sides, wish) : compareValues(sides, bare, wish);
  if (context.isJson) {
    context.json({ ...compareDocument(comparison, wish), plot: plot ?? null });
  } else {
    context.out(`${renderComparisonTable(comparison, { color: context.color.stdout })}\n`);
    if (plot !== undefined) context.say(`Plot: ${plot}`);
  }
  return 0;
}
