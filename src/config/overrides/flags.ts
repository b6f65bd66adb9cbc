/** A flag of a script as far as it decides how a value is typed. */
export interface DeclaredFlag {
  /** As typed: `--learning-rate`, `-l`. */
  names: readonly string[];
  /** The name under which the script knows the value. */
  destination: string;
  /**
   * `value`: takes text; `words`: takes several words (nargs); `repeat`: is typed once per item (`action="append"`);
   * `on`, `off`: a switch that sets true or false; `pair`: `--x` and `--no-x`; `truthy`: `type=bool`, where any text is true;
   * `data`: text that is read as JSON or YAML.
   */
  kind: 'value' | 'words' | 'repeat' | 'on' | 'off' | 'pair' | 'truthy' | 'data';
  /** `--no-x` of a pair. */
  opposite?: string;
}

/** The flags of a script and what it is called, for messages. */
export interface DeclaredFlags {
  script: string;
  /** True where the script takes flags beyond those that it declares itself (parsers of libraries). */
  isOpen: boolean;
  flags: readonly DeclaredFlag[];
}

/** Flags that set one setting: several where one switches it on and another off. */
export function flagsFor(
  path: readonly (string | number)[],
  { flags }: DeclaredFlags,
): readonly DeclaredFlag[] {
  const last = plain(String(path.at(-1)));
  for (const wanted of [plain(path.join('.')), last]) {
    const found = flags.filter(
      ({ destination, names }) =>
        plain(destination) === wanted || names.some((name) => plain(name) === wanted),
    );
    if (found.length > 0) return found;
  }
  return [];
}

function plain(name: string): string {
  return name.replace(/^-+/, '').replaceAll(/[-.]/g, '_').toLowerCase();
}

export function longName({ names }: DeclaredFlag): string {
  return names.find((name) => name.startsWith('--')) ?? (names[0] as string);
}
