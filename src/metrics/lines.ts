/** Longest line taken, bytes: longer ones are data that strayed into a log, and would fill the memory. */
export const LINE_LIMIT = 4 * 1024 * 1024;

const NEWLINE = 10;
const RETURN = 13;

export interface LineTarget {
  /**
   * Takes whole lines, each with its newline; must not keep `bytes`. Returns the number of newlines in them.
   * `line`: 1-based number of the first; `isCut`: the last one had no newline in the file (one was added).
   */
  block(bytes: Buffer, line: number, isCut: boolean): number;
  tooLong(line: number): void;
}

/** Cuts a stream of chunks into blocks of whole lines, copying no more than the line that lies across two chunks. */
export class LineBlocks {
  private rest = Buffer.alloc(0);
  private restLength = 0;
  private line = 1;
  private isSkipping = false;
  private readonly target: LineTarget;
  private readonly returnsEndLines: boolean;

  /**
   * `returnsEndLines`: a carriage return ends a line too (progress bars), but is not counted as one. The last byte of a
   * chunk does not: a newline may follow.
   */
  constructor(target: LineTarget, options: { returnsEndLines?: boolean } = {}) {
    this.target = target;
    this.returnsEndLines = options.returnsEndLines ?? false;
  }

  push(bytes: Buffer): void {
    let start = 0;
    if (this.restLength > 0 || this.isSkipping) {
      const end = this.firstEnd(bytes);
      if (end < 0) {
        this.hold(bytes);
        return;
      }
      start = end + 1;
      this.hold(bytes.subarray(0, start));
      this.release(bytes[end] === NEWLINE);
    }
    const last = this.lastEnd(bytes);
    if (last >= start) {
      this.line += this.target.block(bytes.subarray(start, last + 1), this.line, false);
      start = last + 1;
    }
    if (start < bytes.length) this.hold(bytes.subarray(start));
  }

  end(): void {
    if (this.restLength === 0) return;
    this.hold(Buffer.from('\n'));
    if (!this.isSkipping) this.target.block(this.rest.subarray(0, this.restLength), this.line, true);
    this.restLength = 0;
  }

  private release(isNewline: boolean): void {
    if (!this.isSkipping)
      this.line += this.target.block(this.rest.subarray(0, this.restLength), this.line, false);
    else if (isNewline) this.line++;
    this.isSkipping = false;
    this.restLength = 0;
    if (this.rest.length > 65_536) this.rest = Buffer.alloc(0);
  }

  private hold(bytes: Buffer): void {
    if (this.isSkipping) return;
    const length = this.restLength + bytes.length;
    if (length > LINE_LIMIT) {
      this.target.tooLong(this.line);
      this.isSkipping = true;
      this.rest = Buffer.alloc(0);
      this.restLength = 0;
      return;
    }
    if (length > this.rest.length) {
      const larger = Buffer.allocUnsafe(Math.max(256, 2 * length));
      this.rest.copy(larger, 0, 0, this.restLength);
      this.rest = larger;
    }
    bytes.copy(this.rest, this.restLength);
    this.restLength = length;
  }

  private firstEnd(bytes: Buffer): number {
    const newline = bytes.indexOf(NEWLINE);
    const back = this.returnsEndLines ? bytes.indexOf(RETURN) : -1;
    return back < 0 || back === bytes.length - 1 || (newline >= 0 && newline < back) ? newline : back;
  }

  private lastEnd(bytes: Buffer): number {
    const newline = bytes.lastIndexOf(NEWLINE);
    return this.returnsEndLines && bytes.length > 1
      ? Math.max(newline, bytes.lastIndexOf(RETURN, -2))
      : newline;
  }
}
