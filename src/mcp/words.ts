/** Command-line words from typed arguments. Always `--name=value`, so that no value can be taken for an option. */
export class Words {
  readonly list: string[] = [];

  /** A value; left out where there is none. */
  put(name: string, value: string | number | undefined): this {
    if (value !== undefined && value !== '') this.list.push(`--${name}=${value}`);
    return this;
  }

  /** A list, its members separated by commas. */
  join(name: string, values: readonly (string | number)[] | undefined): this {
    return values === undefined || values.length === 0 ? this : this.put(name, values.join(','));
  }

  /** A switch that is off unless it is asked for. */
  on(name: string, value: boolean | undefined): this {
    if (value === true) this.list.push(`--${name}`);
    return this;
  }

  /** A switch that is on unless it is refused. */
  off(name: string, value: boolean | undefined): this {
    if (value === false) this.list.push(`--no-${name}`);
    return this;
  }
}
