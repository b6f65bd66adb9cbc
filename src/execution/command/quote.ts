const SAFE = /^[\w@%+=:,./-]+$/u;

/** Writes `value` so that a POSIX shell reads exactly it, inside `quote` (`'`, `"`) or outside quotes (``). */
export function quoteForShell(value: string, quote = ''): string {
  if (quote === "'") return value.replaceAll("'", String.raw`'\''`);
  if (quote === '"') return value.replace(/["\\$`]/gu, String.raw`\$&`);
  return SAFE.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command as a person would type it, for messages and logs. */
export function formatCommand(argv: readonly string[]): string {
  return argv.map((argument) => quoteForShell(argument)).join(' ');
}
