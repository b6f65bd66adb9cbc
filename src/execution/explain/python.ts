import type { LogLine } from './log-lines.ts';
import {
  CONTEXT,
  DIRECT,
  HEADER,
  readBareSyntaxError,
  readTraceback,
  type NumberedLine,
  type PythonError,
} from './traceback.ts';

const IGNORED =
  /^(?:Exception ignored in|Error in atexit|Exception in thread .*\(most likely raised during interpreter shutdown\))/u;
const ASIDE = /^(?:Exception in thread |(?:Task|Future) exception was never retrieved)/u;

/** Every exception that the log shows, in order of appearance; chained ones are joined into the last of their chain. */
export function pythonErrors(log: readonly LogLine[]): PythonError[] {
  const errors: PythonError[] = [];
  for (const source of new Set(log.map((line) => line.source))) {
    const lines = log.flatMap((line, at) => (line.source === source ? [{ text: line.text, at }] : []));
    errors.push(...errorsOf(lines, source));
  }
  return errors.sort((a, b) => a.at - b.at);
}

function errorsOf(lines: readonly NumberedLine[], source: string): PythonError[] {
  const errors: PythonError[] = [];
  let previousEnd = 0;
  for (let i = 0; i < lines.length; i++) {
    const text = (lines[i] as NumberedLine).text;
    const read = HEADER.test(text) ? readTraceback(lines, i, source) : readBareSyntaxError(lines, i, source);
    if (!read) continue;
    const between = lines.slice(previousEnd, i).map((line) => line.text);
    if (!between.slice(-3).some((line) => IGNORED.test(line))) {
      const isDirect = between.some((line) => DIRECT.test(line));
      if (isDirect || between.some((line) => CONTEXT.test(line))) {
        read.error.cause = errors.pop();
        read.error.isDirectCause = isDirect;
      }
      read.error.isAside = between.slice(-3).some((line) => ASIDE.test(line));
      errors.push(read.error);
    }
    previousEnd = read.end + 1;
    i = read.end;
  }
  return errors;
}
