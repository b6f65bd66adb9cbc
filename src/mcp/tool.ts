import type { z } from 'zod';
import type { Place } from './place.ts';

/** One request under way. */
export interface Call {
  /** Aborts when the client takes the request back or goes away. */
  signal: AbortSignal;
  /** Tells the client how far a waiting request is; nothing happens where it did not ask to hear of it. */
  progress: (done: number, message: string) => Promise<void>;
}

export interface Answer {
  /** The structured content, by the tool's output schema. */
  document: Record<string, unknown>;
  /** What stands for it as text; the document as JSON where it is missing. */
  text?: string;
  /** Resources that belong to it. */
  links?: readonly { uri: string; name: string; mimeType: string }[];
}

/** A tool of the server. Arguments are checked against `input` before `run` sees them; unknown ones are refused. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  input: z.ZodObject;
  output: z.ZodObject;
  /** Whether it leaves everything as it is. */
  isReadOnly: boolean;
  run: (place: Place, args: never, call: Call) => Promise<Answer>;
}

export function defineTool<Input extends z.ZodObject>(
  tool: Omit<Tool, 'input' | 'run'> & {
    input: Input;
    run: (place: Place, args: z.output<Input>, call: Call) => Promise<Answer>;
  },
): Tool {
  return tool;
}
