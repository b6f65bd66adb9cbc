/** Trials as Optuna stored them, whatever the storage. */
export type TrialState = 'running' | 'complete' | 'pruned' | 'failed' | 'waiting';
export type ParameterValue = string | number | boolean | null;

export type Distribution =
  | { kind: 'float'; low: number; high: number; log: boolean; step: number | null }
  | { kind: 'int'; low: number; high: number; log: boolean; step: number }
  | { kind: 'categorical'; choices: ParameterValue[] };

export interface OptunaTrial {
  /** From 0, within its study. */
  number: number;
  state: TrialState;
  params: Record<string, ParameterValue>;
  distributions: Record<string, Distribution>;
  /** One of each goal of the study; null until there are. */
  values: number[] | null;
  intermediate: { step: number; value: number }[];
  /** ISO 8601, as far as it is known. */
  startedAt: string | null;
  endedAt: string | null;
}

export interface OptunaStudy {
  name: string;
  /** One of each goal. */
  directions: ('minimize' | 'maximize' | null)[];
  /** What the study calls its goals; empty where it does not. */
  metricNames: string[];
  trials: OptunaTrial[];
}

export interface OptunaStorage {
  studies: OptunaStudy[];
  warnings: string[];
}

export function newTrial(number: number): OptunaTrial {
  return {
    number,
    state: 'running',
    params: Object.create(null) as Record<string, ParameterValue>,
    distributions: Object.create(null) as Record<string, Distribution>,
    values: null,
    intermediate: [],
    startedAt: null,
    endedAt: null,
  };
}
