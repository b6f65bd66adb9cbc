import type { OptimizeHooks } from '../options.ts';
import type { StudyRecord } from '../record.ts';
import type { FinalStart } from './types.ts';

export interface FinalizeOptions {
  seeds?: readonly number[] | undefined;
  slots?: number | undefined;
  /** Extend epochs and patience where early stopping ends the training. */
  extend: boolean;
  force: boolean;
  dryRun: boolean;
}

/** What a finalization will do. */
export interface PlannedFinal {
  from: FinalStart['from'];
  config: string;
  changes: FinalStart['changes'];
  seeds: number[];
  test: string;
  forced: string[];
  /** Epoch limit of the final config, where it has one. */
  epochs: number | null;
}

export type FinalizeHooks = Pick<OptimizeHooks, 'say' | 'onEvent' | 'onPoints' | 'interrupts' | 'now'> & {
  onPlan: (planned: PlannedFinal, record: StudyRecord) => void;
};
