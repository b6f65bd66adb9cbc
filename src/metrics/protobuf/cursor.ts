/**
 * Walks over the fields of a protocol buffer message in place, without a schema and without copies.
 * Source: protobuf.dev/programming-guides/encoding. Bytes that are no message end the walk with `isBroken`.
 */
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;

const HIGH = 2 ** 32;

export class Cursor {
  bytes: Buffer = Buffer.alloc(0);
  field = 0;
  wire = 0;
  /** Value of a varint, as a signed 64-bit integer (exact to 2⁵³). */
  number = 0;
  /** Where the contents of the field begin and end, but for varints. */
  start = 0;
  end = 0;
  isBroken = false;
  private at = 0;
  private limit = 0;

  /** Begins with the message in `bytes` from `from` to `to`. */
  open(bytes: Buffer, from: number, to: number): this {
    this.bytes = bytes;
    this.at = from;
    this.limit = to;
    this.isBroken = false;
    return this;
  }

  /** Begins with the message that is the contents of another cursor's field. */
  enter(outer: Cursor): this {
    return this.open(outer.bytes, outer.start, outer.end);
  }

  /** Goes to the next field; false after the last. */
  next(): boolean {
    if (this.at >= this.limit || this.isBroken) return false;
    const byte = this.bytes[this.at] as number;
    let tag = byte;
    if (byte < 0x80) this.at++;
    else if (this.varint()) tag = this.number;
    else return false;
    this.field = Math.floor(tag / 8);
    this.wire = tag & 7;
    if (this.field < 1) return this.fail();
    this.start = this.at;
    switch (this.wire) {
      case VARINT:
        return this.varint();
      case FIXED64:
        return this.take(8);
      case BYTES:
        if (!this.varint() || this.number < 0) return this.fail();
        this.start = this.at;
        return this.take(this.number);
      case FIXED32:
        return this.take(4);
      default:
        return this.fail();
    }
  }

  double(): number {
    return this.bytes.readDoubleLE(this.start);
  }

  float(): number {
    return this.bytes.readFloatLE(this.start);
  }

  text(): string {
    return this.bytes.toString('utf8', this.start, this.end);
  }

  /** Reads the varint at `this.start` of a packed field and moves `start` behind it; false where there is none. */
  packed(): boolean {
    if (this.start >= this.end) return false;
    const { at, limit } = this;
    this.at = this.start;
    this.limit = this.end;
    const isRead = this.varint();
    this.start = this.at;
    this.at = at;
    this.limit = limit;
    return isRead;
  }

  private take(length: number): boolean {
    if (this.at + length > this.limit) return this.fail();
    this.at += length;
    this.end = this.at;
    return true;
  }

  private varint(): boolean {
    const { bytes } = this;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= this.limit) return this.fail();
      const byte = bytes[this.at++] as number;
      const part = byte & 0x7f;
      if (shift < 28) low |= part << shift;
      else if (shift === 28) {
        low |= (part & 0xf) << 28;
        high = part >> 4;
      } else if (shift < 63) high |= part << (shift - 32);
      else high |= (part & 1) << 31;
      if (byte < 0x80) {
        this.number = high * HIGH + (low >>> 0);
        return true;
      }
    }
    return this.fail();
  }

  private fail(): false {
    this.isBroken = true;
    return false;
  }
}
