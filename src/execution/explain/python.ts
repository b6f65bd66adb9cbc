import { frameOf, type Frame } from './frames.ts';
import type { LogLine } from './log-lines.ts';

/** One exception of a Python program, as its traceback shows it. */
export interface PythonError {
  /** As printed: `torch.OutOfMemoryError`. */
  type: string;
  message: string;
  frames: Frame[];
  /** Lines after the exception's first, which often hold the details. */
  details: string[];
  /** The exception it was raised from (`direct cause`) or while handling (`context`). */
  cause: PythonError | undefined;
  isDirectCause: boolean;
  /** Parts of an ExceptionGroup. */
  parts: PythonError[];
  /** Index of its last line in the log. */
  at: number;
  source: string;
}

interface Numbered {
  text: string;
  at: number;
}

const HEADER = /(Exception Group )?Traceback \(most recent call last\)/u;
const EXCEPTION = /^([A-Za-z_][\w.<>]*)(?::(?: (.*))?)?$/u;
const DIRECT = /^The above exception was the direct cause of the following exception/u;
const CONTEXT = /^During handling of the above exception, another exception occurred/u;
const IGNORED =
  /^(?:Exception ignored in|Error in atexit|Exception in thread .*\(most likely raised during interpreter shutdown\))/u;
const PART = /^[\s|]*\+(?:-\+)?-{4,} (?:\d+|\.\.\.) -{4,}$/u;
const BOX_END = /^(?:╰─|\+-{10,}\+$)/u;
const SYNTAX = /^(?:SyntaxError|IndentationError|TabError): /u;
const CALLED_LIKE_ONE =
  /(?:Error|Exception|Interrupt|Exit|Warning|Iteration|Failure|Timeout|Abort|Empty|Full|Cancelled|Group|Failed)$/u;
const MOST_DETAILS = 40;

/** Every exception that the log shows, in order of appearance; chained ones are joined into the last of their chain. */
export function pythonErrors(log: readonly LogLine[]): PythonError[] {
  const errors: PythonError[] = [];
  for (const source of new Set(log.map((line) => line.source))) {
    const lines = log.flatMap((line, at) => (line.source === source ? [{ text: line.text, at }] : []));
    errors.push(...errorsOf(lines, source));
  }
  return errors.sort((a, b) => a.at - b.at);
}

function errorsOf(lines: readonly Numbered[], source: string): PythonError[] {
  const errors: PythonError[] = [];
  let previousEnd = 0;
  for (let i = 0; i < lines.length; i++) {
    const text = (lines[i] as Numbered).text;
    const header = HEADER.exec(text);
    const read = header
      ? readTraceback(lines, i, source, header[1] !== undefined)
      : readBareSyntaxError(lines, i, source);
    if (!read) continue;
    const between = lines.slice(previousEnd, i).map((line) => line.text);
    if (!between.slice(-3).some((line) => IGNORED.test(line))) {
      const isDirect = between.some((line) => DIRECT.test(line));
      if (isDirect || between.some((line) => CONTEXT.test(line))) {
        read.error.cause = errors.pop();
        read.error.isDirectCause = isDirect;
      }
      errors.push(read.error);
    }
    previousEnd = read.end + 1;
    i = read.end;
  }
  return errors;
}

