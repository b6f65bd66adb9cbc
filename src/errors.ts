/** Process exit codes of every command: 1 internal, 2 bad input or usage, 3 gate blocked, 4 training failed, 130 interrupted. */
export type ExitCode = 1 | 2 | 3 | 4 | 130;

export interface ErrorDetails {
  /** File the problem is in, as the user would name it. */
  file?: string | undefined;
  /** 1-based line in `file`. */
  line?: number | undefined;
  /** What to do about it; one imperative sentence. */
  remedy?: string | undefined;
  cause?: unknown;
}

/** An error the user can act on: a stable code, what is wrong, where, and what to do. */
export class PawlError extends Error {
  override readonly name = 'PawlError';
  readonly code: string;
  readonly exit: ExitCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly remedy: string | undefined;

  constructor(code: string, exit: ExitCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.exit = exit;
    this.file = details.file;
    this.line = details.line;
    this.remedy = details.remedy;
  }
}

interface ErrorEntry {
  exit: ExitCode;
  /** What the code means and what usually cures it; becomes the troubleshooting page. */
  about: string;
}

/**
 * Declares a room's error codes once; the returned function builds errors of these codes only.
 *
 * @example
 * export const configError = defineErrors({ CONFIG_NOT_MAPPING: { exit: 2, about: '…' } });
 * throw configError('CONFIG_NOT_MAPPING', 'The config is a list.', { file, line: 1, remedy: '…' });
 */
export function defineErrors<const Table extends Record<string, ErrorEntry>>(table: Table) {
  const build = (code: keyof Table & string, message: string, details?: ErrorDetails): PawlError =>
    new PawlError(code, (table[code] as ErrorEntry).exit, message, details);
  return Object.assign(build, { table });
}
