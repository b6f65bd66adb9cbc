import type { Goal, Point } from '../metrics/_contract.ts';
import type { Effect, Verdict } from '../study/types.ts';
import { toJsonable, type Jsonable } from './finite.ts';
import { grid } from './grid.ts';
import { describeImprovement } from './improvement.ts';
import { inkOf, type Tone } from './ink.ts';
import { ABSENT, figuresOf, type Figures, type Scale } from './number.ts';
import { formatCoverage, formatShare } from './percent.ts';
import { toPlain } from './plain.ts';
import { plural } from './table.ts';
import { describeBasis } from './verdict.ts';
import { signedAsLogged } from './view.ts';

/** One run of a group: its value by the metric, however it was read. NaN for a run that diverged. */
export interface ComparedRun {
  label: string;
  seed: number | null;
  value: number;
  /** Its curve and where on it the value lies, for a plot; absent for bare numbers. */
  points?: readonly Point[] | undefined;
  epoch?: number | undefined;
}

export interface ComparedGroup {
  label: string;
  runs: readonly ComparedRun[];
}

/** What `pawl compare` has found about two groups of runs. */
export interface Comparison {
  metric: {
    name: string;
    goal: Goal;
    scale: Scale;
    train?: string | null | undefined;
    trainLoss?: string | null | undefined;
    valLoss?: string | null | undefined;
  };
  baseline: ComparedGroup;
  optimized: ComparedGroup;
  effect: Effect;
  verdict: Verdict;
  notes: readonly string[];
}

interface Summary {
  n: number;
  mean: number | null;
  sd: number | null;
}

/** Over runs with a finite value; the others are listed, and said. */
export function summarizeRuns(runs: readonly ComparedRun[]): Summary {
  const values = runs.map((run) => run.value).filter(Number.isFinite);
  const n = values.length;
  if (n === 0) return { n, mean: null, sd: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const sd = n < 2 ? null : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  return { n, mean, sd };
}

/** The document of `pawl compare --json`. */
export function comparisonJson({
  metric,
  baseline,
  optimized,
  effect,
  verdict,
  notes,
}: Comparison): Jsonable {
  const group = ({ label, runs }: ComparedGroup): object => {
    const { n, mean, sd } = summarizeRuns(runs);
    return { label, runs: runs.map(({ seed, value, label }) => ({ seed, value, label })), mean, sd, n };
  };
  return toJsonable({
    schemaVersion: 1,
    metric,
    baseline: group(baseline),
    optimized: group(optimized),
    effect: { ...effect, difference: signedAsLogged(effect.absolute, metric) },
    verdict,
    notes,
  });
}

const TONES: Record<Verdict, Tone> = {
  better: 'green',
  'not-better': 'red',
  inconclusive: 'yellow',
  unstable: 'red',
  unverified: 'yellow',
};

/** The same for people. Ends with a newline. */
export function renderComparisonTable(comparison: Comparison, { color }: { color: boolean }): string {
  const { metric, baseline, optimized, effect, verdict, notes } = comparison;
  const ink = inkOf(color);
  const figures = figuresOf(
    metric.scale,
    [...baseline.runs, ...optimized.runs].map((run) => run.value),
    [effect.absolute],
  );
  const [head = '', ...body] = grid([
    ['', 'runs', 'mean', 'sd', 'lowest', 'highest'],
    ...[baseline, optimized].map((group) => groupRow(group, figures)),
  ]);
  const name = toPlain(metric.name, 60);
  const status = (runs: readonly ComparedRun[]) =>
    runs.map((run) => ({
      status: Number.isFinite(run.value) ? ('finished' as const) : ('diverged' as const),
    }));
  const basis = describeBasis(
    {
      verdict,
      effect,
      reference: { n: summarizeRuns(baseline.runs).n, runs: status(baseline.runs) },
      optimized: { n: summarizeRuns(optimized.runs).n, runs: status(optimized.runs) },
    },
    figures,
  );
  const tone: Tone = effect.absolute > 0 ? 'green' : effect.absolute < 0 ? 'red' : 'dim';
  const broken = [...baseline.runs, ...optimized.runs].filter((run) => !Number.isFinite(run.value));
  const lines = [
    `${ink('bold', name)} ${ink('dim', `(${metric.goal === 'max' ? 'higher' : 'lower'} is better)`)}`,
    '',
    ink('dim', head),
    ...body,
    ...pairLines(comparison, figures, (text) => ink('dim', text)),
    '',
    `Improvement: ${ink(tone, describeImprovement(effect, metric, name, figures))}`,
    `Interval: ${intervalOf(effect, figures)}`,
    ...(effect.pBetter === null ? [] : [`P(better on a fresh seed): ${formatShare(effect.pBetter)}`]),
    `Verdict: ${ink(TONES[verdict], verdict)} (${basis})`,
    ...(broken.length === 0
      ? []
      : [
          `${ink('yellow', '!')} ${plural(broken.length, 'run')} without a finite value, left out of means: ${broken.map((run) => toPlain(run.label, 60)).join(', ')}`,
        ]),
    ...[...new Set([...effect.notes, ...notes])].map((note) => `${ink('yellow', '!')} ${toPlain(note, 400)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function groupRow({ label, runs }: ComparedGroup, figures: Figures): string[] {
  const { mean, sd } = summarizeRuns(runs);
  const values = runs.map((run) => run.value).filter(Number.isFinite);
  const edge = (pick: (...values: number[]) => number): string =>
    values.length === 0 ? ABSENT : figures.value(pick(...values));
  return [
    toPlain(label, 48),
    String(runs.length),
    figures.value(mean),
    figures.spread(sd),
    edge(Math.min),
    edge(Math.max),
  ];
}

function pairLines(
  { baseline, optimized, effect, metric }: Comparison,
  figures: Figures,
  dim: (text: string) => string,
): string[] {
  if (!effect.paired) return [];
  // A run that diverged has no difference, though its value has one from anything.
  const differenceOf = (value: number, from: number) =>
    figures.difference(Number.isFinite(value) && Number.isFinite(from) ? value - from : null);
  const bySeed = new Map(baseline.runs.map((run, index) => [run.seed ?? `#${index + 1}`, run.value]));
  const rows = optimized.runs.flatMap((run, index) => {
    const seed = run.seed ?? `#${index + 1}`;
    const from = bySeed.get(seed);
    return from === undefined
      ? []
      : [[String(seed), figures.value(from), figures.value(run.value), differenceOf(run.value, from)]];
  });
  if (rows.length < 2 || rows.length > 40) return [];
  const [head = '', ...body] = grid([
    [
      'seed',
      toPlain(baseline.label, 24),
      toPlain(optimized.label, 24),
      metric.goal === 'max' ? 'difference' : 'difference (- is better)',
    ],
    ...rows,
  ]);
  return ['', dim(head), ...body];
}

function intervalOf({ low, high, alpha, isSingle }: Effect, figures: Figures): string {
  if (low === null || high === null) return isSingle ? 'not measured: one run of each' : 'not measured';
  return `${figures.interval(low, high)}${alpha === null ? '' : ` (${formatCoverage(alpha)})`}`;
}
