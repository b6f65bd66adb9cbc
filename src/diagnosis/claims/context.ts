import type { Lexicon } from '../resolve/lexicon.ts';
import type { ClaimSource, Stance } from './claim.ts';
import type { LabelClass } from '../words/labels.ts';

/** What is known when a statement, table or fence is read. */
export interface ReadContext {
  lexicon: Lexicon;
  /** 1-based position of the recommendation; null outside all. */
  unit: number | null;
  /** What the surroundings make of all claims inside (an option, a rejected idea, …). */
  stance: Stance;
  /** Label that governs this part. */
  label: LabelClass | null;
  source: ClaimSource;
  /** Titles around, most specific first. */
  context: readonly string[];
  /** The one setting that the title speaks of; for statements that give a value without a name. */
  subject: () => Subject | null;
  /** The one setting that the statement before speaks of, which "it" may mean. */
  antecedent: () => Subject | null;
  /** Section of the config that the surroundings name. */
  place: string | null;
  /** Titles and list entries are advice by position; sentences need a verb. */
  isAdvice: boolean;
}

export interface Subject {
  name: string;
  isExplicit: boolean;
  isWeak: boolean;
}
