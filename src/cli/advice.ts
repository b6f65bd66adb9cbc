import { COMMANDS } from './table.ts';

/** What to do about a line that cannot be read. */
export function adviceFor(argv: readonly string[]): string {
  const name = argv.find((word) => !word.startsWith('-'));
  if (!COMMANDS.some((command) => command.name === name)) return 'See `pawl --help`.';
  const isBehind = argv[0] === name;
  return isBehind ? `See \`pawl ${name} --help\`.` : `Write options behind the command: \`pawl ${name} …\`.`;
}
