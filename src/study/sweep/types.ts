import type { Params, Space } from '../../search/space.ts';
import type { Change } from '../../diagnosis/types.ts';
import type { Verdict } from '../types.ts';

/** Where a configuration of a sweep comes from. */
export type Origin = 'baseline' | 'recommended' | 'sampled' | 'imported';

/** What makes a trial one of a sweep. */
export interface Candidacy {
  /** Its number in the search, from 0: the baseline. */
  number: number;
  params: Params;
  origin: Origin;
}

/** A candidate that is to be made into a trial when its first run starts. */
export interface Proposal extends Candidacy {
  trial: string;
}

/** What may be spent on the search, all its sessions together; null: no limit of that kind. */
export interface SweepBudget {
  /** Configurations trained, the baseline among them; imported ones cost nothing. */
  trials: number | null;
  epochs: number | null;
  /** Wall time of search and confirmation. */
  ms: number | null;
}

/** How a sweep searches; fixed before its first run, but for the budget, which can be added to. */
export interface SweepPlan {
  space: Space;
  sampler: string;
  /** null: no run is ended early. */
  pruner: PrunerPlan | null;
  /** The study's seed: suggestions are drawn from it. */
  seed: number;
  /** Seeds a configuration may be trained with while the search lasts, in order; the first one comes first. */
  seeds: (number | null)[];
  /** Configurations tried before the sampler is asked: the baseline, and what was recommended. */
  first: Omit<Proposal, 'trial'>[];
  budget: SweepBudget;
  /** Trials without a better one after which the search ends; null: it spends its budget whole. */
  patience: number | null;
  /** What ends the search instead of patience: a model of the metric that says what the rest could add. */
  stopsBy?: 'model' | undefined;
  confirm: ConfirmPlan | null;
  /** Epochs of a full training, where the config says them. */
  fullEpochs: number | null;
}

export interface PrunerPlan {
  name: string;
  options: Readonly<Record<string, number>>;
}

export interface ConfirmPlan {
  /** Configurations that go into the final round. */
  top: number;
  /** Fresh seeds on which the final round is held; the test itself uses others. */
  seeds: number[];
}

/** Why a search ended. */
export interface SweepEnd {
  code: 'trials-spent' | 'epochs-spent' | 'time-spent' | 'space-exhausted' | 'no-further-gain' | 'retried';
  /** One sentence with the figures. */
  reason: string;
}

/** The configuration that a search chose, and what it may be compared on. */
export interface Contender {
  /** The candidate trial it is a copy of. */
  candidate: string;
  /** Against the baseline config. */
  changes: Change[];
  /** Trials that stand for it, for what it started from and for the original baseline from here on. */
  optimized: string;
  reference: string;
  baseline: string;
  /** Set where no confirmation follows. */
  conclusion: { verdict: Verdict; reason: string } | null;
  /** One-sided level of its test. */
  alpha: number;
  /** What the search itself saw of it, and what it made of that. */
  claimed: { value: number; posterior: number; n: number };
}
