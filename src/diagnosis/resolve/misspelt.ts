import { isConceptName, type Concept } from '../words/concepts.ts';
import type { Lexicon } from './lexicon.ts';
import { lastName } from './relatives.ts';
import type { Slot } from './slots.ts';

/** Shorter names lie close to one another by chance. */
const SHORTEST = 6;

/** One letter more, less or other, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = short.slice(at);
  if (short.length < long.length) return rest === long.slice(at + 1);
  if (rest.slice(1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && rest.slice(2) === long.slice(at + 2);
}

/** The one key that is called like the setting but for a slip of the pen: `droput_rate`, `num_epoch`. */
export function misspelt(lexicon: Lexicon, concepts: readonly Concept[]): Slot | undefined {
  const names = concepts.flatMap((concept) => concept.names).filter((name) => name.length >= SHORTEST);
  const found = lexicon.slots.filter((slot) => {
    const last = lastName(slot);
    return (
      !slot.isMapping &&
      last.length >= SHORTEST &&
      !/\d/u.test(last) &&
      !isConceptName(last) &&
      names.some((name) => isOneSlip(name, last))
    );
  });
  return found.length === 1 ? found[0] : undefined;
}
