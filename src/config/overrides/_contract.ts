import type { ChangeKind } from '../_contract.ts';
import type { ConfigPath } from '../path.ts';
import type { ConfigValue } from '../value.ts';
import type { DeclaredFlags } from './flags.ts';

/** One difference from the baseline config, as it is handed to a training. */
export interface Override {
  path: ConfigPath;
  kind: ChangeKind;
  /** The baseline's value; null where it has none. */
  from: ConfigValue;
  /** Null for `removed`. */
  value: ConfigValue;
  /** The number stands where the baseline has a float: `1` is written `1.0`. */
  isFloat: boolean;
}

/** How the trainer reads the text of a value: as YAML, or as a Python literal. */
export type ValueSyntax = 'yaml' | 'python';

/** What a project says of its trainer's arguments. */
export interface OverrideContext {
  /** Config path → flag, variable or key, as the trainer calls it (`--learning-rate`, `--amp/--no-amp`). */
  names: ReadonlyMap<string, string>;
  /** Undefined: what is usual for the style. */
  values: ValueSyntax | undefined;
  /** Written in front of the names of environment variables. */
  prefix: string;
  /** Between the keys of an environment variable. */
  separator: string;
  /** What the script declares; null where it could not be read. */
  flags: DeclaredFlags | null;
}

/** What a training is given: arguments (never for a shell) and environment variables. */
export interface Passed {
  argv: string[];
  environment: Record<string, string>;
}

/** One way in which trainers take changed values. What it cannot say exactly, it refuses (`OVERRIDE_NOT_EXPRESSIBLE`). */
export interface OverrideStyle {
  readonly name: string;
  /** `whole`: a list is handed over as one value; `items`: lists of equal length are compared item by item. */
  readonly lists: 'whole' | 'items';
  /** `leaves`: a new mapping is handed over key by key; `whole`: as one value. */
  readonly mappings: 'leaves' | 'whole';
  /** Stands once in front of all arguments. */
  readonly lead: readonly string[];
  pass(override: Override, context: OverrideContext, all: readonly Override[]): Passed;
}
