import type { Change } from '../../diagnosis/types.ts';
import type { MetricScale } from '../../evidence/validation-size.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Checkpoint, EnvironmentFacts, MetricChoice, TrialResult, Verdict } from '../types.ts';

/** What a finalization set out to do; fixed before its first run. */
export interface FinalStart {
  /** From 1. */
  number: number;
  /** The final trial. */
  trial: string;
  /** The accepted trial that it is made of, and the iteration that accepted it. */
  from: { trial: string; config: string; iteration: number };
  seeds: number[];
  changes: Change[];
  /** What the gate missed where --force passed it. */
  forced: string[];
  /** Hash of what the final runs depend on. */
  inputsHash: string;
}

/** The test metric of one final run. */
export interface TestValue {
  run: string;
  seed: number | null;
  value: number;
  /** Epoch that validation chose; null where the test metric is logged once. */
  epoch: number | null;
  /** File it was read from, relative to the project. */
  file: string;
}

/** One look at the test data. Every one is kept: a second look makes the first a choice. */
export interface TestReading {
  at: number;
  metric: string;
  values: TestValue[];
  /** Whether the test data had been looked at before. */
  isRepeated: boolean;
}

export interface FinalRecord extends FinalStart {
  startedAt: number;
  reading: TestReading | null;
  outcome: FinalOutcome | null;
}

export interface Interval {
  low: number;
  high: number;
  /** `seeds`: Student's t over the final runs; `examples`: Wilson, by the number of test examples. */
  basis: 'seeds' | 'examples';
}

export interface FinalOutcome {
  study: string;
  project: string;
  number: number;
  startedAt: number;
  endedAt: number;
  from: FinalStart['from'];
  /** Of the iteration that accepted the config. */
  verdict: Verdict;
  verdictReason: string;
  forced: string[];
  metric: MetricChoice;
  final: TrialResult;
  baseline: { value: number | null; config: string };
  /** null where no test metric was found; `missing` says why. */
  test: {
    metric: string;
    scale: MetricScale;
    goal: 'max' | 'min';
    mean: number;
    sd: number | null;
    interval: Interval | null;
    values: TestValue[];
    /** Looks at the test data in this study, this one included. */
    looks: number;
  } | null;
  missing: string | null;
  /** Validation − test, oriented so that + is worse on test; in points, or relative %. */
  gap: { points: number; unit: 'points' | '%'; judgement: 'fine' | 'notable' | 'warning' } | null;
  changes: Change[];
  /** What the config says of the data. */
  data: { path: string; value: ConfigValue }[];
  checkpoints: (Checkpoint & { sha256: string })[];
  environment: EnvironmentFacts;
  /** Versions of the libraries that the interpreter of the training knows. */
  packages: Record<string, string>;
  /** One command that trains the final model again. */
  command: string;
  artifacts: { config: string; results: string; card: string; json: string };
}
