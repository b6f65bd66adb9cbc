import type { Point } from '../../metrics/_contract.ts';
import type { History, Pruner, Report, Sampler } from '../../search/_contract.ts';
import type { Params } from '../../search/space.ts';
import { isPending, shouldRepeat } from '../attempts.ts';
import { type Candidate, type Ledger, PRUNED, stateOf } from '../sweep/ledger.ts';
import { PAUSED } from '../sweep/paused.ts';
import type { ReportBook } from '../sweep/reports.ts';
import { candidateId } from '../sweep/candidate-id.ts';
import { paramsKey } from '../sweep/params-key.ts';
import type { Stopper } from '../sweep/stopper.ts';
import { formatDuration } from '../../project/duration.ts';
import type { SweepEnd, SweepPlan } from '../sweep/types.ts';
import type { Run } from '../types.ts';
import type { Conclusion, RunRequest, Stop, Strategy, StrategyView } from './_contract.ts';

export interface SweepOptions {
  plan: SweepPlan;
  sampler: Sampler;
  /** A configuration that was not tried yet, whatever it promises; null where there is none left. */
  untried: (history: History, number: number, tried: ReadonlySet<string>) => Params | null;
  pruner: Pruner | null;
  /** A further seed that a configuration should be trained with now; null while none earns one. */
  race: (ledger: Ledger) => RunRequest | null;
  /** Why the rest of the budget is not worth spending. */
  stop: Stopper;
  ledger: Ledger;
  reports: ReportBook;
  /** Failed trials of earlier sessions are trained again, and nothing else. */
  isRetry: boolean;
  /** Several trainings at a time: a suggestion then never knows of all that came before it anyway. */
  isParallel: boolean;
  /** Wall time that must be left for the confirmation, given the time of the longest training; ms. */
  reserveMs: (longestMs: number) => number;
}

export interface SweepStrategy extends Strategy {
  /** Why the search is over; undefined while it is not. */
  endOf(view: StrategyView): SweepEnd | undefined;
}

/** For shorter trainings than this the next one is chosen before the last has ended: waiting would cost more than it tells. */
const SHORT_MS = 500;
/** Without a single result after so many trials, something is wrong with all of them. */
const FAILURES_IN_A_ROW = 3;

/**
 * A search: configurations from the sampler, ended early by the pruner, further seeds for the promising. Of a stored
 * study alone: the suggestion of trial i depends on the trials before it, so that resuming goes on where it stopped.
 */
