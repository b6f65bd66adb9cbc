import { conceptsOf, normalizeName } from '../words/concepts.ts';
import type { Slot } from './slots.ts';

/** Which of several slots the words around a name mean: "reduce the backbone learning rate". */
export class Nearness {
  private readonly normalized = new Map<string, string>();

  /** The slot whose sections the text names most; undefined where two are named as much. */
  nearest(slots: readonly Slot[], text: string, name: string): Slot | undefined {
    const scored = slots
      .map((slot) => ({ slot, score: this.score(slot, text, name) }))
      .sort((a, b) => b.score - a.score);
    const [first, second] = scored;
    return first && first.score > (second?.score ?? 0) ? first.slot : undefined;
  }

  /** How many of a slot's sections the text names. */
  private score(slot: Slot, text: string, name: string): number {
    const own = normalizeName(name);
    const words = this.wordsOf(text);
    return slot.names.slice(0, -1).filter((part) => {
      const aliases = conceptsOf(part).flatMap((concept) =>
        concept.names.filter((alias) => alias.length > 4),
      );
      return [part, ...aliases].some((alias) => alias !== own && alias.length > 2 && words.includes(alias));
    }).length;
  }

  private wordsOf(text: string): string {
    const known = this.normalized.get(text);
    if (known !== undefined) return known;
    const words = normalizeName(text);
    this.normalized.set(text, words);
    return words;
  }
}
