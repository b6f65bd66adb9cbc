/** Places of keys in maps that only grow. A map's iterator goes on as long as it has not come to the end. */
export class Positions {
  readonly #known = new WeakMap<
    ReadonlyMap<string, unknown>,
    { keys: IterableIterator<string>; places: Map<string, number> }
  >();

  of(map: ReadonlyMap<string, unknown>, key: string): number {
    let known = this.#known.get(map);
    if (!known) {
      known = { keys: map.keys(), places: new Map() };
      this.#known.set(map, known);
    }
    const { keys, places } = known;
    while (places.size < map.size) {
      const next = keys.next();
      if (next.done === true) break;
      places.set(next.value, places.size);
    }
    return places.get(key) ?? map.size;
  }
}