export function sweep(options: SweepOptions): SweepStrategy {
  const { plan, sampler, pruner, ledger, reports: book } = options;
  const judged = new Map<string, number>();
  const tried = new Set<string>();
  let keyed = 0;
  let suggested: { version: number; params: Params | null } | undefined;

  const read = (view: StrategyView): Ledger => ledger.read(view.record, view.metric?.name ?? null);

  /** The next configuration that was not tried yet; null where the space has no other. */
  const suggest = (): Params | null => {
    if (suggested?.version === ledger.version) return suggested.params;
    for (; keyed < ledger.candidates.length; keyed++) {
      const candidate = ledger.candidates[keyed];
      if (candidate) tried.add(paramsKey(candidate.search.params));
    }
    const number = (ledger.candidates.at(-1)?.search.number ?? -1) + 1;
    const { history } = ledger;
    let params: Params | null = null;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      // A further attempt at the same number takes a stream that no trial owns.
      params = sampler.suggest(history, number + attempt * FAR);
      if (params === null || !tried.has(paramsKey(params))) break;
      params = null;
    }
    if (params === null && plan.sampler !== 'grid') params = options.untried(history, number, tried);
    suggested = { version: ledger.version, params };
    return params;
  };

  const repeats = (view: StrategyView): RunRequest[] =>
    [...ledger.broken]
      .filter((run) => isToRepeat(view, run, options.isRetry))
      .map(({ trial, seed }) => ({ trial, seed }));

  const firstSeed = plan.seeds[0] ?? null;
  const promotion = (candidate: Candidate): RunRequest => ({ trial: candidate.trial.id, seed: firstSeed });
  const byNumber = (number: number): Candidate | undefined =>
    ledger.candidates.find(({ search }) => search.number === number);

  /** A paused trial that is among the best of its rung. */
  const promoted = (): RunRequest | null => {
    const job = pruner?.nextJob?.(ledger.history);
    const candidate = job?.kind === 'promote' ? byNumber(job.trial) : undefined;
    return candidate ? promotion(candidate) : null;
  };

  /** A search that ends with nothing but paused trials has nothing to choose from: the one that got furthest goes on. */
  const lastPromotion = (view: StrategyView): RunRequest | null => {
    if (!pruner?.nextJob || ledger.openRuns > 0 || hasRival()) return null;
    const goal = view.metric?.goal === 'min' ? 1 : -1;
    const furthest = ledger.candidates
      .filter(({ search }) => search.state === 'paused')
      .map((candidate) => ({ candidate, last: lastReport(candidate) }))
      .sort((a, b) => b.last.step - a.last.step || goal * (a.last.value - b.last.value));
    return furthest[0] ? promotion(furthest[0].candidate) : null;
  };
  const hasRival = (): boolean =>
    ledger.candidates.some(
      ({ search, trial }) => search.state === 'complete' && trial.candidacy.origin !== 'baseline',
    );

  const endOf = (view: StrategyView): SweepEnd | undefined => {
    read(view);
    const spent = budgetEnd(view);
    if (spent) return spent;
    if (options.isRetry) {
      return { code: 'retried', reason: 'The failed trials were trained again; nothing else was asked for.' };
    }
    const { trials } = plan.budget;
    if (trials !== null && ledger.own >= trials)
      return { code: 'trials-spent', reason: `All ${trials} trials of the budget have been tried.` };
    const hopeless = options.stop(ledger, view);
    if (hopeless !== null) return { code: 'no-further-gain', reason: hopeless };
    if (suggest() === null)
      return {
        code: 'space-exhausted',
        reason: `Every configuration of the space has been tried (${tried.size}).`,
      };
    return undefined;
  };

  /** Limits that forbid any further training, also of further seeds and repetitions. */
  const budgetEnd = (view: StrategyView): SweepEnd | undefined => {
    const { epochs, ms } = plan.budget;
    const full = plan.fullEpochs ?? ledger.longestEpochs;
    // Where trials pause, one training's worth is kept until one of them has come to its end.
    const kept = pruner?.nextJob && !hasRival() && ledger.openRuns + ledger.epochsSpent > 0 ? 1 : 0;
    const committed = ledger.epochsSpent + (ledger.openRuns + 1 + kept) * full;
    if (epochs !== null && committed > epochs && ledger.epochsSpent + ledger.openRuns > 0)
      return {
        code: 'epochs-spent',
        reason: `${ledger.epochsSpent} of ${epochs} epochs are spent; another training of ${full} does not fit.`,
      };
    if (ms === null) return undefined;
    const longest = ledger.longestMs;
    if (longest === 0 || view.elapsedMs + longest + options.reserveMs(longest) <= ms) return undefined;
    return {
      code: 'time-spent',
      reason: `${formatDuration(view.elapsedMs)} of ${formatDuration(ms)} are spent; what is left is kept for the confirmation.`,
    };
  };

  return {
    name: 'sweep',
    endOf,

    next(view): RunRequest[] {
      read(view);
      if (budgetEnd(view)) {
        const last = lastPromotion(view);
        return last ? [last] : [];
      }
      const again = repeats(view);
      if (again.length > 0) return again;
      if (options.isRetry) return [];
      for (const candidate of ledger.waiting) {
        return [{ trial: candidate.trial.id, seed: firstSeed }];
      }
      const next = promoted();
      if (next) return [next];
      const further = options.race(ledger);
      if (further) return [further];
      if (endOf(view)) {
        const last = lastPromotion(view);
        return last ? [last] : [];
      }
      const params = suggest();
      if (params === null) return [];
      const number = (ledger.candidates.at(-1)?.search.number ?? -1) + 1;
      const proposal = { number, params, origin: 'sampled' as const };
      return [{ trial: candidateId(view.iteration.iteration, number), seed: firstSeed, proposal }];
    },

    ahead(view): RunRequest | null {
      read(view);
      if (!options.isParallel || ledger.recentMs === null || ledger.recentMs > SHORT_MS) return null;
      return this.next(view)[0] ?? null;
    },

    judge(run, points: readonly Point[], view): Stop | null {
      const metric = view.metric?.name ?? null;
      book.put(run.id, points, metric);
      const candidate = read(view).find(run.trial);
      if (!candidate) return null;
      ledger.refresh(candidate, metric);
      // The baseline is what everything is measured by, and a further seed is there to be measured.
      const isMeasured =
        candidate.search.state === 'complete' || candidate.trial.candidacy.origin === 'baseline';
      if (!pruner || metric === null || isMeasured || !ledger.isInHistory(candidate)) return null;
      const { number } = candidate.search;
      const reports = candidate.search.runs.find(({ seed }) => seed === run.seed)?.reports ?? [];
      // What a former attempt was judged by is settled.
      const reached = ledger.reachedBefore(run, metric);
      const before = Math.max(
        judged.get(run.id) ?? 0,
        reached === 0 ? 0 : reports.filter(({ step }) => step <= reached).length,
      );
      const judgement = pruner.judge({
        history: ledger.history,
        trial: number,
        seed: run.seed,
        judged: before,
      });
      judged.set(run.id, reports.length);
      if (judgement.action === 'continue') return null;
      const code = judgement.action === 'stop' ? PRUNED : PAUSED;
      return { status: 'stopped', code, message: inEpochs(judgement.why) };
    },

    conclude(view): Conclusion | undefined {
      read(view);
      const failed = allFailed(ledger, plan, view, options.isRetry);
      if (failed) return failed;
      if (ledger.openRuns > 0 || this.next(view).length > 0) return undefined;
      return { kind: 'done' };
    },
  };
}

