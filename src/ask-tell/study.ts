import type { Goal } from '../metrics/_contract.ts';
import type { History, Pruner, Report, Sampler, SearchSetup, Trial, TrialRun } from '../search/_contract.ts';
import { createPruner } from '../search/pruner.ts';
import { createSampler } from '../search/sampler.ts';
import type { Params, Space } from '../search/space.ts';
import { lossOf, trialOf } from '../search/trial.ts';
import { askTellError } from './errors.ts';
import type { TellRequest } from './request.ts';

/** What a search by asking and telling is; the first line of its file. */
export interface StudySetup {
  space: Space;
  goal: Goal;
  method: string;
  seed: number;
  trials: number | null;
  steps: number | null;
  pruner: string;
}

/** What happened, in the order in which it is stored. */
export type StudyLine =
  | { ask: number; params: Params }
  | { tell: number; value: number | string | null; step?: number | undefined; state?: TellRequest['state'] };

export interface Best {
  trial: number;
  params: Params;
  value: number;
}

/** Asks and tells of one search. Holds no file: what is to be stored comes back through `store`, before it counts. */
export class AskTellStudy {
  readonly setup: StudySetup;
  readonly #sampler: Sampler;
  readonly #pruner: Pruner | null;
  readonly #store: (line: StudyLine) => void;
  #history: Trial[] = [];
  /** Asked for in an earlier life and never heard of again: handed out first. */
  #orphans: number[] = [];
  readonly #judged = new Map<number, number>();

  constructor(setup: StudySetup, store: (line: StudyLine) => void) {
    const { space, goal, seed, trials, steps } = setup;
    const search: SearchSetup = { space, goal, seed, plannedTrials: trials, fullStep: steps };
    this.setup = setup;
    this.#store = store;
    this.#sampler = createSampler(setup.method, search);
    this.#pruner = createPruner(setup.pruner, search);
  }

  get history(): History {
    return this.#history;
  }

  /** Puts back what was stored. */
  replay(lines: readonly StudyLine[]): void {
    for (const line of lines) {
      if ('ask' in line) this.#add(line.ask, line.params);
      else this.#take(line.tell, line.value === null ? null : Number(line.value), line.step, line.state);
    }
    this.#orphans = this.#history.filter(({ state }) => state === 'running').map(({ number }) => number);
  }

  /** The next configuration; null when there is none left. */
  ask(): { trial: number; params: Params } | null {
    const orphan = this.#orphans.shift();
    if (orphan !== undefined) return { trial: orphan, params: this.#at(orphan).params };
    const number = this.#history.length;
    const params = this.#sampler.suggest(this.#history, number);
    if (params === null) return null;
    this.#store({ ask: number, params });
    this.#add(number, params);
    return { trial: number, params };
  }

  /** Takes a result; with a step an intermediate one, after which the trial may be told to stop. */
  tell({ trial, value, step, state }: TellRequest): {
    trial: number;
    state: Trial['state'];
    stop: boolean;
    why?: string;
  } {
    const known = this.#at(trial);
    if (known.state === 'complete' || known.state === 'failed') {
      throw askTellError('ASK_TELL_TRIAL_ENDED', `Trial ${trial} is ${known.state} already.`, {
        remedy: 'Ask for another trial.',
      });
    }
    const last = known.runs[0]?.reports.at(-1)?.step;
    if (step !== undefined && last !== undefined && step <= last) {
      throw askTellError(
        'ASK_TELL_STEP_INVALID',
        `Trial ${trial} was at step ${last}; step ${step} is not after it.`,
        {
          remedy: 'Count steps upwards.',
        },
      );
    }
    if (step !== undefined && (value === undefined || value === null)) {
      throw askTellError('ASK_TELL_REQUEST_INVALID', "'value': an intermediate result needs a number.", {
        remedy: 'Send {"op":"tell","trial":0,"value":0.9,"step":10}.',
      });
    }
    const written =
      value === undefined || value === null ? null : Number.isFinite(value) ? value : String(value);
    this.#store({ tell: trial, value: written, step, state });
    this.#orphans = this.#orphans.filter((number) => number !== trial);
    this.#take(trial, value ?? null, step, state);
    if (step === undefined || state !== undefined)
      return { trial, state: this.#at(trial).state, stop: false };
    return this.#judge(trial);
  }

  /** The best complete trial; null before there is one. */
  best(): Best | null {
    let best: Best | null = null;
    for (const { number, params, value } of this.#history) {
      if (value === null) continue;
      if (best === null || lossOf(value, this.setup.goal) < lossOf(best.value, this.setup.goal))
        best = { trial: number, params, value };
    }
    return best;
  }

  #judge(number: number): { trial: number; state: Trial['state']; stop: boolean; why?: string } {
    const trial = this.#at(number);
    const request = {
      history: this.#history,
      trial: number,
      seed: null,
      judged: this.#judged.get(number) ?? 0,
    };
    const judgement = this.#pruner?.judge(request) ?? { action: 'continue' as const };
    this.#judged.set(number, trial.runs[0]?.reports.length ?? 0);
    if (judgement.action !== 'stop') return { trial: number, state: trial.state, stop: false };
    // Its fate is stored with the answer: a program that stops at once never comes back to say so.
    this.#store({ tell: number, value: null, state: 'pruned' });
    this.#take(number, null, undefined, 'pruned');
    return { trial: number, state: 'pruned', stop: true, why: judgement.why };
  }

  #at(number: number): Trial {
    const trial = this.#history[number];
    if (trial) return trial;
    throw askTellError('ASK_TELL_TRIAL_UNKNOWN', `There is no trial ${number}.`, {
      remedy: 'Tell of trials that were asked for.',
    });
  }

  #add(number: number, params: Params): void {
    this.#history = [...this.#history, trialOf(number, params, [runOf('running', null, [])])];
  }

  #take(number: number, value: number | null, step: number | undefined, state: TellRequest['state']): void {
    const { params, runs } = this.#at(number);
    const former = runs[0]?.reports ?? [];
    const run =
      step !== undefined && state === undefined
        ? runOf('running', null, [...former, { step, value: value ?? Number.NaN }])
        : ended(value, state, former);
    const next = this.#history.slice();
    next[number] = trialOf(number, params, [run]);
    this.#history = next;
  }
}

const runOf = (state: TrialRun['state'], value: number | null, reports: readonly Report[]): TrialRun => ({
  seed: null,
  state,
  value,
  reports,
});

/** A final result without a finite value has failed; pruned trials keep their reports and have no value. */
function ended(value: number | null, state: TellRequest['state'], reports: readonly Report[]): TrialRun {
  if (state === 'pruned') return runOf('pruned', null, reports);
  const isGood = state !== 'failed' && value !== null && Number.isFinite(value);
  return isGood ? runOf('complete', value, reports) : runOf('failed', null, reports);
}
