import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Waits for the training and writes its exit status to a file, so that it is known even when Pawl was killed meanwhile.
 * $1: that file, $2: token of this start, $3: `hold` where a line on standard input must give the word first (Pawl's end
 * closes that input, and nothing is started then), then the argument vector. The text is fixed: nothing of the user's is ever
 * interpreted here. The traps keep the shell alive through signals to the group (the training itself gets the default
 * actions back); descriptor 3 hides the shell's own remarks ("Killed") from the training's log. The file counts only
 * once its last line is complete, which a single short write makes it; `times` tells the CPU time of all that was waited for.
 */
const SCRIPT = `trap : HUP INT QUIT TERM USR1 USR2 ALRM
exec 3>&2 2>/dev/null
f=$1 t=$2 h=$3
shift 3
[ -z "$h" ] || { read -r h && exec </dev/null || exit 0; }
(exec "$@" 2>&3 3>&-)
s=$?
{ times; echo "exit $s $t"; } >"$f"
exit "$s"
`;

export const SHELL = '/bin/sh';

export function wrapperArguments(
  exitFile: string,
  token: string,
  argv: readonly string[],
  isHeld: boolean,
): string[] {
  return ['-c', SCRIPT, 'pawl-run', exitFile, token, isHeld ? 'hold' : '', ...argv];
}

export function exitFileOf(directory: string): string {
  return join(directory, 'exit');
}

export interface ExitRecord {
  /** As a shell counts: 128 + n stands for signal n. */
  status: number;
  cpuSeconds: number | null;
  /** Wall clock, ms. */
  endedAt: number;
}

/** What the wrapper of the start with this `token` wrote; undefined while it has not finished writing. */
export function readExitRecord(file: string, token: string): ExitRecord | undefined {
  let text: string;
  let endedAt: number;
  try {
    text = readFileSync(file, 'utf8');
    endedAt = Math.floor(statSync(file).mtimeMs);
  } catch {
    return undefined;
  }
  const last = /^exit (\d+) (\S+)\n$/mu.exec(text);
  if (!last || last[2] !== token) return undefined;
  return { status: Number(last[1]), cpuSeconds: parseTimes(text), endedAt };
}

/** Second line of `times`: user and system time of the children, `1m2.34s 0m0.50s` (a comma in some locales). */
export function parseTimes(text: string): number | null {
  const line = text.split('\n')[1] ?? '';
  const parts = [...line.matchAll(/(\d+)m(\d+)[.,](\d+)s/gu)];
  if (parts.length !== 2) return null;
  return parts.reduce(
    (sum, [, minutes, seconds, fraction]) => sum + Number(minutes) * 60 + Number(`${seconds}.${fraction}`),
    0,
  );
}
