import { defineErrors } from '../errors.ts';
import type { Options } from './run.ts';

export const usageError = defineErrors({
  USAGE_OPTION_INVALID: {
    exit: 2,
    about: 'A command-line option has a value that cannot be read. The message says what is expected.',
  },
  USAGE_ARGUMENTS: { exit: 2, about: 'The arguments of a command do not fit; see its --help.' },
});

function invalid(flag: string, value: string, expected: string): Error {
  return usageError('USAGE_OPTION_INVALID', `--${flag} must be ${expected}. Got '${value}' instead.`, {
    remedy: `Correct --${flag}.`,
  });
}

export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function flagOption(options: Options, name: string): boolean {
  return options[name] === true;
}

/** A whole number of at least `least`; undefined where the option was not given. */
export function integerOption(options: Options, name: string, least: number): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw invalid(name, text, `a whole number of ${least} or more`);
  }
  return value;
}

/** `a.b,c.d`: words between commas. */
export function listOption(options: Options, name: string): string[] | undefined {
  return textOption(options, name)
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `42,43,44` or `42-46`. */
export function seedsOption(options: Options, name: string): number[] | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const seeds: number[] = [];
  for (const part of text.split(',')) {
    const range = /^\s*(\d+)(?:\s*(?:-|\.\.)\s*(\d+))?\s*$/.exec(part);
    if (!range) throw invalid(name, text, 'a list of whole numbers such as 42,43,44 or 42-46');
    const first = Number(range[1]);
    const last = range[2] === undefined ? first : Number(range[2]);
    if (last < first || last - first > 1000)
      throw invalid(name, text, 'a list of whole numbers such as 42,43,44 or 42-46');
    for (let seed = first; seed <= last; seed++) seeds.push(seed);
  }
  if (new Set(seeds).size !== seeds.length) throw invalid(name, text, 'a list without repeated seeds');
  return seeds;
}

/** `12` or `12 runs` trainings, `8h` or `90m` of time; both separated by a comma. */
export function budgetOption(options: Options, name: string): { runs?: number; hours?: number } | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const budget: { runs?: number; hours?: number } = {};
  for (const part of text.split(',')) {
    const runs = /^\s*(\d+)\s*(?:runs?|trainings?)?\s*$/i.exec(part);
    const time = /^\s*(\d+(?:\.\d+)?)\s*(h|hours?|m|min|minutes?)\s*$/i.exec(part);
    if (runs && Number(runs[1]) > 0) budget.runs = Number(runs[1]);
    else if (time && Number(time[1]) > 0) {
      budget.hours = Number(time[1]) / (/^m/i.test(time[2] as string) ? 60 : 1);
    } else throw invalid(name, text, 'a number of trainings (12) or a time (8h, 90m)');
  }
  return budget;
}
