import type { ConfigPath } from './path.ts';
import type { ConfigMapping, ConfigValue } from './value.ts';

export type ConfigFormat = 'yaml' | 'json' | 'toml';

/** A parsed config file that remembers its exact text. */
export interface ConfigDocument {
  readonly format: ConfigFormat;
  readonly file: string;
  readonly text: string;
  /** The whole file as plain values (anchors and merge keys resolved). */
  readonly value: ConfigMapping;
  /** 1-based line of the key at `path`, or undefined where the path does not exist. */
  lineOf(path: ConfigPath): number | undefined;
  /** The source spelling of the scalar at `path` (`1e-4`, `"no"`), or undefined for collections and absent paths. */
  spellingOf(path: ConfigPath): string | undefined;
  /** Problems that do not prevent reading: `1e-4` that PyYAML reads as a string, … */
  readonly warnings: readonly ConfigWarning[];
}

export interface ConfigWarning {
  message: string;
  line: number;
}

export type ChangeKind = 'new' | 'changed' | 'removed';

export interface ConfigEdit {
  path: ConfigPath;
  kind: ChangeKind;
  /** The intended value; ignored for `removed`. */
  value: ConfigValue;
  /** Why, as it stands after `# NEW: ` / `# CHANGED: from X, ` (for instance `more regularization (recommendation 2)`). */
  why: string;
}

/** The text that stands in place of `old` at character offset `start` of the original. */
export interface Splice {
  start: number;
  old: string;
  text: string;
}

export interface EditedConfig {
  text: string;
  document: ConfigDocument;
  /** Undoing these gives back the original bytes. */
  splices: readonly Splice[];
  /** For formats without comments (JSON): the documentation that stands beside the file; else null. */
  sidecar: string | null;
}

/** One config syntax. `edit` changes only the lines it says; re-parsing its text equals the intended value. */
export interface ConfigSyntax {
  readonly format: ConfigFormat;
  readonly extensions: readonly string[];
  parse(text: string, file: string): ConfigDocument;
  edit(document: ConfigDocument, edits: readonly ConfigEdit[]): EditedConfig;
}
