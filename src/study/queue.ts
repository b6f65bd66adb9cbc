/** Messages from many producers to the engine's one loop, in the order in which they came. */
export class Queue<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | undefined;

  push(item: T): void {
    this.#items.push(item);
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Waits until there is something, then takes everything. */
  async take(): Promise<T[]> {
    if (this.#items.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#items.splice(0);
  }
}
