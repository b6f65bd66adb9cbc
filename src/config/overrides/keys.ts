import { formatPath } from '../path.ts';
import type { Override, OverrideContext } from './_contract.ts';
import { refuse } from './errors.ts';

/** The dotted name of a setting: as the project names it, else its path. Keys that hold dots or `=` are refused. */
export function dottedName(
  override: Override,
  { names }: OverrideContext,
  style: string,
  key: RegExp = /^[^\s.=]+$/u,
): string {
  const named = names.get(formatPath(override.path));
  if (named !== undefined) return named;
  const odd = override.path.find((each) => typeof each === 'string' && !key.test(each));
  if (odd !== undefined)
    throw refuse(override, style, `the key ${JSON.stringify(odd)} has no spelling there`);
  return override.path.join('.');
}

/** Nothing that a process can be given holds a NUL character. */
export function checkText(override: Override, style: string, text: string): string {
  if (text.includes('\0')) throw refuse(override, style, 'it holds a NUL character');
  return text;
}
