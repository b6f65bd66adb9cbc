import { defineErrors, PawlError } from './errors.ts';

/** Codes of errors that are not thrown as such. */
export const failureError = defineErrors({
  USAGE: {
    exit: 2,
    about:
      'The command line cannot be read: an unknown command or option, or a missing value. See `pawl --help`.',
  },
  INTERNAL: {
    exit: 1,
    about:
      'A fault of Pawl itself. Run the command again with PAWL_DEBUG=1 and report what it prints; nothing that was stored is lost.',
  },
});

export interface Failure {
  code: string;
  exit: number;
  message: string;
  file: string | null;
  line: number | null;
  remedy: string | null;
}

/**
 * What went wrong, in one form for people and for `--json`. An unknown error is Pawl's own fault and says so.
 * `advice`: what to do about usage errors.
 */
export function describeFailure(error: unknown, advice = 'See `pawl --help`.'): Failure {
  if (error instanceof PawlError) {
    const { code, exit, message, file, line, remedy } = error;
    return { code, exit, message, file: file ?? null, line: line ?? null, remedy: remedy ?? null };
  }
  if (isUsageError(error)) {
    const [, message = '', meant] =
      /^(?:error: )?([\s\S]*?)(?:\s*\(Did you mean (?:one of )?(.*?)\?\))?$/.exec(error.message) ?? [];
    const guess = meant === undefined ? '' : `Did you mean ${meant}? `;
    return describeFailure(failureError('USAGE', message, { remedy: `${guess}${advice}` }));
  }
  const message = error instanceof Error ? error.message : String(error);
  const remedy = 'This is a bug in Pawl. Run again with PAWL_DEBUG=1 and report what it prints.';
  return describeFailure(failureError('INTERNAL', message, { remedy }));
}

export function failureJson({ code, message, file, line, remedy }: Failure): object {
  return { schemaVersion: 1, error: { code, message, file, line, remedy } };
}

function isUsageError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}
