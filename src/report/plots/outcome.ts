import type { Run, StudyOutcome, TrialResult } from '../../study/types.ts';
import { toPlain } from '../plain.ts';
import { formatRelative } from '../percent.ts';
import { brokenRuns, describeEvidence, evidenceOf } from '../verdict.ts';
import { signedAsLogged, viewOf, type ReportView } from '../view.ts';
import { drawCurves } from './comparison.ts';
import type { CurvesPlot, PlotRun, Role } from './curves.ts';
import type { Drawing } from './draw.ts';

/** comparison.svg and comparison.png: the trials of one iteration. */
export function renderComparisonPlot(outcome: StudyOutcome): Promise<Drawing> {
  return drawCurves(curvesPlotOf(outcome));
}

const ROLES = {
  Baseline: 'baseline',
  Incumbent: 'incumbent',
  Optimized: 'optimized',
} as const satisfies Record<string, Role>;

export function curvesPlotOf(outcome: StudyOutcome): CurvesPlot {
  const view = viewOf(outcome);
  const { metric, target } = outcome;
  const { figures } = view;
  const isPooled = outcome.baseline.n > 1 || outcome.optimized.n > 1;
  return {
    title: titleOf(view),
    subtitle: [
      toPlain(outcome.study.project, 40),
      ...(outcome.iteration > 1 ? [`iteration ${outcome.iteration}`] : []),
      `${metric.goal === 'max' ? 'higher' : 'lower'} is better`,
      `${metric.select} epoch of each run counts`,
      describeEvidence(evidenceOf(outcome), figures),
    ].join(' · '),
    metric,
    target:
      target === null ? null : { value: target.value, text: `target ${figures.setpoint(target.value)}` },
    trials: view.columns.map(({ name, result }) => ({
      role: ROLES[name],
      legend: legendOf(name, result, view),
      runs: result.runs
        .filter((run) => outcome.curves[run.id] !== undefined)
        .map((run) => plotRun(run, outcome, view, isPooled)),
    })),
  };
}

function titleOf({ outcome, figures }: ReportView): string {
  const { metric, baseline, optimized, effect, verdict } = outcome;
  const name = toPlain(metric.name, 40);
  if (verdict === 'unstable') return `${name}: unstable, ${brokenRuns(optimized)}`;
  if (baseline.mean === null || optimized.mean === null) return `${name}: ${verdict}`;
  const change = figures.difference(signedAsLogged(effect.absolute, metric));
  const relative =
    effect.relative === null ? '' : `, ${formatRelative(signedAsLogged(effect.relative, metric))}`;
  return `${name} ${figures.value(baseline.mean)} → ${figures.value(optimized.mean)} (${change}${relative}): ${verdictWord(outcome)}`;
}

function verdictWord({ verdict, gain }: StudyOutcome): string {
  if (verdict === 'unverified') return gain.isSingle ? 'single seed, not verified' : 'not verified';
  if (verdict === 'better') return 'verified better';
  return verdict === 'not-better' ? 'not better' : verdict;
}

function legendOf(name: string, { mean, sd, n }: TrialResult, { figures }: ReportView): string {
  const label = name.toLowerCase();
  if (mean === null) return `${label} (no value)`;
  return `${label} ${figures.value(mean)}${sd === null ? '' : ` ± ${figures.spread(sd)}`} (${n} ${n === 1 ? 'seed' : 'seeds'})`;
}

function plotRun(run: Run, outcome: StudyOutcome, { figures }: ReportView, isPooled: boolean): PlotRun {
  const { value } = run;
  return {
    id: run.id,
    points: outcome.curves[run.id] ?? [],
    isWhole: run.status === 'finished' || run.status === 'adopted',
    best:
      value === null
        ? null
        : {
            epoch: value.epoch,
            value: value.value,
            text: isPooled ? '' : figures.value(value.value),
          },
    end: endOf(run),
  };
}

function endOf(run: Run): string | null {
  if (run.status === 'diverged') return `seed ${run.seed ?? '?'} diverged`;
  if (run.status === 'failed' || run.status === 'stopped') return `seed ${run.seed ?? '?'} ${run.status}`;
  return null;
}
