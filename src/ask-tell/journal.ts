import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import * as z from 'zod';
import { askTellError } from './errors.ts';
import type { StudyLine, StudySetup } from './study.ts';

/** The file of a search: a line for its setup, then one for all that happened, each whole before it is answered. */
export interface Journal {
  setup: StudySetup | null;
  lines: StudyLine[];
  append(line: StudyLine): void;
  begin(setup: StudySetup): void;
  close(): void;
}

const lineSchema = z.union([
  z.object({ ask: z.int().min(0), params: z.record(z.string(), z.unknown()) }),
  z.object({
    tell: z.int().min(0),
    value: z.union([z.number(), z.string(), z.null()]),
    step: z.number().optional(),
    state: z.enum(['complete', 'pruned', 'failed']).optional(),
  }),
]);
const headSchema = z.object({
  pawl: z.literal('ask-tell'),
  version: z.literal(1),
  setup: z.object({ space: z.object({ params: z.array(z.object({ name: z.string() })) }) }),
});

export function openJournal(file: string): Journal {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // A process that was killed while writing leaves half a line: it was never answered, so it never happened.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const descriptor = openSync(file, 'a');
  if (whole.length < text.length) ftruncateSync(descriptor, Buffer.byteLength(whole));
  const [head, ...rest] = whole.split('\n').filter((line) => line !== '');
  const damaged = (number: number): Error =>
    askTellError('ASK_TELL_STUDY_DAMAGED', `${file} is no study of \`pawl ask-tell\`.`, {
      file,
      line: number,
      remedy: 'Name another file with --study, or repair this line.',
    });
  const parse = <T>(line: string, schema: z.ZodType, number: number): T => {
    try {
      const value: unknown = JSON.parse(line);
      schema.parse(value);
      return value as T;
    } catch {
      throw damaged(number);
    }
  };
  const write = (value: object): void => void writeSync(descriptor, `${JSON.stringify(value)}\n`);
  return {
    setup: head === undefined ? null : parse<{ setup: StudySetup }>(head, headSchema, 1).setup,
    lines: rest.map((line, index) => parse<StudyLine>(line, lineSchema, index + 2)),
    append: write,
    begin: (setup) => write({ pawl: 'ask-tell', version: 1, setup }),
    close: () => closeSync(descriptor),
  };
}
