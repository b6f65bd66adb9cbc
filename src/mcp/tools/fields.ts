import { z } from 'zod';

/** A file below the project. */
export const path = z.string().min(1).max(4096);
export const name = z.string().min(1).max(200);
/** A document with its schema's number, whose further fields are those of the command's `--json`. */
export const versioned = z.looseObject({ schemaVersion: z.literal(1) });
