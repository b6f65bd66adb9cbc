import type { Failure } from '../failure.ts';

/** A failure for people, on stderr. */
export function failureText(
  { code, message, file, line, remedy }: Failure,
  red: (text: string) => string,
): string {
  const place = file === null ? '' : `\n  at ${file}${line === null ? '' : `:${line}`}`;
  const cure = remedy === null ? '' : `\n  → ${remedy}`;
  return `${red(`✗ ${code}`)}: ${message}${place}${cure}\n`;
}
