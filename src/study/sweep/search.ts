import type { Project } from '../../project/load.ts';
import type { Sampler, SearchSetup } from '../../search/_contract.ts';
import { goalOf } from '../../metrics/goal.ts';
import type { Point, Select } from '../../metrics/_contract.ts';
import { elapsedMs } from '../elapsed.ts';
import { type EngineOptions, type EngineResult, runEngine } from '../engine.ts';
import { type StudyRecord, iterationOf } from '../record.ts';
import type { Session } from '../session.ts';
import { sweep, type SweepStrategy } from '../strategies/sweep.ts';
import type { Run } from '../types.ts';
import { type CandidateMaker, makeCandidate } from './candidates.ts';
import { Ledger } from './ledger.ts';
import { prunerOf, racerOf, samplerOf } from './parts.ts';
import { ReportBook } from './reports.ts';
import { stopperOf } from './stopper.ts';
import type { SweepPlan } from './types.ts';
import { untriedOf } from './untried.ts';

/** What a search is made of, ready to be run or asked. */
export interface Search {
  strategy: SweepStrategy;
  ledger: Ledger;
  reports: ReportBook;
}

function setupOf(project: Project, plan: SweepPlan): SearchSetup {
  const { metric } = project.settings;
  const goal = typeof metric === 'string' ? goalOf(metric) : (metric.goal ?? goalOf(metric.name));
  const { space, seed, fullEpochs } = plan;
  return { space, goal, seed, plannedTrials: plan.budget.trials, fullStep: fullEpochs };
}

const selectOf = ({ settings: { metric } }: Project): Select =>
  typeof metric === 'string' ? 'best' : metric.select;

export const openSampler = (project: Project, plan: SweepPlan): Sampler =>
  samplerOf(plan.sampler, setupOf(project, plan));

export const openUntried = (project: Project, plan: SweepPlan): ReturnType<typeof untriedOf> =>
  untriedOf(setupOf(project, plan));

export function openSearch(
  project: Project,
  plan: SweepPlan,
  {
    iteration,
    isRetry,
    slots,
    confirmPairs,
  }: { iteration: number; isRetry: boolean; slots: number; confirmPairs: number },
): Search {
  const setup = setupOf(project, plan);
  const reports = new ReportBook();
  const ledger = new Ledger(plan.space, reports, iteration);
  const strategy = sweep({
    plan,
    sampler: samplerOf(plan.sampler, setup),
    untried: untriedOf(setup),
    pruner: prunerOf(plan.pruner, setup, selectOf(project)),
    race: racerOf(plan, setup),
    stop: stopperOf(plan, setup),
    ledger,
    reports,
    isRetry,
    isParallel: slots > 1,
    // Three pairs are the fewest that a test can rest on.
    reserveMs: (longest) =>
      plan.confirm === null ? 0 : (longest * Math.min(confirmPairs, 3) * 2) / Math.max(1, slots),
  });
  return { strategy, ledger, reports };
}

/** Runs the search to its end. Suggestions become trials when their first training starts. */
export async function runSearch(
  session: Session,
  search: Search,
  maker: CandidateMaker,
  engine: Omit<EngineOptions, 'strategy' | 'propose'>,
): Promise<EngineResult> {
  const { record, store, emit } = session;
  const { strategy, reports } = search;
  const metric = record.metric?.name ?? null;
  for (const run of candidateRuns(record)) {
    if (run.status !== 'adopted') reports.put(run.id, await store.curve(record.id, run.id), metric);
  }
  const onPoints = (run: Run, points: readonly Point[]): void => {
    reports.put(run.id, points, record.metric?.name ?? null);
    engine.onPoints(run, points);
  };
  const propose: EngineOptions['propose'] = (_trial, candidacy) => makeCandidate(maker, candidacy);
  const result = await runEngine({ ...engine, onPoints, strategy, propose });
  if (result.kind !== 'done') return result;
  const end = strategy.endOf({
    record,
    iteration: iterationOf(record, maker.iteration),
    metric: record.metric,
    elapsedMs: elapsedMs(record, engine.now()),
  });
  if (end) await emit({ type: 'search-ended', at: engine.now(), iteration: maker.iteration, end });
  return result;
}

export function candidateRuns(record: StudyRecord): Run[] {
  return [...record.runs.values()].filter((run) => record.trials.get(run.trial)?.candidacy !== undefined);
}
