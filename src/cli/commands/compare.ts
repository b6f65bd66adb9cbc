import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Goal, Select } from '../../metrics/_contract.ts';
import { goalOf } from '../../metrics/goal.ts';
import { summarizeCurve } from '../../metrics/summary.ts';
import { comparisonJson, renderComparisonTable } from '../../report/comparison.ts';
import { needBoth, splitSides, type Sides } from '../compare/arguments.ts';
import { compareError } from '../compare/errors.ts';
import { judge, type JudgedGroup, type JudgedRun } from '../compare/judge.ts';
import { shareMetric, type SharedMetric } from '../compare/metric.ts';
import { describePairing, pairingOf } from '../compare/pairing.ts';
import { checkPlot, writePlot } from '../compare/plot.ts';
import { readGroup, type ReadRun } from '../compare/runs.ts';
import { alignScales } from '../compare/scale.ts';
import { readValues, refuseMixedScales } from '../compare/values.ts';
import { createContext, type Context } from '../context.ts';
import { describeFailure, failureJson, failureText } from '../fail.ts';
import { textOption } from '../read-option.ts';
import type { CommandRun, Options } from '../run.ts';

type Compared = ReturnType<typeof judge>;

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
    context.json({ ...documentOf(comparison), select: wish.select, plot: plot ?? null });
  } else {
    context.out(`${renderComparisonTable(comparison, { color: context.color.stdout })}\n`);
    if (plot !== undefined) context.say(`Plot: ${plot}`);
  }
  return 0;
}

/** The document: an effect that could not be measured is null in it, never NaN. */
function documentOf({ pairing, ...comparison }: Compared): object {
  const document = comparisonJson(comparison) as { effect: Record<string, unknown> };
  const isMeasured = Number.isFinite(comparison.effect.absolute);
  const effect = isMeasured ? document.effect : { ...document.effect, absolute: null, difference: null };
  return { ...document, effect, pairing };
}

interface Wish {
  metric: string | undefined;
  goal: Goal | undefined;
  select: Select;
  plot: string | undefined;
}

function compareValues(sides: Sides, bare: string, wish: Wish): Compared {
  if (wish.plot !== undefined) {
    throw compareError('COMPARE_PLOT', 'Bare numbers have no curves to plot.', {
      remedy: 'Leave out --plot, or name runs.',
    });
  }
  // Without `--` the second list is the only argument.
  const isSplit = process.argv.includes('--');
  const before = isSplit ? sides.baseline : [];
  const behind = isSplit ? sides.optimized : [...sides.baseline, ...sides.optimized];
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

async function compareRuns(sides: Sides, wish: Wish): Promise<Compared> {
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
  const described = {
    ...comparison,
    notes: [...comparison.notes, ...describePairing(pairing, baseline, optimized, comparison.pairing)],
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
