const INITIAL = 1024;

/** Scalars waiting for their turn, first in, first out. A tag of −1 is a restart at its step. */
export class ScalarQueue {
  private tags = new Int32Array(INITIAL);
  private steps = new Float64Array(INITIAL);
  private values = new Float64Array(INITIAL);
  private times = new Float64Array(INITIAL);
  private head = 0;
  private tail = 0;

  get length(): number {
    return this.tail - this.head;
  }

  /** Of the first; only where there is one. */
  get time(): number {
    return this.times[this.head] as number;
  }

  /** Of the first; only where there is one. */
  get step(): number {
    return this.steps[this.head] as number;
  }

  push(tag: number, step: number, value: number, seconds: number): void {
    if (this.tail === this.tags.length) this.makeRoom();
    const at = this.tail++;
    this.tags[at] = tag;
    this.steps[at] = step;
    this.values[at] = value;
    this.times[at] = seconds;
  }

  /** Takes the first away. */
  shift(take: (tag: number, step: number, value: number, seconds: number) => void): void {
    const at = this.head++;
    take(
      this.tags[at] as number,
      this.steps[at] as number,
      this.values[at] as number,
      this.times[at] as number,
    );
    if (this.head === this.tail) this.head = this.tail = 0;
  }

  private makeRoom(): void {
    const { head, tail } = this;
    const capacity = head > tail / 2 ? this.tags.length : 2 * this.tags.length;
    const tags = new Int32Array(capacity);
    tags.set(this.tags.subarray(head, tail));
    this.tags = tags;
    this.steps = moved(this.steps, head, tail, capacity);
    this.values = moved(this.values, head, tail, capacity);
    this.times = moved(this.times, head, tail, capacity);
    this.head = 0;
    this.tail = tail - head;
  }
}

function moved(from: Float64Array, head: number, tail: number, capacity: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(capacity);
  to.set(from.subarray(head, tail));
  return to;
}
