import type { ConfigValue } from '../../config/value.ts';
import { choiceCategory } from '../words/choices.ts';

/** Written in capitals everywhere; they tell nothing of a config's style. */
const ACRONYM = /^(?:SGD|MSE|MAE|BCE|NLL|CE|LBFGS|KLD)$/u;

/** A known choice in the config's own style, for words taken from prose. */
export function styledChoice(word: string, from: ConfigValue | undefined): string {
  if (typeof from !== 'string' || choiceCategory(word) === undefined) return word;
  const parts = from.split('.');
  const last = parts.at(-1) ?? from;
  const cased =
    last === last.toLowerCase()
      ? word.toLowerCase()
      : last === last.toUpperCase() && !ACRONYM.test(last)
        ? word.toUpperCase()
        : word;
  return [...parts.slice(0, -1), cased].join('.');
}
