import { z } from 'zod';
import { PawlError } from '../errors.ts';

const failureSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    file: z.string().nullable(),
    line: z.number().nullable(),
    remedy: z.string().nullable(),
  }),
});
/** The error in the document of a `pawl` command that failed. */
export type JobError = z.output<typeof failureSchema>['error'];

/** null where the document is not one of a failure. */
export function readJobError(document: unknown): JobError | null {
  const parsed = failureSchema.safeParse(document);
  return parsed.success ? parsed.data.error : null;
}

export function toPawlError({ code, message, file, line, remedy }: JobError): PawlError {
  return new PawlError(code, code === 'INTERNAL' ? 1 : 2, message, {
    file: file ?? undefined,
    line: line ?? undefined,
    remedy: remedy ?? undefined,
  });
}
