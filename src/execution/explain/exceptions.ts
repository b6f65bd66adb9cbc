import { causeOf, causes } from './causes.ts';
import { fill } from './cause.ts';
import type { Failure } from './failure.ts';
import { formatPlace, placeOf } from './frames.ts';
import type { LogLine } from './log-lines.ts';
import type { PythonError } from './traceback.ts';

/** Launchers and transports that only report what happened in another process. */
const MESSENGER =
  /(?:^|\.)(?:ChildFailedError|ProcessRaisedException|ProcessExitedException|CalledProcessError|RayTaskError(?:\(\w+\))?|_?RemoteTraceback|SimplifiedTraceback|UnfilteredStackTrace|SystemExit|SignalException|WorkerCrashedError|TrainingFailedError)$/u;
/** What the other processes of a training say when one of them has failed. */
const ECHO =
  /(?:^|\.)(?:BrokenPipeError|ConnectionResetError|ConnectionRefusedError|ConnectionAbortedError|DistBackendError|DistNetworkError|DistStoreError|KeyboardInterrupt|CancelledError|BrokenProcessPool)$/u;
const ECHO_MESSAGE = /\bgloo\b|Connection closed by peer|NCCL|DataLoader worker \(pid/iu;
const SYNTAX = /^(?:SyntaxError|IndentationError|TabError)$/u;
/** What these do not like and where stands below their first line. */
const TELLS_LATER = /^yaml\.|ValidationError$|^omegaconf\.|^hydra\.|InstantiationException$/u;
const LONGEST_PART = 160;

/** The exception to blame: of each process the last that is neither messenger nor echo, of several processes the first. */
export function rootError(errors: readonly PythonError[]): PythonError | undefined {
  const isMessenger = (error: PythonError): boolean => MESSENGER.test(error.type) && !error.isDirectCause;
  const isEcho = (error: PythonError): boolean =>
    error.isAside || ECHO.test(error.type) || ECHO_MESSAGE.test(error.message);
  const news = errors.filter((error) => !isMessenger(error));
  const original = news.filter((error) => !isEcho(error));
  const candidates = original.length > 0 ? original : news.length > 0 ? news : errors;
  const lastOfEach = new Map(candidates.map((error) => [error.source, error]));
  return [...lastOfEach.values()].sort((a, b) => a.at - b.at)[0];
}

export function errorStory(error: PythonError, log: readonly LogLine[], cwd: string): Failure {
  const found = causeOfError(error, log);
  const isSyntax = SYNTAX.test(error.type) && placeOf(error.frames)?.file.startsWith('<') === false;
  const isInterrupt = error.type === 'KeyboardInterrupt';
  const code = isSyntax
    ? 'TRAINING_SYNTAX_ERROR'
    : isInterrupt
      ? 'TRAINING_INTERRUPTED'
      : (found?.cause.code ?? 'TRAINING_EXCEPTION');
  const remedy = isSyntax
    ? 'Correct the program at that line, or use the Python version it was written for.'
    : isInterrupt
      ? 'Resume the study.'
      : found
        ? fill(found.cause.remedy, found.match)
        : 'Correct the training program or its configuration; its log shows the whole traceback.';
  const context =
    !error.isDirectCause && error.cause && found?.from === error.cause ? error.cause : undefined;
  const own = withPlace(error, cwd) + (context ? `, while handling ${shorten(withPlace(context, cwd))}` : '');
  const message =
    found?.cause.message === undefined ? own : `${fill(found.cause.message, found.match)} ${own}`;
  return { code, message, remedy };
}

function withPlace(error: PythonError, cwd: string): string {
  const isRelayed =
    error.isDirectCause && error.cause !== undefined && titleOf(error.cause) === titleOf(error);
  if (isRelayed && error.cause) return withPlace(error.cause, cwd);
  const place = placeOf(error.frames) ?? firstPlace(error.parts);
  const cause = error.isDirectCause ? error.cause : undefined;
  const parts =
    error.parts.length > 0 ? ` [${error.parts.map((part) => shorten(titleOf(part))).join('; ')}]` : '';
  const origin = cause && !MESSENGER.test(cause.type) ? `, caused by ${shorten(withPlace(cause, cwd))}` : '';
  return `${titleOf(error)}${parts}${place ? ` (${formatPlace(place, cwd)})` : ''}${origin}`;
}

function firstPlace(parts: readonly PythonError[]): ReturnType<typeof placeOf> {
  return parts.map((part) => placeOf(part.frames)).find((place) => place !== undefined);
}

/** Type and message; where the message only announces what follows, with the line that does. */
function titleOf({ type, message, details }: PythonError): string {
  const isOpen = message === '' || /:\s*$/u.test(message);
  const next = details.find((line) => line !== '' && !/^[-=*~^]+$/u.test(line)) ?? '';
  const more = isOpen
    ? next
    : TELLS_LATER.test(type)
      ? details.slice(0, Math.min(blankAt(details), 3)).join(' ')
      : '';
  const text = `${message} ${more}`.trim();
  return text === '' ? type : `${type}: ${text}`;
}

function shorten(text: string): string {
  return text.length > LONGEST_PART ? `${text.slice(0, LONGEST_PART - 1)}…` : text;
}

type Found = NonNullable<ReturnType<typeof causeOf>> & { from: PythonError };

/** First by what the exception itself says, then its details, then what it was raised from, and for a messenger all of the log. */
function causeOfError(error: PythonError, log: readonly LogLine[]): Found | undefined {
  const own =
    causeOf(`${error.type}: ${error.message}`) ??
    causeOf(error.details.slice(0, blankAt(error.details)).join('\n'));
  if (own) return { ...own, from: error };
  for (const inner of [...error.parts, ...(error.cause ? [error.cause] : [])]) {
    const found = causeOfError(inner, log);
    if (found) return found;
  }
  if (!MESSENGER.test(error.type) && error.message !== 'Graph execution error:') return undefined;
  const said = causeOf(log.map((line) => line.text).join('\n'), causes);
  return said && { ...said, from: error };
}

function blankAt(lines: readonly string[]): number {
  const at = lines.indexOf('');
  return at < 0 ? lines.length : at;
}
