import type { Warning } from './_contract.ts';
import { detach } from './detach.ts';

/** Shown of one kind before the rest is only counted. */
const SHOWN = 3;
/** Kinds shown; a hostile file could bring any number. */
const KINDS = 50;

/** Collects warnings in bounded space: the first few of each kind in full, the rest as a number. */
export class Warnings {
  private readonly kinds = new Map<string, { shown: string[]; count: number }>();
  private readonly onFirst: ((text: string) => void) | undefined;

  /** `onFirst` hears of each kind once. */
  constructor(onFirst?: (text: string) => void) {
    this.onFirst = onFirst;
  }

  add({ kind, message, line }: Warning): void {
    let entry = this.kinds.get(kind);
    if (!entry) {
      if (this.kinds.size >= KINDS) return;
      entry = { shown: [], count: 0 };
      this.kinds.set(detach(kind), entry);
    }
    entry.count++;
    if (entry.count > SHOWN) return;
    const text = line === undefined ? message : `line ${line}: ${message}`;
    if (entry.shown.includes(text)) return;
    entry.shown.push(detach(text));
    if (entry.count === 1) this.onFirst?.(text);
  }

  list(): string[] {
    const texts: string[] = [];
    for (const { shown, count } of this.kinds.values()) {
      const hidden = count > SHOWN ? ` (and ${count - SHOWN} more like it)` : '';
      shown.forEach((text, i) => texts.push(i === shown.length - 1 ? text + hidden : text));
    }
    return texts;
  }
}
