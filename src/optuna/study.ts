/** A study in Optuna's terms: what goes into one of its storages. */
export interface OptunaStudy {
  name: string;
  direction: 'MAXIMIZE' | 'MINIMIZE';
  userAttributes: Readonly<Record<string, unknown>>;
  trials: readonly OptunaTrial[];
}

export type OptunaState = 'COMPLETE' | 'PRUNED' | 'FAIL' | 'RUNNING' | 'WAITING';

export interface OptunaTrial {
  state: OptunaState;
  /** Epoch ms. */
  startedAt: number | null;
  endedAt: number | null;
  /** null where the trial has none (it failed, or still runs). */
  value: number | null;
  intermediate: readonly { step: number; value: number }[];
  params: readonly OptunaParam[];
  userAttributes: Readonly<Record<string, unknown>>;
}

export interface OptunaParam {
  name: string;
  value: unknown;
  distribution: OptunaDistribution;
}

export type OptunaDistribution =
  | { name: 'FloatDistribution'; low: number; high: number; log: boolean; step: number | null }
  | { name: 'IntDistribution'; low: number; high: number; log: boolean; step: number }
  | { name: 'CategoricalDistribution'; choices: readonly (string | number | boolean | null)[] };
