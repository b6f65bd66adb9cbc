import { PawlError } from './errors.ts';

export interface Failure {
  code: string;
  exit: number;
  message: string;
  file: string | null;
  line: number | null;
  remedy: string | null;
}

/** What went wrong, in one form for people and for `--json`. An unknown error is Pawl's own fault and says so. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof PawlError) {
    const { code, exit, message, file, line, remedy } = error;
    return { code, exit, message, file: file ?? null, line: line ?? null, remedy: remedy ?? null };
  }
  if (isUsageError(error)) {
    return {
      code: 'USAGE',
      exit: 2,
      message: error.message.replace(/^error: /, ''),
      file: null,
      line: null,
      remedy: 'See `pawl --help`.',
    };
  }
  return {
    code: 'INTERNAL',
    exit: 1,
    message: error instanceof Error ? error.message : String(error),
    file: null,
    line: null,
    remedy: 'This is a bug in Pawl. Run again with PAWL_DEBUG=1 and report what it prints.',
  };
}

export function failureJson({ code, message, file, line, remedy }: Failure): object {
  return { schemaVersion: 1, error: { code, message, file, line, remedy } };
}

function isUsageError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}
