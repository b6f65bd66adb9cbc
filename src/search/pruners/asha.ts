/**
 * Asynchronous successive halving (Li et al. 2020, arXiv 1810.05934).
 *
 * Rungs at grace·ηᵏ. `asha` (the stopping kind): a run that reaches a rung goes on if it is among the best ⌈m/η⌉ of the m
 * trials that have come so far, itself included; it needs no checkpoints. `asha-promotion` (the original): every run pauses
 * at its rung, and a free slot goes to the best paused trial that is among the best ⌊m/η⌋ of its rung, else to a new one.
 * Both are functions of the history alone, so that slots that judge at the same time cannot disturb each other.
 */
import type { History, Job, Judgement, JudgeRequest, Pruner, PrunerSetup, Trial } from '../_contract.ts';
import { checkOptions, ladderOf, type PrunerOptions } from './options.ts';
import { createReading, firstFrom, peerLoss, type Reading } from './reached.ts';

const CONTINUE: Judgement = { action: 'continue' };

export function createAsha(setup: PrunerSetup, options: PrunerOptions = {}): Pruner {
  checkOptions(options);
  const reduction = options.reduction ?? 3;
  const minTrials = options.minTrials ?? Math.ceil(reduction);
  const reading = createReading(setup.goal, options.select ?? 'best');
  return {
    name: 'asha',
    judge: (request) => {
      const { rungs } = ladderOf(setup, options, request.history);
      for (const { rung, at, position, reports } of crossed(request, rungs)) {
        const own = reading.lossAt(reports, position);
        if (Number.isNaN(own))
          return { action: 'stop', step: at, why: `its value at step ${at} is not a number` };
        const others = peers(request, rung, at, reading);
        if (others.length < minTrials) continue;
        const kept = Math.ceil((others.length + 1) / reduction);
        const better = others.filter((loss) => loss < own).length;
        if (better < kept) continue;
        const why = `at step ${at} it is number ${better + 1} of ${others.length + 1}; the best ${kept} go on`;
        return { action: 'stop', step: at, why };
      }
      return CONTINUE;
    },
  };
}

export function createAshaPromotion(setup: PrunerSetup, options: PrunerOptions = {}): Pruner {
  checkOptions(options);
  const reduction = options.reduction ?? 3;
  const minTrials = options.minTrials ?? Math.ceil(reduction);
  const reading = createReading(setup.goal, options.select ?? 'best');
  return {
    name: 'asha-promotion',
    judge: (request) => {
      const { rungs } = ladderOf(setup, options, request.history);
      const last = [...crossed(request, rungs)].at(-1);
      if (last === undefined) return CONTINUE;
      if (Number.isNaN(reading.lossAt(last.reports, last.position))) {
        return { action: 'stop', step: last.at, why: `its value at step ${last.at} is not a number` };
      }
      return {
        action: 'pause',
        step: last.at,
        why: `it has reached step ${last.at} and waits for its peers`,
      };
    },
    nextJob: (history): Job => {
      const { rungs, full } = ladderOf(setup, options, history);
      for (let level = rungs.length - 1; level >= 0; level--) {
        const trial = promotable(history, rungs, level, { reduction, minTrials, reading });
        const toStep = rungs[level + 1] ?? full;
        if (trial !== undefined && toStep !== null) return { kind: 'promote', trial: trial.number, toStep };
      }
      return { kind: 'new', toStep: rungs[0] ?? full ?? Infinity };
    },
  };
}

interface Rules {
  reduction: number;
  minTrials: number;
  reading: Reading;
}

/** The best paused trial of a rung that belongs to the rung's best ⌊m/η⌋. */
function promotable(
  history: History,
  rungs: readonly number[],
  level: number,
  rules: Rules,
): Trial | undefined {
  const rung = rungs[level] as number;
  const ranked = history
    .map((trial) => ({ trial, loss: peerLoss(trial, rung, rung, rules.reading) }))
    .filter(({ loss }) => !Number.isNaN(loss))
    .sort((a, b) => a.loss - b.loss || a.trial.number - b.trial.number);
  if (ranked.length < rules.minTrials) return undefined;
  const top = ranked.slice(0, Math.floor(ranked.length / rules.reduction));
  const next = rungs[level + 1] ?? Infinity;
  return top.find(({ trial }) => trial.state === 'paused' && !hasReached(trial, next))?.trial;
}

function hasReached(trial: Trial, step: number): boolean {
  return trial.runs.some(({ reports }) => firstFrom(reports, step) >= 0);
}

interface Crossing {
  rung: number;
  /** Step of the report that reached it, and its position. */
  at: number;
  position: number;
  reports: Trial['runs'][number]['reports'];
}

/** The rungs that the run has reached with its new reports, lowest first. */
function* crossed(
  { history, trial, seed, judged }: JudgeRequest,
  rungs: readonly number[],
): Generator<Crossing> {
  const run = findTrial(history, trial)?.runs.find((candidate) => candidate.seed === seed);
  if (run === undefined) return;
  for (const rung of rungs) {
    const position = firstFrom(run.reports, rung);
    if (position < 0) return;
    if (position < judged) continue;
    yield { rung, at: (run.reports[position] as { step: number }).step, position, reports: run.reports };
  }
}

function peers({ history, trial }: JudgeRequest, rung: number, at: number, reading: Reading): number[] {
  const losses: number[] = [];
  for (const other of history) {
    if (other.number === trial) continue;
    const loss = peerLoss(other, rung, at, reading);
    if (!Number.isNaN(loss)) losses.push(loss);
  }
  return losses;
}

/** Trials are in order of number. */
export function findTrial(history: History, number: number): Trial | undefined {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((history[middle] as Trial).number < number) low = middle + 1;
    else high = middle;
  }
  return history[low]?.number === number ? history[low] : undefined;
}
