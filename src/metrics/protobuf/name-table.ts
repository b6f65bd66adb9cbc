/** Names remembered; a hostile log could bring any number. */
const LIMIT = 4000;
const BUCKETS = 1024;

interface Entry {
  bytes: Buffer;
  id: number;
  /** What was asked for after it the last time: logs repeat their order. */
  next: Entry | undefined;
}

/** Finds what belongs to a name that lies in a buffer, without making a string of it each time. */
export class NameTable {
  private readonly buckets: Entry[][] = Array.from({ length: BUCKETS }, () => []);
  private readonly make: (name: string) => number;
  private size = 0;
  private last: Entry | undefined;

  /** `make`: gives a name its number, when it is first seen. */
  constructor(make: (name: string) => number) {
    this.make = make;
  }

  at(bytes: Buffer, start: number, end: number): number {
    const { last } = this;
    const likely = last?.next;
    if (likely !== undefined && isThere(likely.bytes, bytes, start, end)) {
      this.last = likely;
      return likely.id;
    }
    const bucket = this.buckets[hashOf(bytes, start, end)] as Entry[];
    for (const entry of bucket) {
      if (!isThere(entry.bytes, bytes, start, end)) continue;
      if (last) last.next = entry;
      this.last = entry;
      return entry.id;
    }
    return this.add(bucket, bytes, start, end);
  }

  private add(bucket: Entry[], bytes: Buffer, start: number, end: number): number {
    const id = this.make(bytes.toString('utf8', start, end));
    if (this.size >= LIMIT) return id;
    this.size++;
    bucket.push({ bytes: Buffer.from(bytes.subarray(start, end)), id, next: undefined });
    return id;
  }
}

/** FNV-1a, folded. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
}

function isThere(name: Buffer, bytes: Buffer, start: number, end: number): boolean {
  const { length } = name;
  if (length !== end - start) return false;
  for (let i = 0; i < length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}
