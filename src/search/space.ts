import type { ConfigPath } from '../config/path.ts';
import type { ConfigValue } from '../config/value.ts';

/** A real number. On a log scale `low` > 0 and `step` is null. */
export interface FloatParam {
  readonly kind: 'float';
  readonly low: number;
  /** Inclusive; with a step always `low + k·step`. */
  readonly high: number;
  readonly isLog: boolean;
  readonly step: number | null;
}

/** A whole number. On a log scale `low` ≥ 1 and `step` is 1. */
export interface IntParam {
  readonly kind: 'int';
  readonly low: number;
  /** Inclusive; always `low + k·step`. */
  readonly high: number;
  readonly isLog: boolean;
  readonly step: number;
}

/** Choices without an order: names, booleans, lists, mixed types. */
export interface CategoricalParam {
  readonly kind: 'categorical';
  readonly choices: readonly ConfigValue[];
}

/** Numbers written as a list (`dropout: [0.3, 0.4, 0.5]`), ascending: samplers may use their order, by position. */
export interface OrdinalParam {
  readonly kind: 'ordinal';
  readonly choices: readonly number[];
}

export type Domain = FloatParam | IntParam | CategoricalParam | OrdinalParam;

/** A condition on another parameter; it fails where that parameter is itself inactive. */
export type Condition =
  | { readonly param: string; readonly test: 'in' | 'not in'; readonly values: readonly ConfigValue[] }
  | { readonly param: string; readonly test: '<' | '<=' | '>' | '>='; readonly value: number };

export type Param = Domain & {
  /** As the space names it; unique. The key of `Params`. */
  readonly name: string;
  /** Where the value goes in the config. */
  readonly path: ConfigPath;
  /** All must hold for the parameter to exist; empty: always. */
  readonly when: readonly Condition[];
};

/** What is searched. Parents stand before the parameters that depend on them. */
export interface Space {
  readonly params: readonly Param[];
}

/** One configuration: plain config values by parameter name. Inactive parameters are absent. No prototype. */
export type Params = Readonly<Record<string, ConfigValue>>;
