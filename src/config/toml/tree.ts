/**
 * A TOML document as places in its text. A table may be written in several ways at once: as a `[section]`, by dotted
 * keys, or only by the sections below it; `TomlTable` gathers what belongs to one table.
 */

export type TomlNode = TomlScalar | TomlArray | TomlTable | TomlTables;

export interface TomlScalar {
  kind: 'scalar';
  value: boolean | number | string;
  /** Dates and times are read as the strings they are written as. */
  isDate: boolean;
  start: number;
  end: number;
}

export interface TomlArray {
  kind: 'array';
  items: { value: TomlNode; comma: number | undefined }[];
  start: number;
  end: number;
}

export interface TomlTable {
  kind: 'table';
  /**
   * `root`; `section`: `[a]`; `element`: `[[a]]`; `implicit`: only sections below it exist; `dotted`: made by keys
   * such as `a.b = 1`; `inline`: `{ }`.
   */
  style: 'root' | 'section' | 'element' | 'implicit' | 'dotted' | 'inline';
  children: Map<string, TomlNode>;
  /** The pairs whose last key is the child of that name. */
  pairs: Map<string, TomlPair>;
  /** Where its own pairs stand. Undefined for implicit tables. */
  holder: TomlHolder | undefined;
  /** The keys that stand before the child's own key in the holder's pairs. */
  prefix: readonly string[];
  /** Where it is first mentioned. */
  start: number;
  end: number;
}

/** `[[a]]` sections. */
export interface TomlTables {
  kind: 'tables';
  items: TomlTable[];
}

/** What pairs stand in: the text below a header, or braces. */
export type TomlHolder = TomlSection | TomlBraces;

export interface TomlSection {
  kind: 'section';
  path: readonly (string | number)[];
  /** Of the header; the root has none, and begins and ends at the beginning of the text. */
  start: number;
  headerEnd: number;
  pairs: TomlPair[];
}

export interface TomlBraces {
  kind: 'braces';
  start: number;
  end: number;
  pairs: TomlPair[];
}

export interface TomlPair {
  keys: readonly string[];
  start: number;
  value: TomlNode & { start: number; end: number };
  comma: number | undefined;
  holder: TomlHolder;
}

/** The end of the last thing in a section. */
export function endOf(section: TomlSection): number {
  return Math.max(section.headerEnd, section.pairs.at(-1)?.value.end ?? 0);
}
