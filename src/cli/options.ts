import type { OptionSpec } from './table.ts';

/** An option's flags, taken apart. */
export interface ParsedFlags {
  /** `-q`; null where there is none. */
  short: string | null;
  /** `--quiet`, `--no-color`. */
  long: string;
  /** `<file>`, `[n]`; null for a switch. */
  value: string | null;
}

export function parseFlags({ flags }: Pick<OptionSpec, 'flags'>): ParsedFlags {
  const words = flags.split(/[ ,]+/);
  return {
    short: words.find((word) => /^-[a-z]$/i.test(word)) ?? null,
    long: words.find((word) => word.startsWith('--')) ?? flags,
    value: words.find((word) => /^[<[]/.test(word)) ?? null,
  };
}
