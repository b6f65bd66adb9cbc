import { createHash } from 'node:crypto';

/** Names as a tracker allows them; where two would become one, the later one gets a mark of its own. */
export class CleanNames {
  readonly #clean: (name: string) => string;
  readonly #byName = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(clean: (name: string) => string) {
    this.#clean = clean;
  }

  of(name: string): string {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    let cleaned = this.#clean(name);
    if (this.#taken.has(cleaned))
      cleaned = `${cleaned}_${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
    this.#byName.set(name, cleaned);
    this.#taken.add(cleaned);
    return cleaned;
  }
}
