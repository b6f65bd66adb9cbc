import { PawlError } from '../errors.ts';
import type { Goal } from '../metrics/_contract.ts';
import { samplerNamed } from '../search/methods.ts';
import { PRUNER_NAMES } from '../search/pruner.ts';
import { readSearch } from '../search/space/settings.ts';
import type { ConfigValue } from '../config/value.ts';
import type { Place } from '../search/space/place.ts';
import { askTellError } from './errors.ts';
import type { Journal } from './journal.ts';
import { linesOf } from './lines.ts';
import { type OpenRequest, readRequest, type Request } from './request.ts';
import { AskTellStudy, type StudySetup } from './study.ts';

export interface SearchWish {
  method?: string | undefined;
  goal?: Goal | undefined;
  seed?: number | undefined;
  trials?: number | undefined;
  steps?: number | undefined;
  pruner?: string | undefined;
}

/** Refuses names that nobody knows before anything is asked. */
export function checkWish({ method, pruner }: Pick<SearchWish, 'method' | 'pruner'>): void {
  if (method !== undefined) methodNamed(method);
  if (pruner !== undefined && !PRUNER_NAMES.includes(pruner)) {
    throw askTellError('ASK_TELL_REQUEST_INVALID', `There is no pruner '${pruner}'.`, {
      remedy: `Use one of ${PRUNER_NAMES.join(', ')}.`,
    });
  }
}

function methodNamed(named: string): string {
  const method = samplerNamed(named);
  if (method !== undefined) return method;
  throw askTellError('ASK_TELL_REQUEST_INVALID', `There is no search method '${named}'.`, {
    remedy: 'Use auto, grid, random, sobol, tpe, gp or cma-es.',
  });
}

/** A setup from a written space and what was said beside it. */
export function setupFrom(space: ConfigValue, wish: SearchWish, place: Place = {}): StudySetup {
  const search = readSearch(space, place);
  checkWish(wish);
  const method = methodNamed(wish.method ?? search.sampler ?? 'auto');
  return {
    space: search.space,
    goal: wish.goal ?? 'max',
    method,
    seed: wish.seed ?? 0,
    trials: wish.trials ?? search.trials,
    steps: wish.steps ?? null,
    pruner: wish.pruner ?? 'asha',
  };
}

/** Answers requests until the input ends. Nothing that comes in a line ends it. */
export async function serveAskTell(of: {
  input: AsyncIterable<Buffer | string>;
  answer: (reply: object) => void;
  setup: StudySetup | null;
  /** What the command line wants of a search that a request opens; the request has the last word. */
  wish?: SearchWish;
  journal: Journal | null;
}): Promise<void> {
  const { journal } = of;
  const open = (setup: StudySetup): AskTellStudy => {
    const study = new AskTellStudy(setup, (line) => journal?.append(line));
    if (!journal) return study;
    if (journal.setup === null) journal.begin(setup);
    else study.replay(journal.lines);
    return study;
  };
  const initial = journal?.setup ?? of.setup;
  let study = initial ? open(initial) : null;

  const handle = (request: Request): object => {
    if (request.op === 'open') {
      if (study) {
        throw askTellError('ASK_TELL_ALREADY_OPEN', 'The search is open already.', {
          remedy: 'Leave `open` away, or --space.',
        });
      }
      study = open(setupOf(request, of.wish));
      return { opened: true, trials: study.history.length };
    }
    if (!study) {
      throw askTellError('ASK_TELL_NOT_OPEN', 'No search space is known yet.', {
        remedy:
          'Start with --space FILE, or send {"op":"open","space":{"lr":{"type":"loguniform","low":1e-5,"high":1e-1}}}.',
      });
    }
    switch (request.op) {
      case 'ask':
        return (
          study.ask() ?? {
            trial: null,
            done: true,
            message: 'Every configuration of the space has been asked for.',
          }
        );
      case 'tell':
        return study.tell(request);
      case 'best':
        return study.best() ?? { trial: null };
      case 'trials':
        return {
          trials: study.history.map(({ number, params, state, value }) => ({
            trial: number,
            params,
            state,
            value,
          })),
        };
    }
  };

  for await (const { number, text } of linesOf(of.input)) {
    if (text !== null && text.trim() === '') continue;
    let id: unknown;
    try {
      if (text === null) {
        throw askTellError('ASK_TELL_LINE_TOO_LONG', 'The line has more than a megabyte.', {
          line: number,
          remedy: 'Send one short JSON object a line.',
        });
      }
      const request = readRequest(text, number);
      id = request.id;
      of.answer({ ...handle(request), ...(id === undefined ? {} : { id }) });
    } catch (error) {
      of.answer({ ...failureOf(error, number), ...(id === undefined ? {} : { id }) });
    }
  }
}

function setupOf(request: OpenRequest, wish: SearchWish = {}): StudySetup {
  const { method, goal, seed, trials, steps, pruner } = request;
  return setupFrom(plain(request.space), {
    method: method ?? wish.method,
    goal: goal ?? wish.goal,
    seed: seed ?? wish.seed,
    trials: trials ?? wish.trials,
    steps: steps ?? wish.steps,
    pruner: pruner ?? wish.pruner,
  });
}

/** A space from JSON as the config room has values: mappings without a prototype. */
function plain(value: unknown): ConfigValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    const copy = Object.create(null) as Record<string, ConfigValue>;
    for (const [key, member] of Object.entries(value)) copy[key] = plain(member);
    return copy;
  }
  if (value === undefined) return null;
  return value as string | number | boolean | null;
}

function failureOf(error: unknown, line: number): object {
  const isKnown = error instanceof PawlError;
  const message = error instanceof Error ? error.message : String(error);
  return {
    error: {
      code: isKnown ? error.code : 'INTERNAL',
      message,
      line: (isKnown ? error.line : undefined) ?? line,
      remedy: (isKnown ? error.remedy : undefined) ?? null,
    },
  };
}