/** The steps of a sweep are epochs. */
const inEpochs = (text: string): string => text.replaceAll(/\bstep (?=\d)/g, 'epoch ');

function lastReport({ search }: Candidate): Report {
  return search.runs[0]?.reports.at(-1) ?? { step: 0, value: Number.NaN };
}

const MOST_ATTEMPTS = 30;
const FAR = 1_000_003;

function isToRepeat(view: StrategyView, run: Run, isRetry: boolean): boolean {
  if (run.status === 'interrupted') return true;
  if (run.status !== 'failed') return false;
  const session = view.record.sessions.at(-1);
  const isEarlier = session !== undefined && run.endedAt !== null && run.endedAt < session.openedAt;
  // A failure of the training itself is repeated only when it is asked for; one of the machinery by itself.
  return isEarlier ? isRetry : shouldRepeat(view.record, run);
}

/** Every trial so far failed: whatever is wrong is not the configuration. */
function allFailed(
  ledger: Ledger,
  plan: SweepPlan,
  view: StrategyView,
  isRetry: boolean,
): Conclusion | undefined {
  const enough = Math.min(FAILURES_IN_A_ROW, plan.budget.trials ?? Infinity);
  if (ledger.hasWorked || ledger.candidates.length < enough) return undefined;
  const ended = ledger.candidates.flatMap(({ runs }) => [...runs.values()]).filter((run) => !isPending(run));
  if (ended.some((run) => stateOf(run) !== 'failed')) return undefined;
  const standing = ended.filter((run) => !isToRepeat(view, run, isRetry));
  if (standing.length < enough) return undefined;
  const last = standing.at(-1) as Run;
  return {
    kind: 'failed',
    code: 'SWEEP_ALL_FAILED',
    message: `All ${standing.length} trials so far failed, the baseline too. The last one, ${last.id}: ${last.failure?.message ?? last.status}`,
    remedy:
      last.failure?.remedy ??
      `See its output with \`pawl logs ${last.id}\`, mend the cause, then \`pawl sweep --retry-failed\`.`,
  };
}
