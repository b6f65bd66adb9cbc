import { causeOf, causes, lastingCauses } from './explain/causes.ts';
import { schedulerCauses } from './explain/causes/scheduler.ts';
import { fill, type Cause } from './explain/cause.ts';
import { errorStory, rootError } from './explain/exceptions.ts';
import type { Failure } from './explain/failure.ts';
import { explainExitCode } from './explain/exit-code.ts';
import { foreignError } from './explain/foreign.ts';
import { formatPlace, frameOf, isUsers } from './explain/frames.ts';
import { isNoise, lastWords } from './explain/last-words.ts';
import { logLines, type LogLine } from './explain/log-lines.ts';
import { pythonErrors } from './explain/python.ts';
import { OUTSIDE, storyOfSignal } from './explain/signals.ts';

export type { Failure } from './explain/failure.ts';
export { signalOfStatus } from './explain/signals.ts';

export interface FailureEvidence {
  exitCode: number | null;
  signal: string | null;
  /** Ends of the logs; 64 KB are plenty. */
  stderr: string;
  stdout: string;
  /** Out-of-memory kills that the kernel counted while it ran; null where it does not tell. */
  oomKills: number | null;
  /** Says that the disk of the logs is full by now, in which case they may lack their end. */
  diskFull?: string | undefined;
  /** Working directory of the training: places in it are shown relative to it. */
  cwd?: string;
}

const NEAR_LINES = 8;
const FAR_LINES = 60;
/** Farewells of launchers and loggers are shorter. */
const STALE_LINES = 40;
const LONGEST_MESSAGE = 400;

/** Why a training failed, in one clear line with a stable code and what to do: from its exit and the ends of its logs alone. */
export function explainFailure(evidence: FailureEvidence): Failure {
  const explained = explain(evidence);
  const isUnclear = explained.code === 'TRAINING_FAILED' || explained.code === 'TRAINING_SHARED_MEMORY';
  const failure =
    isUnclear && evidence.diskFull !== undefined ? diskFull(explained, evidence.diskFull) : explained;
  const line = failure.message.replace(/\s+/gu, ' ').trim();
  const message = line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE - 1)}…` : line;
  return { ...failure, message };
}

function diskFull({ message }: Failure, full: string): Failure {
  return {
    code: 'DISK_FULL',
    message: `The training failed, probably because the disk is full: ${full} (${message})`,
    remedy: 'Free space on that disk (old checkpoints, caches, logs), then resume.',
  };
}

function explain(evidence: FailureEvidence): Failure {
  const { signal, oomKills, cwd = '' } = evidence;
  const logs = [logLines(evidence.stderr), logLines(evidence.stdout)];
  if (signal !== null && OUTSIDE.has(signal)) {
    const ended = signal === 'SIGKILL' ? lastingCauses : schedulerCauses;
    return firstOf(logs, (log) => causeInText(log, FAR_LINES, ended)) ?? storyOfSignal(signal, oomKills);
  }
  const exceptions = logs.map((log) => exceptionOf(log, cwd));
  return (
    exceptions.find((exception) => exception?.isFresh)?.failure ??
    firstOf(logs, (log) => causeInText(log, FAR_LINES, lastingCauses)) ??
    firstOf(logs, (log) => explainForeign(log, cwd)) ??
    firstOf(logs, (log) => causeInText(log, NEAR_LINES, causes)) ??
    exceptions.find((exception) => exception !== undefined)?.failure ??
    (signal === null ? explainExitCode(evidence.exitCode, logs) : explainCrash(signal, logs, oomKills, cwd))
  );
}

function firstOf<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const result = read(item);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** An exception after which the training went on for long was caught: it is not what ended it if anything else can be. */
function exceptionOf(
  log: readonly LogLine[],
  cwd: string,
): { failure: Failure; isFresh: boolean } | undefined {
  const error = rootError(pythonErrors(log));
  if (!error) return undefined;
  const after = log.slice(error.at + 1).filter((line) => line.source === error.source && !isNoise(line.text));
  return { failure: errorStory(error, log, cwd), isFresh: after.length <= STALE_LINES };
}

function explainForeign(log: readonly LogLine[], cwd: string): Failure | undefined {
  const error = foreignError(log.map((line) => line.text));
  if (!error) return undefined;
  const place = error.place ? ` (${formatPlace(error.place, cwd)})` : '';
  const own = causeOf(error.title);
  if (own)
    return {
      code: own.cause.code,
      message: `${error.title}${place}`,
      remedy: fill(own.cause.remedy, own.match),
    };
  const near = causeInText(log, NEAR_LINES, causes);
  return {
    code: near?.code ?? 'TRAINING_EXCEPTION',
    message: `${error.title}${place}${near ? `: ${near.message}` : ''}`,
    remedy: near?.remedy ?? 'Correct the training program; its log shows the whole call stack.',
  };
}

/** The last line that names a known cause, among the last `count` lines that say anything. */
function causeInText(log: readonly LogLine[], count: number, among: readonly Cause[]): Failure | undefined {
  const lines = log.map((line) => line.text).filter((text) => !isNoise(text));
  for (const text of lines.slice(-count).reverse()) {
    const found = causeOf(text, among);
    if (!found) continue;
    const { cause, match } = found;
    const message =
      cause.message === undefined ? text.replace(/^\s*[│|]\s*|\s*[│|]$/gu, '') : fill(cause.message, match);
    return { code: cause.code, message, remedy: fill(cause.remedy, match) };
  }
  return undefined;
}

/** Python's fault handler prints the stack innermost first. */
function explainCrash(
  signal: string,
  logs: readonly LogLine[][],
  oomKills: number | null,
  cwd: string,
): Failure {
  const story = storyOfSignal(signal, oomKills);
  const place = firstOf(logs, (log) => {
    const at = log.findLastIndex((line) => /\(most recent call first\)/u.test(line.text));
    const frames = at < 0 ? [] : log.slice(at + 1, at + 101).flatMap((line) => frameOf(line.text) ?? []);
    return frames.find(isUsers) ?? frames[0];
  });
  const words = place ? undefined : firstOf(logs, (log) => lastWords(log));
  const where = place
    ? ` It happened in ${formatPlace(place, cwd)}.`
    : words === undefined
      ? ''
      : ` Its last words: ${words}`;
  return { ...story, message: story.message + where };
}
