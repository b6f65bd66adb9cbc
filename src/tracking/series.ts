/** The values of one metric by step; steps mostly come in order. */
export class Series {
  readonly #steps: number[] = [];
  readonly #values: number[] = [];

  get(step: number): number | undefined {
    const at = this.#find(step);
    return this.#steps[at] === step ? this.#values[at] : undefined;
  }

  set(step: number, value: number): void {
    const at = this.#find(step);
    if (this.#steps[at] === step) this.#values[at] = value;
    else if (at === this.#steps.length) {
      this.#steps.push(step);
      this.#values.push(value);
    } else {
      this.#steps.splice(at, 0, step);
      this.#values.splice(at, 0, value);
    }
  }

  /** Position of the first step that is not smaller. */
  #find(step: number): number {
    const steps = this.#steps;
    let high = steps.length;
    if (high === 0 || (steps[high - 1] as number) < step) return high;
    for (let low = 0; low < high;) {
      const middle = (low + high) >> 1;
      if ((steps[middle] as number) < step) low = middle + 1;
      else high = middle;
    }
    return high;
  }
}
