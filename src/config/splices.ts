import type { Splice } from './_contract.ts';

/** A replacement of `[start, end)` of a text. */
export interface Cut {
  start: number;
  end: number;
  text: string;
}

/** A piece of the current text: kept from the original, or new. */
type Piece = { from: number; to: number } | { text: string };

/** A text under edit that remembers which characters are still the original's, so that all edits can be undone at once. */
export class SpliceSheet {
  readonly original: string;
  #pieces: Piece[];

  constructor(original: string) {
    this.original = original;
    this.#pieces = [{ from: 0, to: original.length }];
  }

  get text(): string {
    return this.#pieces.map((piece) => this.#textOf(piece)).join('');
  }

  /** Makes all `cuts` at once; their offsets refer to the text as it is now, and they do not overlap. */
  apply(cuts: readonly Cut[]): void {
    const ordered = cuts
      .map((cut, order) => ({ cut, order }))
      .sort((a, b) => b.cut.start - a.cut.start || b.cut.end - a.cut.end || b.order - a.order);
    for (const { cut } of ordered) {
      this.#pieces = [
        ...this.#between(0, cut.start),
        { text: cut.text },
        ...this.#between(cut.end, Infinity),
      ];
    }
  }

  /** What was done to the original, in its coordinates and order; nothing that is the same on both sides. */
  splices(): Splice[] {
    const splices: Splice[] = [];
    let text = '';
    let start = 0;
    const close = (end: number): void => {
      const splice = trimmed({ start, old: this.original.slice(start, end), text });
      if (splice.old !== splice.text) splices.push(splice);
      text = '';
    };
    for (const piece of this.#pieces) {
      if ('text' in piece) text += piece.text;
      else if (piece.from < piece.to) {
        close(piece.from);
        start = piece.to;
      }
    }
    close(this.original.length);
    return splices;
  }

  #between(start: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    for (const piece of this.#pieces) {
      const length = 'text' in piece ? piece.text.length : piece.to - piece.from;
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, length);
      if (from < to) {
        if ('text' in piece) pieces.push({ text: piece.text.slice(from, to) });
        else pieces.push({ from: piece.from + from, to: piece.from + to });
      }
      at += length;
    }
    return pieces;
  }

  #textOf(piece: Piece): string {
    return 'text' in piece ? piece.text : this.original.slice(piece.from, piece.to);
  }
}

/** Leaves out what `old` and `text` share at both ends, never cutting a line end in two. */
function trimmed(splice: Splice): Splice {
  const { start, old, text } = splice;
  const shorter = Math.min(old.length, text.length);
  let head = 0;
  while (head < shorter && old[head] === text[head]) head++;
  if (old[head - 1] === '\r') head--;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  if (tail > 0 && old[old.length - tail] === '\n') {
    const hasReturn = old[old.length - tail - 1] === '\r' || text[text.length - tail - 1] === '\r';
    if (hasReturn) tail--;
  }
  return {
    start: start + head,
    old: old.slice(head, old.length - tail),
    text: text.slice(head, text.length - tail),
  };
}

/** Gives back the original from an edited text and its splices. */
export function undoEdits(text: string, splices: readonly Splice[]): string {
  let original = '';
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    const keep = splice.start - original.length;
    original += text.slice(at, at + keep) + splice.old;
    at += keep + splice.text.length;
  }
  return original + text.slice(at);
}
