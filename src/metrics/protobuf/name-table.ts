/** Names remembered; a hostile log could bring any number. */
const LIMIT = 4000;
const BUCKETS = 1024;
/** Stands before the first name of a record. */
const NOBODY = LIMIT;

/** Finds what belongs to a name that lies in a buffer, without making a string of it each time. */
export class NameTable {
  private readonly buckets: number[][] = Array.from({ length: BUCKETS }, () => []);
  private readonly make: (name: string) => number;
  private readonly ids = new Int32Array(LIMIT);
  /** All names, one behind the other: name i lies from starts[i] to starts[i + 1]. */
  private pool = Buffer.alloc(1024);
  private readonly starts = new Int32Array(LIMIT + 1);
  private size = 0;
  /** What was asked for after a name the last time, since logs repeat their order; −1: nothing yet. */
  private readonly followers = new Int32Array(LIMIT + 1).fill(-1);
  private last = NOBODY;

  /** `make`: gives a name its number, when it is first seen. */
  constructor(make: (name: string) => number) {
    this.make = make;
  }

  /** The names that follow are those of another record. */
  begin(): void {
    this.last = NOBODY;
  }

  at(bytes: Buffer, start: number, end: number): number {
    const likely = this.followers[this.last] as number;
    if (likely >= 0 && this.isAt(likely, bytes, start, end)) {
      this.last = likely;
      return this.ids[likely] as number;
    }
    const bucket = this.buckets[hashOf(bytes, start, end)] as number[];
    for (const name of bucket) {
      if (!this.isAt(name, bytes, start, end)) continue;
      this.followers[this.last] = name;
      this.last = name;
      return this.ids[name] as number;
    }
    return this.add(bucket, bytes, start, end);
  }

  private isAt(name: number, bytes: Buffer, start: number, end: number): boolean {
    const { pool, starts } = this;
    const from = starts[name] as number;
    if ((starts[name + 1] as number) - from !== end - start) return false;
    for (let at = start, own = from; at < end; at++, own++) if (pool[own] !== bytes[at]) return false;
    return true;
  }

  private add(bucket: number[], bytes: Buffer, start: number, end: number): number {
    const id = this.make(bytes.toString('utf8', start, end));
    if (this.size >= LIMIT) return id;
    const name = this.size++;
    const from = this.starts[name] as number;
    const to = from + end - start;
    if (to > this.pool.length) this.pool = Buffer.concat([this.pool], 2 * to);
    bytes.copy(this.pool, from, start, end);
    this.starts[name + 1] = to;
    this.ids[name] = id;
    bucket.push(name);
    return id;
  }
}

/** FNV-1a, folded. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
}
