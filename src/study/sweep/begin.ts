import type { Point } from '../../metrics/_contract.ts';
import { elapsedMs } from '../elapsed.ts';
import { hashValue } from '../hash.ts';
import { chooseStudyMetric, measureCurve } from '../measure.ts';
import { iterationOf } from '../record.ts';
import { standingRuns } from '../results.ts';
import type { Session } from '../session.ts';
import { candidateId } from './candidate-id.ts';
import { type CandidateMaker, makeCandidate } from './candidates.ts';
import type { PreparedSweep } from './plan.ts';
import type { SweepHooks } from './run-sweep.ts';
import type { SweepBudget } from './types.ts';
import type { SweepOptions } from './wish.ts';

/**
 * The first events of a sweep: what it sets out to do, the baseline, and the trials that come before any suggestion.
 * What of it a killed session had stored already is left as it is.
 */
export async function begin(
  session: Session,
  prepared: PreparedSweep,
  maker: CandidateMaker,
  hooks: SweepHooks,
): Promise<void> {
  const { record, emit, store } = session;
  const { start, adopted, base } = prepared;
  const { settings } = maker.project;
  const at = hooks.now();
  if (!record.iterations.some(({ iteration }) => iteration === start.iteration))
    await emit({ type: 'iteration-started', at, start });
  if (!record.trials.has('baseline')) {
    const trial = {
      id: 'baseline',
      kind: 'baseline' as const,
      iteration: 0,
      label: 'Baseline',
      config: settings.baseline.config,
      configHash: hashValue(base.value),
      changes: [],
    };
    await emit({ type: 'trial-added', at, trial });
  }
  for (const candidacy of prepared.planned.sweep.first) {
    if (record.trials.has(candidateId(start.iteration, candidacy.number))) continue;
    await emit({ type: 'trial-added', at, trial: await makeCandidate(maker, candidacy) });
  }
  if (adopted && !record.runs.has(adopted.run.id)) {
    const metric = chooseStudyMetric(settings, adopted.curve.metrics, [adopted.curve]);
    await emit({ type: 'metric-chosen', at, metric });
    const { value } = measureCurve(adopted.curve, metric, settings.confirm ?? null);
    const points = adopted.curve.points.map((point, index) => ({ index, point }));
    // Who hears of the run may ask for its curve.
    await store.savePoints(record.id, adopted.run.id, points);
    await emit({ type: 'run-starting', at, run: { ...adopted.run, value } });
  }
}

/** Another budget for a sweep that goes on: what is asked for now, on top of what a finished one has spent. */
export async function extend(
  { record, emit }: Session,
  { start, planned }: PreparedSweep,
  wished: SweepOptions,
  hooks: SweepHooks,
  isFinished: boolean,
): Promise<void> {
  const iteration = iterationOf(record, start.iteration);
  const { sweep } = iteration;
  if (!sweep) return;
  const at = hooks.now();
  if (!isFinished) {
    const { budget } = planned.sweep;
    const isSame = JSON.stringify(budget) === JSON.stringify(sweep.budget);
    if (iteration.searchEnd || isSame || wished.retryFailed) return;
    await emit({ type: 'search-extended', at, iteration: start.iteration, budget });
    return;
  }
  const budget = addBudget(sweep.budget, wished, {
    trials: [...record.trials.values()].filter(
      ({ candidacy, iteration: number }) =>
        number === start.iteration && candidacy !== undefined && candidacy.origin !== 'imported',
    ).length,
    epochs: [...record.runs.values()]
      .filter((run) => run.status !== 'adopted' && record.trials.get(run.trial)?.candidacy !== undefined)
      .reduce((sum, run) => sum + (run.value?.epochs ?? 0), 0),
    ms: elapsedMs(record, at),
  });
  await emit({ type: 'search-extended', at, iteration: start.iteration, budget });
}

function addBudget(
  former: SweepBudget,
  { trials, epochs, hours }: SweepOptions,
  spent: { trials: number; epochs: number; ms: number },
): SweepBudget {
  const ms = hours === undefined ? null : hours * 3_600_000;
  const isAsked = trials !== undefined || epochs !== undefined || ms !== null;
  // A limit that nobody named now must not keep what was asked for from happening.
  const rest = (limit: number | null): number | null => (isAsked ? null : limit);
  return {
    trials: trials === undefined ? rest(former.trials) : spent.trials + trials,
    epochs: epochs === undefined ? rest(former.epochs) : spent.epochs + epochs,
    ms: ms === null ? rest(former.ms) : spent.ms + ms,
  };
}

/** Curves of the trials that an outcome is made from. */
export async function curvesOfOutcome(
  { record, store }: Session,
  number: number,
): Promise<Record<string, Point[]>> {
  const { baseline, reference, optimized } = iterationOf(record, number);
  const curves: Record<string, Point[]> = Object.create(null) as Record<string, Point[]>;
  for (const trial of new Set([baseline, reference, optimized])) {
    for (const run of standingRuns(record, trial)) curves[run.id] = await store.curve(record.id, run.id);
  }
  return curves;
}
