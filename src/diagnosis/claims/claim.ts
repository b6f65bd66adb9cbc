import type { Literal } from './literal.ts';

/** What a statement makes of a setting. */
export type Relation =
  /** `list`: all of "60, 120 and 160", for a setting that is a list. */
  | { kind: 'set'; to: Literal; from: Literal | null; isLone?: boolean; list?: Literal }
  /** Multiply the baseline's value. */
  | { kind: 'scale'; factor: number; from: Literal | null }
  /** Add to the baseline's value. */
  | { kind: 'shift'; delta: number }
  | { kind: 'toggle'; on: boolean }
  /** `isKey`: the key itself goes (a deleted line of a diff), also where it is a switch. */
  | { kind: 'remove'; isKey?: boolean }
  | { kind: 'keep' }
  | { kind: 'range'; text: string; low: number | null; high: number | null }
  | { kind: 'choices'; values: readonly Literal[] }
  /** Named without a value that decides anything. */
  | { kind: 'none'; verb: 'set' | 'increase' | 'decrease' | null };

/** How far the report stands behind a claim. */
export type Stance =
  /** Recommended. */
  | 'assert'
  | 'keep'
  /** Already made. */
  | 'done'
  /** One of several options, a fallback, an idea for later, rejected. */
  | 'alternative'
  /** Describes what is or was. */
  | 'observed'
  | 'example';

export type ClaimSource = 'fence' | 'preview' | 'table' | 'code' | 'prose' | 'weak';

/** One thing a report says about one setting, before it is held against a config. */
export interface Claim {
  /** The name as written: `model.dropout`, `learning rate`. */
  name: string;
  /** Keys from the root as far as the report gives them (nested fragment, dotted path); else null. */
  path: readonly (string | number)[] | null;
  /** Written as an identifier rather than in words. */
  isExplicit: boolean;
  /** An everyday word that needs a fitting value to count at all. */
  isWeak: boolean;
  relation: Relation;
  stance: Stance;
  source: ClaimSource;
  line: number;
  /** 1-based position of its recommendation among `Report.units`; null outside all. */
  unit: number | null;
  /** Words around it, most specific first, that may say which of several places is meant. */
  context: readonly string[];
  /** Section of the config that the text names as the place (`optimizer:` above nested bullets). */
  place: string | null;
  /** `# NEW`, `# CHANGED`, `# REMOVED` beside it; 'unmarked' in a block that marks others. */
  mark: 'new' | 'changed' | 'removed' | 'unmarked' | null;
  /** Recommendation number that a comment beside it names. */
  statedRecommendation: number | null;
  /** What a comment beside it gives as the reason. */
  comment: string | null;
  /** Names of choices (`adamw`) may stand for the type of a section. */
  isChoice: boolean;
}
