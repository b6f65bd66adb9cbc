import type { ConfigPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Fault } from '../rules/_contract.ts';
import type { SuspectId } from '../suspects/_contract.ts';
import type { Settings } from '../rules/settings.ts';
import type { Burden } from '../rules/signals/burden.ts';
import type { Fit } from '../rules/signals/fit.ts';
import type { RateStanding } from '../rules/signals/learning-rate.ts';
import type { Pace } from '../rules/signals/pace.ts';
import type { RunSignals } from '../rules/signals/run.ts';

export type Level = 'high' | 'medium' | 'low';

/** What a remedy may look at. */
export interface Situation {
  primary: Fault;
  /** All faults that were found, with their confidence. */
  faults: ReadonlyMap<Fault, number>;
  /** What may lie behind the primary fault. */
  suspects: ReadonlySet<SuspectId>;
  settings: Settings;
  run: RunSignals;
  fit: Fit;
  pace: Pace;
  rate: RateStanding | null;
  burdens: readonly Burden[];
}

/** The expected effect on the deciding metric in points (percent of the value where it is no rate); + is better. */
export interface Expectation {
  low: number;
  high: number;
  /** Where the range comes from; `rule of thumb` where that is all. */
  basis: string;
}

export interface Proposal {
  title: string;
  changes: { path: ConfigPath; to: ConfigValue }[];
  impact: Level;
  effort: Level;
  risk: string;
  expected: Expectation;
  reason: string;
  /** What would show that it was wrong. */
  refutedBy: string;
}

/** One kind of change. Pure; one file per idea in `remedies/`. */
export interface Remedy {
  readonly id: string;
  /** The faults it is meant for, each with its rank among the remedies of that fault (1 first). */
  readonly cures: Readonly<Partial<Record<Fault, number>>>;
  /** Its rank where that is suspected to lie behind the fault, instead of the one above. */
  readonly eases?: Readonly<Partial<Record<SuspectId, number>>>;
  /** Not combined with others where enough of those are found: taken only while there are fewer than three. */
  readonly isLastResort?: boolean;
  /** It changes what is measured, so that values before and after cannot be compared. */
  readonly changesMeasure?: boolean;
  /** Undefined where the config has no place for it, or is there already. */
  propose(situation: Situation): Proposal | undefined;
}

export const THUMB = 'rule of thumb';
