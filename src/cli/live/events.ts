import type { ResourceUse } from '../../execution/_contract.ts';
import type { Point } from '../../metrics/_contract.ts';
import type { MetricChoice, TrialKind } from '../../study/types.ts';

import type { LiveStatus } from './early-end.ts';

export type LiveMetric = Pick<MetricChoice, 'name' | 'goal' | 'scale' | 'train'>;

/** What a live view is told; it asks nothing and knows nothing of engines or stores. Times are epoch ms. */
export type LiveEvent =
  | {
      type: 'started';
      at: number;
      project: string;
      iteration: number;
      /** Trial that others are held against while they train. */
      reference: string;
      /** In the metric's own scale. */
      target: number | null;
    }
  /** A stage of the work: `checking the changes`, `training`. */
  | { type: 'phase'; at: number; name: string; detail?: string | undefined }
  /** The metric is known, at the latest after the first run. Points that came earlier are read again. */
  | { type: 'metric'; at: number; metric: LiveMetric; target?: number | null | undefined }
  | {
      type: 'run-started';
      at: number;
      run: string;
      trial: string;
      kind: TrialKind;
      seed: number | null;
      /** Epoch limit of its config, where known. */
      epochs: number | null;
      gpus?: readonly string[] | undefined;
    }
  /** All points of a run so far. */
  | { type: 'points'; at: number; run: string; points: readonly Point[] }
  | { type: 'resources'; at: number; run: string; resources: ResourceUse }
  /** A guard fired: why the run is being stopped. */
  | { type: 'guard'; at: number; run: string; message: string }
  | {
      type: 'run-ended';
      at: number;
      run: string;
      status: LiveStatus;
      /** The value that stands for the run, with its epoch counted from 1. */
      value: { value: number; epoch: number; epochs: number } | null;
      /** Why it did not finish. */
      message: string | null;
    }
  /** A run that was there before: an adopted baseline, or one of an earlier session. */
  | {
      type: 'earlier-run';
      at: number;
      run: string;
      trial: string;
      kind: TrialKind;
      seed: number | null;
      points: readonly Point[];
      value: { value: number; epoch: number; epochs: number } | null;
    }
  | {
      type: 'budget';
      at: number;
      runs: { used: number; limit: number | null };
      ms: { used: number; limit: number | null };
    }
  | { type: 'note'; at: number; level: 'info' | 'warning' | 'error'; text: string };
