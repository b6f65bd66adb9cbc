type Argument = string | number | boolean | readonly (string | number)[] | undefined;

/**
 * Command-line words from the typed arguments of a tool, which has the names of the command's options. Always
 * `--name=value`, so that no value can be taken for an option. `switches`: options that are on unless they are refused
 * (`--no-smoke`); of the others, `false` says nothing.
 */
export function wordsOf(args: Readonly<Record<string, Argument>>, switches: readonly string[]): string[] {
  return Object.entries(args).flatMap(([name, value]) => {
    const option = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (typeof value === 'boolean') {
      if (switches.includes(name)) return value ? [] : [`--no-${option}`];
      return value ? [`--${option}`] : [];
    }
    const text = value === undefined ? '' : typeof value === 'object' ? value.join(',') : String(value);
    return text === '' ? [] : [`--${option}=${text}`];
  });
}
