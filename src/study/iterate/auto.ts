import { PawlError } from '../../errors.ts';
import { sameValue } from '../../diagnosis/resolve/slots.ts';
import type { Project } from '../../project/load.ts';
import { elapsedMs } from '../elapsed.ts';
import { optimize, type OptimizeResult } from '../optimize.ts';
import { latestStudy, readStore } from '../open-store.ts';
import type { OptimizeHooks, OptimizeOptions } from '../options.ts';
import { iterationOf, type StudyRecord } from '../record.ts';
import { breakingChanges } from '../strategies/preflight.ts';
import { countTrainings } from '../train.ts';
import type { StudyOutcome } from '../types.ts';

export interface AutoResult {
  /** Outcomes in the order of their iterations. */
  outcomes: StudyOutcome[];
  /** Why it went no further. */
  stopped: string;
  last: OptimizeResult;
}

type Budget = NonNullable<OptimizeOptions['budget']>;

/**
 * Iterates by itself: each round is an optimization of its own, from the best config so far and Pawl's own diagnosis of
 * its curves. Ends when the target is confirmed, when the decision is not to iterate, and when the rounds or the budget
 * (which counts over all of them) are spent. `onConcluded` writes the report of a round before the next begins.
 */
export async function optimizeByItself(
  project: Project,
  options: OptimizeOptions,
  hooks: OptimizeHooks,
  onConcluded: (outcome: StudyOutcome) => Promise<void>,
): Promise<AutoResult> {
  const outcomes: StudyOutcome[] = [];
  const budget: Budget = { ...project.settings.budget, ...options.budget };
  const { maxIterations } = project.settings.thresholds;
  const first = (options.resume ? await lastIteration(project) : undefined) ?? options.iteration;
  for (let iteration = first; ; iteration++) {
    const round: OptimizeOptions = {
      ...options,
      iteration,
      // A report that was named is that of the first round.
      diagnostic: iteration === first ? options.diagnostic : undefined,
      without: iteration === first ? options.without : [],
      fresh: iteration === first && options.fresh,
      budget: iteration === first ? options.budget : await left(project, budget, hooks.now()),
    };
    let result: OptimizeResult;
    try {
      result = await optimizeWithoutBreaking(project, round, hooks);
    } catch (error) {
      const isOver =
        error instanceof PawlError && (error.code === 'NOTHING_TO_RECOMMEND' || error.code === 'NO_CHANGES');
      const last = outcomes.at(-1);
      if (!isOver || !last) throw error;
      return { outcomes, stopped: error.message, last: { kind: 'concluded', outcome: last } };
    }
    if (result.kind !== 'concluded') return { outcomes, stopped: result.kind, last: result };
    const { outcome } = result;
    outcomes.push(outcome);
    await onConcluded(outcome);
    const stopped = reasonToStop(outcome, maxIterations, await left(project, budget, hooks.now()));
    if (stopped !== null) return { outcomes, stopped, last: result };
  }
}

/**
 * One round; where its check run fails, once more without the changes that make it fail by themselves: nobody is there
 * to be asked, and the others can still be tested.
 */
async function optimizeWithoutBreaking(
  project: Project,
  round: OptimizeOptions,
  hooks: OptimizeHooks,
): Promise<OptimizeResult> {
  try {
    return await optimize(project, round, hooks);
  } catch (error) {
    if (!(error instanceof PawlError) || error.code !== 'SMOKE_FAILED') throw error;
    const record = await readStore(project.root, latestStudy);
    const breaking = record ? breakingPaths(record, round.iteration) : [];
    if (breaking.length === 0) throw error;
    hooks.say(`${error.message} Going on without ${breaking.join(' and ')}.`);
    return optimize(project, { ...round, without: [...round.without, ...breaking] }, hooks);
  }
}

/** Changes of an iteration that make its check run fail by themselves; none where no other change would be left. */
export function breakingPaths(record: StudyRecord, number: number): string[] {
  const { changes, seeds } = iterationOf(record, number);
  const single = [...record.trials.values()].flatMap((trial) => {
    const [change] = trial.changes;
    const isSingle = trial.kind === 'smoke' && trial.iteration === number && trial.changes.length === 1;
    return isSingle &&
      change &&
      changes.some(({ path, to }) => path === change.path && sameValue(to, change.to))
      ? [{ path: change.path, trial: trial.id }]
      : [];
  });
  const breaking = [...new Set(breakingChanges(record, single, seeds[0] ?? null))];
  return breaking.length < changes.length ? breaking : [];
}

/** Pure: why the rounds end here; null where another follows. */
export function reasonToStop(
  { target, decision, reason, iteration }: Pick<StudyOutcome, 'target' | 'decision' | 'reason' | 'iteration'>,
  maxIterations: number,
  remaining: Budget,
): string | null {
  if (target?.status === 'confirmed' && decision === 'finalize') return 'The target is confirmed.';
  if (decision !== 'iterate') return `The decision is ${decision}: ${reason}`;
  if (iteration >= maxIterations) return `Iteration ${iteration} is the last.`;
  // A further round needs a training of the incumbent or of the candidate at least.
  if (remaining.runs !== undefined && remaining.runs < 1) return 'The budget of trainings is spent.';
  if (remaining.hours !== undefined && remaining.hours <= 0) return 'The budget of hours is spent.';
  return null;
}

/** The round that an interrupted study was in; undefined where there is none. */
async function lastIteration(project: Project): Promise<number | undefined> {
  const record = await readStore(project.root, latestStudy);
  return record?.iterations.at(-1)?.iteration;
}

/** What the budget leaves after all rounds so far. */
async function left(project: Project, budget: Budget, now: number): Promise<Budget> {
  if (budget.runs === undefined && budget.hours === undefined) return {};
  const record = await readStore(project.root, latestStudy);
  if (!record) return budget;
  return {
    ...(budget.runs === undefined ? {} : { runs: budget.runs - countTrainings(record) }),
    ...(budget.hours === undefined ? {} : { hours: budget.hours - elapsedMs(record, now) / 3_600_000 }),
  };
}
