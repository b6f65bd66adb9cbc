import type { LogLine } from './log-lines.ts';

/** Progress bars, rulers, loggers' farewells and other lines that never say why a training failed. */
const NOISE: readonly RegExp[] = [
  /^\W*$/u,
  /\d+%\|/u,
  /\d+\/\d+ \[[\d:<?,. ]*/u,
  /^wandb:|^\[?W&B\b/u,
  /\b\w*Warning: |^\s*warnings\.warn\(/u,
  /^Execution halted$|^Node\.js v\d/u,
  /^make(?:\[\d+\])?: \*\*\*/u,
  /^\s+at .*[:(]/u,
  /^Set the environment variable HYDRA_FULL_ERROR/u,
  /core dumped/u,
  /^\(Use `node --trace/u,
];
const TELLING =
  /error|fatal|fail|exception|cannot|can't|could not|invalid|abort|denied|refus|missing|not found|must|expected/iu;
const NEAR = 5;

export function isNoise(text: string): boolean {
  return NOISE.some((pattern) => pattern.test(text));
}

/** The line that says most about a failure nobody recognizes: the last that sounds like one, else the last of all. */
export function lastWords(log: readonly LogLine[]): string | undefined {
  const lines = log.map((line) => line.text.trim()).filter((text) => !isNoise(text));
  return lines.slice(-NEAR).findLast((text) => TELLING.test(text)) ?? lines.at(-1);
}
