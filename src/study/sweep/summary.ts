import type { Params } from '../../search/space.ts';
import { hasResult } from '../results.ts';
import { type IterationRecord, type StudyRecord } from '../record.ts';
import type { MetricChoice, Run } from '../types.ts';
import { rankCandidates } from './choose.ts';
import { type Candidate, Ledger, stateOf } from './ledger.ts';
import { trainedEpochs } from './paused.ts';
import { ReportBook } from './reports.ts';
import type { Contender, Origin, SweepEnd, SweepPlan } from './types.ts';

/** How one configuration of a search fared, for tables, plots and JSON. */
export interface SweepTrial {
  number: number;
  trial: string;
  origin: Origin;
  params: Params;
  state: 'running' | 'complete' | 'pruned' | 'failed' | 'waiting';
  /** Mean over its complete runs. */
  value: number | null;
  /** Of a pruned trial: the best value it logged. */
  reached: number | null;
  posterior: number | null;
  seeds: number;
  epochs: number;
  seconds: number | null;
  startedAt: number | null;
  /** Why it was pruned or failed. */
  why: string | null;
  runs: { id: string; seed: number | null; status: Run['status']; value: number | null; epochs: number }[];
}

/** A sweep as far as it has come; made from the stored study alone. */
export interface SweepSummary {
  study: string;
  iteration: number;
  plan: SweepPlan;
  metric: MetricChoice | null;
  trials: SweepTrial[];
  counts: Record<SweepTrial['state'], number>;
  /** Trainings of the search, the final round among them. */
  trainings: number;
  epochsSpent: number;
  /** What pruned runs did not train of a full training. */
  epochsSaved: number;
  end: SweepEnd | null;
  contender: Contender | null;
  /** Number of the trial that was chosen, or is the best so far. */
  best: number | null;
}

export function summarizeSweep(record: StudyRecord, iteration: IterationRecord): SweepSummary | undefined {
  const { sweep: plan } = iteration;
  if (!plan) return undefined;
  const { metric } = record;
  const ledger = new Ledger(plan.space, new ReportBook(), iteration.iteration).read(
    record,
    metric?.name ?? null,
  );
  const ranked = metric ? rankCandidates(ledger.candidates, metric.goal) : [];
  const posterior = new Map(ranked.map((each) => [each.candidate.search.number, each.posterior]));
  const longest = Math.max(0, ...ledger.candidates.flatMap(({ runs }) => [...runs.values()].map(epochsOf)));
  const full = plan.fullEpochs ?? longest;
  const attempts = new Map<string, Run[]>();
  for (const run of record.runs.values()) {
    const list = attempts.get(run.trial);
    if (list) list.push(run);
    else attempts.set(run.trial, [run]);
  }
  let epochsSpent = 0;
  let epochsSaved = 0;
  let trainings = 0;
  const trials = ledger.candidates.map((candidate): SweepTrial => {
    const all = attempts.get(candidate.trial.id) ?? [];
    for (const [at, run] of all.entries()) {
      if (run.status === 'adopted') continue;
      trainings += 1;
      const former = all.slice(0, at).findLast(({ seed }) => seed === run.seed);
      epochsSpent += trainedEpochs(run, former);
    }
    for (const run of candidate.runs.values()) {
      if (isEndedEarly(run)) epochsSaved += Math.max(0, full - epochsOf(run));
    }
    return trialOf(candidate, posterior.get(candidate.search.number) ?? null, metric);
  });
  const counts: SweepSummary['counts'] = { running: 0, complete: 0, pruned: 0, failed: 0, waiting: 0 };
  for (const { state } of trials) counts[state] += 1;
  const chosen = iteration.contender ? ledger.find(iteration.contender.candidate) : undefined;
  return {
    study: record.id,
    iteration: iteration.iteration,
    plan,
    metric,
    trials,
    counts,
    trainings,
    epochsSpent,
    epochsSaved,
    end: iteration.searchEnd ?? null,
    contender: iteration.contender ?? null,
    best: chosen?.search.number ?? ranked[0]?.candidate.search.number ?? null,
  };
}

const isEndedEarly = (run: Run): boolean => stateOf(run) === 'pruned' || stateOf(run) === 'paused';

const epochsOf = (run: Run): number => run.value?.epochs ?? 0;

function trialOf(
  { trial, search, runs }: Candidate,
  posterior: number | null,
  metric: MetricChoice | null,
): SweepTrial {
  const list = [...runs.values()];
  const isWaiting = list.length === 0;
  const seconds = list.map(({ startedAt, endedAt }) =>
    startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000,
  );
  const known = seconds.filter((each) => each !== null);
  const state = isWaiting ? 'waiting' : search.state === 'paused' ? 'pruned' : search.state;
  const reached = list.flatMap(({ value }) => (value === null ? [] : [value.best]));
  return {
    number: search.number,
    trial: trial.id,
    origin: trial.candidacy.origin,
    params: search.params,
    state,
    value: search.value,
    reached:
      reached.length === 0 ? null : metric?.goal === 'min' ? Math.min(...reached) : Math.max(...reached),
    posterior,
    seeds: list.filter(hasResult).length,
    epochs: list.reduce((sum, run) => sum + (run.status === 'adopted' ? 0 : epochsOf(run)), 0),
    seconds: known.length === 0 ? null : known.reduce((a, b) => a + b, 0),
    startedAt: list[0]?.startedAt ?? null,
    why:
      state === 'complete'
        ? null
        : (list.findLast(({ failure }) => failure !== null)?.failure?.message ?? null),
    runs: list.map((run) => ({
      id: run.id,
      seed: run.seed,
      status: run.status,
      value: run.value?.value ?? null,
      epochs: epochsOf(run),
    })),
  };
}
