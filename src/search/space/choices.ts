import { equalValues } from '../../config/lookup.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { CategoricalParam, OrdinalParam } from '../space.ts';
import { show, type Entry } from './place.ts';
import { listedValue } from './spelled.ts';

/** A list of values: an ordered grid where all are numbers, else unordered choices. */
export function readChoices(
  entry: Entry,
  list: readonly ConfigValue[],
  order: 'auto' | 'categorical' | 'ordinal' = 'auto',
): CategoricalParam | OrdinalParam {
  const choices = list.map(listedValue);
  if (choices.length === 0) {
    throw entry.error('SEARCH_CHOICES_INVALID', 'its list of values is empty.', 'Give at least one value.');
  }
  choices.forEach((choice, index) => {
    if (choices.findIndex((other) => equalValues(other, choice)) < index) {
      throw entry.error('SEARCH_CHOICES_INVALID', `${show(choice)} is listed twice.`, 'Keep it once.');
    }
    if (typeof choice === 'number' && !Number.isFinite(choice)) {
      throw entry.error('SEARCH_CHOICES_INVALID', `${choice} cannot be tried.`, 'Give finite numbers.');
    }
  });
  const numbers = choices.filter((choice) => typeof choice === 'number');
  if (order !== 'categorical' && numbers.length === choices.length) {
    return { kind: 'ordinal', choices: numbers.sort((a, b) => a - b) };
  }
  if (order === 'ordinal') {
    throw entry.error('SEARCH_CHOICES_INVALID', 'an ordinal parameter needs numbers.', 'Use `categorical`.');
  }
  return { kind: 'categorical', choices };
}
