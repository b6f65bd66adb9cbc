/**
 * Builds a protocol buffer message field by field, the counterpart of `Cursor`. Source: protobuf.dev/programming-guides/encoding.
 * Fields come in the order of the calls; a reader takes them in any.
 */
export class Message {
  readonly #parts: Buffer[] = [];

  /** A whole number from −2⁵³ to 2⁵³, of any integer type but sint; also booleans and enums. */
  varint(field: number, value: number): this {
    this.#parts.push(encodeVarint(field * 8), encodeVarint(value));
    return this;
  }

  double(field: number, value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    this.#parts.push(encodeVarint(field * 8 + 1), bytes);
    return this;
  }

  float(field: number, value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    this.#parts.push(encodeVarint(field * 8 + 5), bytes);
    return this;
  }

  /** Text, bytes, or a message within. */
  put(field: number, value: string | Uint8Array | Message): this {
    const bytes = value instanceof Message ? value.bytes() : Buffer.from(value);
    this.#parts.push(encodeVarint(field * 8 + 2), encodeVarint(bytes.length), bytes);
    return this;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

function encodeVarint(value: number): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
