import { parseFlags } from './options.ts';
import { COMMANDS } from './table.ts';

/** Every option of any command. */
const KNOWN = new Set(COMMANDS.flatMap(({ options }) => options.map((option) => parseFlags(option).long)));

/**
 * An option whose value was forgotten, so that the next option would be taken for it: `--diagnostic --json`. Its flags
 * come back. A value that really looks like an option is written with `=`.
 */
export function findMissingValue(argv: readonly string[]): string | undefined {
  const options = COMMANDS.find(({ name }) => name === argv[0])?.options ?? [];
  const named = new Map(
    options.flatMap((option) => {
      const { short, long, value } = parseFlags(option);
      const entry = { flags: option.flags, hasValue: value?.startsWith('<') === true };
      return [long, ...(short === null ? [] : [short])].map((name) => [name, entry] as const);
    }),
  );
  for (let at = 1; at < argv.length && argv[at] !== '--'; at++) {
    const option = named.get(argv[at] as string);
    if (!option?.hasValue) continue;
    const [next = ''] = (argv[at + 1] ?? '').split('=');
    if (named.has(next) || KNOWN.has(next)) return option.flags;
    at += 1;
  }
  return undefined;
}
