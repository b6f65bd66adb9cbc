import * as z from 'zod';
import { askTellError } from './errors.ts';

/** Numbers as JSON has them, and what Python's `json.dumps` and careful people write for the others. */
const number = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform((text) => Number(text)),
]);

const requestSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('open'),
    space: z.unknown(),
    method: z.string().optional(),
    goal: z.enum(['max', 'min']).optional(),
    seed: z.int().min(0).optional(),
    trials: z.int().min(1).optional(),
    steps: z.int().min(1).optional(),
    pruner: z.string().optional(),
    id: z.unknown().optional(),
  }),
  z.strictObject({ op: z.literal('ask'), id: z.unknown().optional() }),
  z.strictObject({
    op: z.literal('tell'),
    trial: z.int().min(0),
    value: z.union([number, z.null()]).optional(),
    step: z.number().min(0).optional(),
    state: z.enum(['complete', 'pruned', 'failed']).optional(),
    id: z.unknown().optional(),
  }),
  z.strictObject({ op: z.literal('best'), id: z.unknown().optional() }),
  z.strictObject({ op: z.literal('trials'), id: z.unknown().optional() }),
]);

export type Request = z.output<typeof requestSchema>;
export type OpenRequest = Extract<Request, { op: 'open' }>;
export type TellRequest = Extract<Request, { op: 'tell' }>;

/** Reads one line. What is wrong with it is an error of the line alone. */
export function readRequest(line: string, number: number): Request {
  const value = parseLine(line, number);
  const parsed = requestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = (issue?.path ?? []).map(String).join('.');
  throw askTellError(
    'ASK_TELL_REQUEST_INVALID',
    `${where === '' ? '' : `'${where}': `}${issue?.message ?? 'the request is not valid'}`,
    {
      line: number,
      remedy: 'Send {"op":"ask"}, {"op":"tell","trial":0,"value":0.9}, {"op":"best"} or {"op":"trials"}.',
    },
  );
}

function parseLine(line: string, number: number): unknown {
  for (const text of [line, quoteNonFinite(line)]) {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
      break;
    } catch {
      // Tried again with what JSON has no word for in quotes; then it is no JSON.
    }
  }
  throw askTellError('ASK_TELL_LINE_INVALID', 'The line is no JSON object.', {
    line: number,
    remedy: 'Send one JSON object a line, such as {"op":"ask"}.',
  });
}

/** `{"value": NaN}`, as Python writes it, becomes `{"value": "NaN"}`. */
const quoteNonFinite = (line: string): string =>
  line.replace(/([:[,]\s*)(NaN|-?Infinity)(?=\s*[,}\]])/gu, '$1"$2"');