/** `end`: index of the exception's last line that surely belongs to it. */
function readTraceback(
  lines: readonly Numbered[],
  start: number,
  source: string,
  isGroup: boolean,
): { error: PythonError; end: number } | undefined {
  const headerText = (lines[start] as Numbered).text;
  const base = /^[\s>|]*(?:Original )?(?:\+ Exception Group )?Traceback/u.test(headerText)
    ? indentOf(unbar(headerText))
    : 0;
  const frames: Frame[] = [];
  let boxWidth = 0;
  for (let i = start + 1; i < lines.length; i++) {
    const raw = (lines[i] as Numbered).text;
    const text = unbar(raw);
    if (HEADER.test(text)) return undefined;
    const frame = frameOf(raw) ?? frameOf(text);
    if (frame) frames.push(frame);
    else if (BOX_END.test(raw)) boxWidth = raw.length;
    else if (indentOf(text) <= base && !/^[│╭╰|+]/u.test(text)) {
      const match = exceptionIn(text.trim());
      if (match) {
        const details = detailsAfter(lines, i);
        const joined =
          boxWidth > 0 ? unwrap(match[2] ?? '', raw.length, details, boxWidth) : (match[2] ?? '');
        const parts = isGroup ? readParts(lines, i, source) : { errors: [], end: i };
        const error: PythonError = {
          type: match[1] as string,
          message: joined,
          frames,
          details,
          cause: undefined,
          isDirectCause: false,
          parts: parts.errors,
          at: (lines[parts.end] as Numbered).at,
          source,
        };
        return { error, end: parts.end };
      }
    }
  }
  return undefined;
}

/** A program that cannot be parsed prints its SyntaxError without a traceback. */
function readBareSyntaxError(
  lines: readonly Numbered[],
  i: number,
  source: string,
): { error: PythonError; end: number } | undefined {
  const line = lines[i] as Numbered;
  if (!SYNTAX.test(line.text)) return undefined;
  const frames = lines.slice(Math.max(0, i - 6), i).flatMap(({ text }) => frameOf(text) ?? []);
  const [type = '', message = ''] = line.text.split(/: (.*)/su);
  return {
    error: {
      type,
      message,
      frames,
      details: [],
      cause: undefined,
      isDirectCause: false,
      parts: [],
      at: line.at,
      source,
    },
    end: i,
  };
}

function readParts(
  lines: readonly Numbered[],
  start: number,
  source: string,
): { errors: PythonError[]; end: number } {
  const errors: PythonError[] = [];
  let end = start;
  let frames: Frame[] | undefined;
  for (let i = start + 1; i < lines.length; i++) {
    const { text: raw, at } = lines[i] as Numbered;
    if (!/^\s*[|+]/u.test(raw)) break;
    end = i;
    const text = unbar(raw);
    const match = exceptionIn(text);
    if (PART.test(raw)) frames = [];
    else if (frames && frameOf(text)) frames.push(frameOf(text) as Frame);
    else if (frames && match && !HEADER.test(text)) {
      errors.push({
        type: match[1] as string,
        message: match[2] ?? '',
        frames,
        details: [],
        cause: undefined,
        isDirectCause: false,
        parts: [],
        at,
        source,
      });
      frames = undefined;
    }
  }
  return { errors, end };
}

/** A word alone on a line is an exception only if it is called like one ("Killed" is not). */
function exceptionIn(text: string): RegExpExecArray | undefined {
  const match = EXCEPTION.exec(text);
  const type = match?.[1];
  if (!match || type === undefined) return undefined;
  const isTyped = /(?:^|\.)[A-Z_][^.]*$/u.test(type) || type.includes('.');
  return isTyped && (text.includes(':') || CALLED_LIKE_ONE.test(type)) ? match : undefined;
}

function detailsAfter(lines: readonly Numbered[], at: number): string[] {
  const details: string[] = [];
  for (const { text } of lines.slice(at + 1, at + 1 + MOST_DETAILS)) {
    if (HEADER.test(text) || DIRECT.test(text) || CONTEXT.test(text)) break;
    details.push(text.trim());
  }
  return details;
}

/** Puts a message together again that was wrapped at the width of the box above it. */
function unwrap(first: string, firstLength: number, details: readonly string[], width: number): string {
  let message = first;
  let length = firstLength;
  for (const next of details) {
    const word = next.split(' ')[0] ?? '';
    if (next === '' || length + 1 + word.length <= width) break;
    message += ` ${next}`;
    length = next.length;
  }
  return message;
}

/** Takes the bars of an exception group off a line; the lines of a rich box have one at their end, too. */
function unbar(text: string): string {
  return /[│|]$/u.test(text)
    ? text
    : text.replace(/^(?:\s*\|)+ ?/u, '').replace(/^\s+\+ (?=Exception Group)/u, '');
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
