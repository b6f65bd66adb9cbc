import { alphaForIteration, STUDY_ALPHA } from '../../evidence/alpha.ts';
import type { OptimizeHooks } from '../options.ts';
import { type EngineOptions, runEngine } from '../engine.ts';
import { writeEdited } from '../configure.ts';
import { iterationOf } from '../record.ts';
import type { Session } from '../session.ts';
import { showValue } from '../show.ts';
import type { MetricChoice } from '../types.ts';
import { candidateChanges, type CandidateMaker } from './candidates.ts';
import { rankCandidates, type Ranked } from './choose.ts';
import { fieldOf, finalRound, winnerOf } from './final-round.ts';
import { furtherSeeds } from './further-seeds.ts';
import type { PreparedSweep } from './plan.ts';
import type { SweepHooks } from './run-sweep.ts';
import type { Search } from './search.ts';
import type { Contender } from './types.ts';

interface ContenderInput {
  session: Session;
  search: Search;
  maker: CandidateMaker;
  prepared: PreparedSweep;
  engine: Omit<EngineOptions, 'strategy' | 'propose'>;
  hooks: Pick<SweepHooks, 'onPhase' | 'now' | 'say'> & Pick<OptimizeHooks, 'say'>;
  metric: MetricChoice;
}

type Chosen =
  | { kind: 'chosen' }
  | { kind: 'interrupted' }
  | { kind: 'failed'; code: string; message: string; remedy?: string | undefined };

const STRICTEST_ALPHA = 0.005;

/**
 * The one configuration that is tested: the best by posterior mean, after a final round of the top ones on fresh seeds.
 * Those seeds were not looked at while searching, and the test takes others still: what was chosen by them would be
 * flattered by them.
 */
export async function chooseContender(input: ContenderInput): Promise<Chosen> {
  const { session, search, maker, engine, hooks, metric } = input;
  const { record } = session;
  const iteration = iterationOf(record, maker.iteration);
  if (iteration.contender) return { kind: 'chosen' };
  const { sweep } = iteration;
  if (!sweep) throw new Error('the iteration is no sweep');
  const rank = (): Ranked[] =>
    rankCandidates(search.ledger.read(record, metric.name).candidates, metric.goal);
  hooks.onPhase('further seeds');
  const further = furtherSeeds(search.ledger, sweep, metric.goal);
  const raced = await runEngine({ ...engine, strategy: further });
  if (raced.kind === 'interrupted') return { kind: 'interrupted' };
  const claimed = rank();
  const { baseline, rivals, finalists } = fieldOf(claimed, sweep.confirm?.top ?? 1, metric.goal);
  const best = rivals[0];
  if (!best) {
    return {
      kind: 'failed',
      code: 'SWEEP_NOTHING_FOUND',
      message: 'No configuration but the baseline came to a result.',
      remedy: 'See `pawl status` for how each trial ended, then `pawl sweep --retry-failed`.',
    };
  }
  const conclude = (verdict: 'not-better' | 'unverified', reason: string, of: Ranked) =>
    choose(input, of, of, {
      optimized: of.candidate.trial.id,
      stands: baseline?.candidate.trial.id,
      conclusion: { verdict, reason },
    });

  if (baseline && finalists.length === 0) {
    const reason = `Nothing beat the baseline: it came to ${shown(baseline, metric)} in the search, the best other configuration (trial ${best.candidate.search.number}) to ${shown(best, metric)}.`;
    return conclude('not-better', reason, best);
  }
  if (sweep.confirm === null) {
    const reason = `Not confirmed: ${shown(best, metric)} is what the search saw of its best trial, and a best of many is flattered by luck.`;
    return conclude('unverified', reason, best);
  }
  let winner = best;
  if (finalists.length > 1) {
    hooks.onPhase('final round');
    const result = await runEngine({ ...engine, strategy: finalRound(finalists, sweep.confirm) });
    if (result.kind === 'interrupted') return { kind: 'interrupted' };
    winner = winnerOf(rank(), finalists) ?? best;
  }
  const seen = claimed.find(({ candidate }) => candidate.trial.id === winner.candidate.trial.id) ?? winner;
  return choose(input, winner, seen, { optimized: null, stands: undefined, conclusion: null });
}

async function choose(
  { session, maker, prepared, hooks }: ContenderInput,
  { candidate }: Ranked,
  claimed: Ranked,
  fate: { optimized: string | null; stands: string | undefined; conclusion: Contender['conclusion'] },
): Promise<Chosen> {
  const { record, emit } = session;
  const at = hooks.now();
  const iteration = iterationOf(record, maker.iteration);
  const count = [...record.trials.values()].filter(
    (trial) => trial.candidacy && trial.iteration === maker.iteration,
  ).length;
  const { number } = candidate.search;
  const changes = candidateChanges(
    maker,
    candidate.trial.candidacy,
    `trial ${number}, the best of ${count} in the sweep`,
  );
  const written = await writeEdited(maker.project, maker.base, changes, prepared.planned.config, hooks.say);
  const common = {
    candidate: candidate.trial.id,
    changes,
    claimed: { value: claimed.mean, posterior: claimed.posterior, n: claimed.n },
    conclusion: fate.conclusion,
  };
  if (fate.optimized !== null) {
    // The annotated config is the same configuration; the trial is shown with it from here on.
    await emit({ type: 'trial-added', at, trial: { ...candidate.trial, ...written, changes } });
    const stands = fate.stands ?? prepared.start.reference;
    const contender = {
      ...common,
      optimized: fate.optimized,
      reference: stands,
      baseline: maker.iteration === 1 ? stands : 'baseline',
      alpha: iteration.alpha,
    };
    await emit({ type: 'contender-chosen', at, iteration: maker.iteration, contender });
    return { kind: 'chosen' };
  }
  // Extended searches that come to the same configuration keep its test; another one is tested at what is left of α.
  const former = [...record.trials.values()].filter(
    (trial) => trial.kind === 'optimized' && trial.iteration === maker.iteration,
  );
  const same = former.find((trial) => trial.configHash === written.configHash);
  const id =
    same?.id ??
    (former.length === 0
      ? `optimized-${maker.iteration}`
      : `optimized-${maker.iteration}-${former.length + 1}`);
  const label = `Best of the sweep (trial ${number})`;
  await emit({
    type: 'trial-added',
    at,
    trial: { id, kind: 'optimized', iteration: maker.iteration, label, ...written, changes },
  });
  const alpha =
    same || former.length === 0 ? iteration.alpha : furtherAlpha(iteration.iteration, former.length);
  const contender = {
    ...common,
    optimized: id,
    reference: prepared.start.reference,
    baseline: prepared.start.baseline,
    alpha,
  };
  await emit({ type: 'contender-chosen', at, iteration: maker.iteration, contender });
  return { kind: 'chosen' };
}

/** A further test in the same iteration spends what a further iteration would. */
function furtherAlpha(iteration: number, tests: number): number {
  const number = iteration + tests;
  const { alpha } = alphaForIteration(number, Array<boolean>(number - 1).fill(false), STUDY_ALPHA);
  return alpha > 0 ? alpha : STRICTEST_ALPHA;
}

const shown = ({ mean, n }: Ranked, metric: MetricChoice): string =>
  `${showValue(mean, metric)}${n > 1 ? ` (mean of ${n} seeds)` : ''}`;
