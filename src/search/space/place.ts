import { formatPath, type ConfigPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { PawlError } from '../../errors.ts';
import { searchError } from '../errors.ts';

/** Where a space was written, for errors. Paths are relative to the space's own mapping. */
export interface Place {
  file?: string | undefined;
  lineOf?: ((path: ConfigPath) => number | undefined) | undefined;
}

export type SearchCode = keyof typeof searchError.table;

/** One parameter as it is being read: its place, and errors that name it. */
export class Entry {
  readonly value: ConfigValue;
  readonly path: ConfigPath;
  /** Path of the written mapping key, which may differ where names are dotted. */
  readonly written: ConfigPath;
  readonly #place: Place;

  constructor(value: ConfigValue, path: ConfigPath, written: ConfigPath, place: Place) {
    this.value = value;
    this.path = path;
    this.written = written;
    this.#place = place;
  }

  get name(): string {
    return formatPath(this.path);
  }

  child(key: string, path: ConfigPath, value: ConfigValue): Entry {
    return new Entry(value, [...this.path, ...path], [...this.written, key], this.#place);
  }

  error(code: SearchCode, problem: string, remedy?: string): PawlError {
    const name = this.path.length === 0 ? 'The search space' : this.name;
    return searchError(code, `${name}: ${problem}`, {
      file: this.#place.file,
      line: this.written.length === 0 ? undefined : this.#place.lineOf?.(this.written),
      remedy,
    });
  }
}

export function show(value: ConfigValue | undefined): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
