import { frameOf, type Frame } from './frames.ts';

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
  /** Printed beside the main story: by a thread, a forgotten task. */
  isAside: boolean;
  /** Index of its last line in the log. */
  at: number;
  source: string;
}

export interface NumberedLine {
  text: string;
  at: number;
}

/** `end`: index of the exception's last line that surely belongs to it. */
interface ReadError {
  error: PythonError;
  end: number;
}

export const HEADER = /(Exception Group )?Traceback \(most recent call last\)/u;
export const DIRECT = /^The above exception was the direct cause of the following exception/u;
export const CONTEXT = /^During handling of the above exception, another exception occurred/u;
const EXCEPTION = /^([A-Za-z_][\w.<>]*)(?::(?: (.*))?)?$/u;
const PART = /^[\s|]*\+(?:-\+)?-{4,} (?:\d+|\.\.\.) -{4,}$/u;
const BOX_HEADER = /^\s*(?:╭|\+-)/u;
const BOX_END = /^(?:╰─|\+-{10,}\+$)/u;
const SYNTAX = /^(?:SyntaxError|IndentationError|TabError): /u;
const CALLED_LIKE_ONE =
  /(?:Error|Exception|Interrupt|Exit|Warning|Iteration|Failure|Timeout|Abort|Empty|Full|Cancelled|Group|Failed)$/u;
const MOST_DETAILS = 40;

export function readTraceback(
  lines: readonly NumberedLine[],
  start: number,
  source: string,
): ReadError | undefined {
  const headerText = (lines[start] as NumberedLine).text;
  const isBox = BOX_HEADER.test(headerText);
  const margin = isBox ? indentOf(headerText) : 0;
  const isFirstOfLine = /^[\s>|]*(?:Original )?(?:\+ Exception Group )?Traceback/u.test(headerText);
  const base = isFirstOfLine ? indentOf(unbar(headerText)) : 0;
  const frames: Frame[] = [];
  let code = '';
  let boxWidth = 0;
  for (let i = start + 1; i < lines.length; i++) {
    const raw = withoutMargin((lines[i] as NumberedLine).text, margin);
    const text = unbar(raw);
    if (HEADER.test(text)) return undefined;
    const frame = frameOf(raw) ?? frameOf(text);
    if (frame) {
      frames.push(frame);
      code = '';
    } else if (BOX_END.test(raw)) boxWidth = raw.length;
    else if (indentOf(text) > base) code ||= isBox ? '' : text.trim();
    else if (!/^[│╭╰|+]/u.test(text)) {
      const match = exceptionIn(text.trim());
      if (!match) continue;
      const [, type = '', message = ''] = match;
      const details = detailsAfter(lines, i);
      const parts = /Exception Group/u.test(headerText)
        ? readParts(lines, i, source)
        : { errors: [], end: i };
      const error = {
        ...emptyError(source, (lines[parts.end] as NumberedLine).at),
        type,
        message:
          boxWidth > 0 ? unwrap(message, raw.length, details, boxWidth) : message || assertionOf(type, code),
        frames,
        details,
        parts: parts.errors,
      };
      return { error, end: parts.end };
    }
  }
  return undefined;
}

/** An assertion without a message says what it asserts. */
function assertionOf(type: string, code: string): string {
  return type === 'AssertionError' && code.startsWith('assert') ? code : '';
}

function emptyError(source: string, at: number): PythonError {
  return {
    type: '',
    message: '',
    frames: [],
    details: [],
    cause: undefined,
    isDirectCause: false,
    isAside: false,
    parts: [],
    at,
    source,
  };
}

/** A program that cannot be parsed prints its SyntaxError without a traceback. */
export function readBareSyntaxError(
  lines: readonly NumberedLine[],
  i: number,
  source: string,
): ReadError | undefined {
  const { text, at } = lines[i] as NumberedLine;
  if (!SYNTAX.test(text)) return undefined;
  const frames = lines.slice(Math.max(0, i - 6), i).flatMap((line) => frameOf(line.text) ?? []);
  const [type = '', message = ''] = text.split(/: (.*)/su);
  return { error: { ...emptyError(source, at), type, message, frames }, end: i };
}

function readParts(
  lines: readonly NumberedLine[],
  start: number,
  source: string,
): { errors: PythonError[]; end: number } {
  const errors: PythonError[] = [];
  let end = start;
  let frames: Frame[] | undefined;
  for (let i = start + 1; i < lines.length; i++) {
    const { text: raw, at } = lines[i] as NumberedLine;
    if (!/^\s*[|+]/u.test(raw)) break;
    end = i;
    const text = unbar(raw);
    const frame = frameOf(text);
    const match = exceptionIn(text);
    if (PART.test(raw)) frames = [];
    else if (frames && frame) frames.push(frame);
    else if (frames && match && !HEADER.test(text)) {
      errors.push({ ...emptyError(source, at), type: match[1] ?? '', message: match[2] ?? '', frames });
      frames = undefined;
    }
  }
  return { errors, end };
}

function withoutMargin(text: string, margin: number): string {
  return text.slice(0, margin).trim() === '' ? text.slice(margin) : text;
}

/** A word alone on a line is an exception only if it is called like one ("Killed" is not). */
function exceptionIn(text: string): RegExpExecArray | undefined {
  const match = EXCEPTION.exec(text);
  const type = match?.[1];
  if (!match || type === undefined) return undefined;
  const isTyped = /(?:^|\.)[A-Z_][^.]*$/u.test(type) || type.includes('.');
  return isTyped && (text.includes(':') || CALLED_LIKE_ONE.test(type)) ? match : undefined;
}

function detailsAfter(lines: readonly NumberedLine[], at: number): string[] {
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
