/** Names remembered; a hostile log could bring any number. */
const LIMIT = 4000;

interface Entry {
  bytes: Buffer;
  id: number;
}

/** Finds what belongs to a name that lies in a buffer, without making a string of it each time. */
export class NameTable {
  private readonly entries = new Map<number, Entry[]>();
  private readonly make: (name: string) => number;
  private size = 0;

  /** `make`: gives a name its number, when it is first seen. */
  constructor(make: (name: string) => number) {
    this.make = make;
  }

  at(bytes: Buffer, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    const bucket = this.entries.get(hash);
    if (bucket) {
      for (const entry of bucket) if (isThere(entry.bytes, bytes, start, end)) return entry.id;
    }
    const id = this.make(bytes.toString('utf8', start, end));
    if (this.size >= LIMIT) return id;
    this.size++;
    const entry = { bytes: Buffer.from(bytes.subarray(start, end)), id };
    if (bucket) bucket.push(entry);
    else this.entries.set(hash, [entry]);
    return id;
  }
}

function isThere(name: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}
