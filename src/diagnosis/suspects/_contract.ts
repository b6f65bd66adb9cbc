import type { RuleCase } from '../rules/_contract.ts';

export const SUSPECTS = ['wrong-labels', 'few-examples'] as const;
export type SuspectId = (typeof SUSPECTS)[number];

/** What may lie behind a fault: curves cannot prove it, so that it never decides, and comes with what would tell. */
export interface Suspicion {
  suspect: SuspectId;
  /** One sentence for people. */
  cause: string;
  /** Figures and epochs that it rests on. */
  evidence: string[];
  /** What would show whether it is so. */
  wouldTell: string;
}

/** One kind of cause behind the fault. Pure; one file each. */
export interface Suspect {
  readonly id: SuspectId;
  readonly source: string;
  /** undefined where nothing speaks for it. */
  look(given: RuleCase): Suspicion | undefined;
}
