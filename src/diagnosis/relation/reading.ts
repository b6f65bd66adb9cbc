import type { Relation } from '../claims/claim.ts';
import type { Literal } from '../claims/literal.ts';

export type Direction = 'increase' | 'decrease' | null;

/** What was read after (or before) the name of a setting. */
export interface Reading {
  relation: Relation;
  /** Index after the last token that belongs to it. */
  end: number;
  /** The only value given is one that holds now or held before. */
  isObserved: boolean;
  /** The value is given as an example. */
  isExample: boolean;
  /** "is set to 0.4": what is to be, or what is. */
  isDescribed: boolean;
}

/** A value in a run of tokens, and the index after it. */
export interface Found {
  literal: Literal;
  next: number;
}

export function reading(relation: Relation, end: number, traits: Partial<Reading> = {}): Reading {
  return { relation, end, isObserved: false, isExample: false, isDescribed: false, ...traits };
}

/** A bound or interval that decides nothing. */
export function openRange(text: string, end: number): Reading {
  return reading({ kind: 'range', text, low: null, high: null }, end);
}
