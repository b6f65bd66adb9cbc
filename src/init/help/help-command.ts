/** A training command, taken apart where its own arguments begin. */
export interface HelpCommand {
  /** What starts the program, with its sub-commands. */
  base: string[];
  /** The arguments behind it. */
  args: string[];
  /** For people: `train.py`. */
  label: string;
}

/** Where a command's own arguments begin: behind the script or module, else behind the program, and behind sub-commands. */
export function helpCommand(words: readonly string[], commands: readonly string[] = []): HelpCommand {
  const script = words.findIndex((word) => word.endsWith('.py') && !word.includes('{'));
  const module = words.indexOf('-m');
  const named = script >= 0 ? script : module >= 0 && module + 1 < words.length ? module + 1 : 0;
  const label = words[named] ?? '';
  let end = named + 1;
  while (commands.includes(words[end] ?? '')) end++;
  return { base: words.slice(0, end), args: words.slice(end), label };
}
